package org.carillon.delivery.smpp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.Inbox;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.ReceiptDesk;
import org.carillon.delivery.Refused;
import org.carillon.delivery.RouteHealth;
import org.carillon.delivery.SmsTerms;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdicts;
import org.carillon.delivery.Window;
import org.carillon.fact.Channel;

/** A route by SMPP: one transceiver session, bound from the start on, so that receipts arrive without a submit. */
public class SmppGateway implements Gateway {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(35);

    private final String route;
    private final SmppSettings settings;
    private final ReceiptDesk desk;
    private final Inbox inbox;
    private final InstantSource clock;
    private final Window window;
    private BindKeeper keeper;
    private Executor executor;

    /** {@link #start} starts it. */
    public SmppGateway(String route, SmppSettings settings, ReceiptDesk desk, Inbox inbox, InstantSource clock) {
        this.route = route;
        this.settings = settings;
        this.desk = desk;
        this.inbox = inbox;
        this.clock = clock;
        this.window = new Window(settings.window());
    }

    /** The environment's. */
    public SmppGateway(SmppSettings settings, ReceiptDesk desk, Inbox inbox, InstantSource clock) { this("smpp", settings, desk, inbox, clock); }

    /** @param executor for storing receipts and completing submits; @param threads for the one thread that keeps the session */
    public void start(Executor executor, ThreadFactory threads, SSLSocketFactory tls) {
        if (!settings.isPresent()) return;
        this.executor = executor;
        Verdicts verdicts = Verdicts.STANDARD.overriddenBy(Protocol.SMPP, settings.verdicts());
        Inbound inbound = new Inbound(new ReceiptReader(route(), settings.receiptIds(), settings.sender(), settings.terms().alphabet()),
            new TextReader(route(), settings.terms().alphabet()), desk, inbox, clock, executor);
        SmppLine line = new SmppLine(settings, tls);
        keeper = new BindKeeper(route, () -> Bind.over(line, settings, verdicts, inbound), verdicts, clock, settings.responseTimeout());
        threads.newThread(keeper).start();
    }

    /** Waits for the answers of what is on the wire, then unbinds. */
    @Override
    public void stop() {
        if (keeper == null) return;
        Duration open = settings.responseTimeout().plusSeconds(2);
        keeper.stop(open.compareTo(LONGEST_STOP) < 0 ? open : LONGEST_STOP);
    }

    @Override
    public String route() { return route; }

    @Override
    public Channel channel() { return Channel.SMS; }

    @Override
    public String peer() { return settings.isPresent() ? settings.host() + ":" + settings.port() : ""; }

    @Override
    public SmsTerms smsTerms() { return settings.terms(); }

    @Override
    public int window() { return settings.window(); }

    @Override
    public RouteHealth health() { return keeper == null ? RouteHealth.ABSENT : keeper.health(); }

    @Override
    public CompletionStage<Submission> submit(Outgoing outgoing) {
        ShortMessage message;
        try {
            message = ShortMessage.of(outgoing, settings);
        } catch (Refused e) {
            return CompletableFuture.completedStage(e.submission());
        }
        if (!window.enter(outgoing)) return CompletableFuture.completedStage(Submission.notSent("the window was full until the deadline"));
        Bind bind = keeper == null ? null : keeper.bind();
        if (bind == null) {
            window.leave();
            return CompletableFuture.completedStage(Submission.notSent("no session"));
        }
        CompletableFuture<Submission> outcome = new CompletableFuture<>();
        bind.submit(message, outgoing, submission -> {
            window.leave();
            complete(outcome, submission);
        });
        return outcome;
    }

    /** Away from the reading thread: what hangs on the stage may write to the database (REL-14). */
    private void complete(CompletableFuture<Submission> outcome, Submission submission) {
        try {
            executor.execute(() -> outcome.complete(submission));
        } catch (RejectedExecutionException e) {
            outcome.complete(submission);
        }
    }
}
