package org.carillon.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The outside world of a shop: an SMS provider, a mail provider, and the customers behind them. Everything listens on loopback only. */
public final class Simulator implements Closeable {

    /** The account of the SMPP side. */
    public static final String SYSTEM_ID = "carillon";
    public static final String PASSWORD = "chime";

    /**
     * Where to listen; port 0 takes a free one, a negative one does not listen.
     *
     * @param log      file for every submit, written to disk before the answer; null for none
     * @param database whose application clock may be moved; null for none
     */
    public record Settings(int httpPort, int smppPort, int smtpPort, Path log, DataSource database) {

        public static Settings anyPorts() { return new Settings(0, 0, 0, null, null); }

        public Settings withLog(Path file) { return new Settings(httpPort, smppPort, smtpPort, file, database); }

        public Settings withDatabase(DataSource source) { return new Settings(httpPort, smppPort, smtpPort, log, source); }
    }

    private final Phones phones = new Phones();
    private final Mailboxes mailboxes = new Mailboxes();
    private final Faults faults = new Faults();
    private final SubmitLog log;
    private final SmppServer smpp;
    private final MailServer smtp;
    private final MessagesApi api;
    private final ReturnBox returns;
    private final HttpFace http;
    private final TestClock clock;

    private Simulator(Settings settings) throws IOException {
        log = SubmitLog.to(settings.log());
        clock = settings.database() == null ? null : new TestClock(settings.database());
        smpp = settings.smppPort() < 0 ? null : new SmppServer(settings.smppPort(), SYSTEM_ID, PASSWORD, phones, faults, log);
        smtp = settings.smtpPort() < 0 ? null : new MailServer(settings.smtpPort(), mailboxes, faults, log);
        api = new MessagesApi(this, phones, faults, log);
        returns = smtp == null ? null : new ReturnBox();
        http = new HttpFace(settings.httpPort(), this);
    }

    public static Simulator start(Settings settings) throws IOException { return new Simulator(settings); }

    /** The carillon.* settings that lead an application here. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (smpp != null) {
            settings.put("carillon.smpp.host", "127.0.0.1");
            settings.put("carillon.smpp.port", Integer.toString(smpp.port()));
            settings.put("carillon.smpp.systemId", SYSTEM_ID);
            settings.put("carillon.smpp.password", PASSWORD);
            settings.put("carillon.smpp.sender", "CARILLON");
            settings.put("carillon.smpp.segmentPrice", "0.0079 CAD");
        }
        settings.put("carillon.http.localAllowed", "true");
        if (smtp != null) {
            settings.put("carillon.smtp.host", "127.0.0.1");
            settings.put("carillon.smtp.port", Integer.toString(smtp.port()));
            settings.put("carillon.smtp.tls", "none");
            settings.put("carillon.smtp.from", "carillon@example.com");
            settings.putAll(returns.settings());
        }
        return settings;
    }

    public URI url() { return URI.create("http://127.0.0.1:" + http.port() + "/"); }

    public Phones phones() { return phones; }

    public Mailboxes mailboxes() { return mailboxes; }

    public Faults faults() { return faults; }

    public SmppServer smpp() { return smpp; }

    public MessagesApi api() { return api; }

    /** How far the application clock was moved ahead of ours. */
    Duration clockOffset() { return clock == null ? Duration.ZERO : Duration.between(Instant.now(), clock.now()); }

    public MailServer smtp() { return smtp; }

    /** Where bounces and answers by e-mail go; null without the SMTP side. */
    public ReturnBox returns() { return returns; }

    /** Throws where no database was given. */
    public TestClock clock() {
        if (clock == null) {
            throw new IllegalStateException("this simulator has no database whose clock it could move");
        }
        return clock;
    }

    /** A customer writes; the stage completes when the application has taken it. */
    public CompletableFuture<Void> write(String from, String to, String text) { return smpp.write(from, to, text); }

    @Override
    public void close() throws IOException {
        http.close();
        api.close();
        if (smpp != null) {
            smpp.close();
        }
        if (smtp != null) {
            smtp.close();
            returns.close();
        }
        log.close();
    }

    static ThreadFactory daemon(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
