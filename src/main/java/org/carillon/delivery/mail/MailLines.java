package org.carillon.delivery.mail;

import jakarta.mail.Session;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.Peer;
import org.carillon.delivery.Phase;
import org.carillon.delivery.Verdicts;

/** The open connections that nobody uses just now; several messages go over each (PERF-08). */
final class MailLines {

    private static final String CONNECT_MILLIS = "10000";
    private static final String STREAMS = "jakarta.mail.util.StreamProvider", USUAL_STREAMS = "org.eclipse.angus.mail.util.MailStreamProvider";

    static {
        nameStreams();
    }

    private final MailSettings settings;
    private final Session session;
    private final Executor executor;
    private final Deque<MailLine> unused = new ArrayDeque<>();
    private boolean closed;

    /**
     * Without a name the library looks through all jars for it, for every header and every part of every letter: that took thirty times as long as
     * the rest of a letter's way. Left alone where it is named already, or where it is another library's.
     */
    private static void nameStreams() {
        try {
            Class.forName(USUAL_STREAMS, false, Thread.currentThread().getContextClassLoader());
            System.getProperties().putIfAbsent(STREAMS, USUAL_STREAMS);
        } catch (ClassNotFoundException e) {
            // found as ever, only slowly
        }
    }

    MailLines(MailSettings settings, SSLSocketFactory tls, Executor executor) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings, tls));
        this.executor = executor;
    }

    private static Properties properties(MailSettings settings, SSLSocketFactory tls) {
        Properties p = new Properties();
        String millis = Long.toString(settings.responseTimeout().toMillis());
        p.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        p.put("mail.smtp.timeout", millis);
        p.put("mail.smtp.writetimeout", millis);
        p.put("mail.smtp.quitwait", "false");
        p.put("mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
        p.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        boolean starttls = settings.tls() == MailSettings.Tls.STARTTLS;
        p.put("mail.smtp.starttls.enable", Boolean.toString(starttls));
        p.put("mail.smtp.starttls.required", Boolean.toString(starttls));
        p.put("mail.smtp.ssl.checkserveridentity", "true");
        p.put("mail.smtp.ssl.endpointidentitycheck", "HTTPS");
        p.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        p.put("mail.smtp.ssl.socketFactory", tls);
        p.put("mail.smtp.socketFactory.fallback", "false");  // it would call again, with another factory
        return p;
    }

    Session session() { return session; }

    /** An open connection that was used before, if there is one. */
    synchronized Optional<MailLine> waiting() {
        for (MailLine line = unused.pollLast(); line != null; line = unused.pollLast()) {
            if (line.isReusable()) return Optional.of(line);
            line.hangUp();
        }
        return Optional.empty();
    }

    /** Opens the line given. Empty where it is open. */
    Optional<MailLine.Reply> open(MailLine line) {
        try {
            Peer peer = Peer.lookUp(settings.host(), settings.port());
            boolean plain = settings.tls() == MailSettings.Tls.NONE;
            if (plain && !peer.isLoopback() && !settings.plaintextAllowed()) return Optional.of(new MailLine.Reply(Phase.CONNECT, Verdicts.TLS));
            return line.open(plain ? peer.address().getHostAddress() : settings.host());
        } catch (UnknownHostException e) {
            return Optional.of(new MailLine.Reply(Phase.CONNECT, Verdicts.CUT));
        }
    }

    MailLine fresh() { return new MailLine(session, settings); }

    /** Takes a connection back; closes it when nobody has used it for a while. */
    void giveBack(MailLine line) {
        synchronized (this) {
            if (!closed && line.isReusable()) {
                unused.addLast(line);
                CompletableFuture.delayedExecutor(settings.idle().toMillis() + 50, TimeUnit.MILLISECONDS, executor).execute(this::closeIdle);
                return;
            }
        }
        line.hangUp();
    }

    private void closeIdle() {
        List<MailLine> idle = new ArrayList<>();
        synchronized (this) {
            unused.removeIf(line -> !line.isReusable() && idle.add(line));
        }
        idle.forEach(MailLine::hangUp);
    }

    void close() {
        List<MailLine> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(unused);
            unused.clear();
        }
        all.forEach(MailLine::hangUp);
    }
}
