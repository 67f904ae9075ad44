package org.carillon.delivery.mail;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Phase;
import org.carillon.delivery.Postmarks;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.Refused;
import org.carillon.delivery.RouteGate;
import org.carillon.delivery.RouteHealth;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdict;
import org.carillon.delivery.Verdicts;
import org.carillon.delivery.Window;
import org.carillon.fact.Channel;

/** A route by SMTP: a mail server, over a few connections that are kept. SMTP is a dialogue, so each message has its thread. */
public class MailGateway implements Gateway {

    private final String route;
    private final MailSettings settings;
    private final InstantSource clock;
    private final Postmarks marks;
    private final Window window;
    private final RouteGate gate;
    private final Verdicts verdicts;
    private MailLines lines;
    private Executor executor;

    /** {@link #start} starts it. */
    public MailGateway(String route, MailSettings settings, InstantSource clock, Postmarks marks) {
        this.route = route;
        this.settings = settings;
        this.clock = clock;
        this.marks = marks;
        this.window = new Window(settings.connections());
        this.gate = new RouteGate("route " + route, clock);
        this.verdicts = Verdicts.STANDARD.overriddenBy(Protocol.SMTP, settings.verdicts());
    }

    /** The environment's. */
    public MailGateway(MailSettings settings, InstantSource clock) { this("smtp", settings, clock, Postmarks.NONE); }

    public void start(Executor executor, SSLSocketFactory tls) {
        if (!settings.isPresent()) return;
        this.executor = executor;
        lines = new MailLines(settings, tls, executor);
    }

    /** A wrong password shows at the start, not with the first customer's message. */
    void tryOnce() {
        if (lines == null || !gate.mayCall()) return;
        MailLine line = lines.fresh();
        if (open(line) == null) lines.giveBack(line);
    }

    @Override
    public void stop() {
        if (lines != null) lines.close();
    }

    @Override
    public String route() { return route; }

    @Override
    public Channel channel() { return Channel.EMAIL; }

    @Override
    public String peer() { return settings.isPresent() ? settings.host() + ":" + settings.port() : ""; }

    @Override
    public int window() { return settings.connections(); }

    @Override
    public RouteHealth health() { return settings.isPresent() ? gate.health() : RouteHealth.ABSENT; }

    @Override
    public Instant troubledSince() { return gate.troubledSince(); }

    @Override
    public boolean hasSender() { return !settings.from().isBlank(); }

    @Override
    public CompletionStage<Submission> submit(Outgoing outgoing) {
        if (lines == null) return CompletableFuture.completedStage(Submission.notSent("not configured"));
        if (!window.enter(outgoing)) return CompletableFuture.completedStage(Submission.notSent("all connections were busy until the deadline"));
        CompletableFuture<Submission> outcome = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                Submission submission = Submission.unknown("the gateway failed");
                try {
                    submission = send(outgoing);
                } finally {
                    window.leave();
                    outcome.complete(submission);
                }
            });
        } catch (RejectedExecutionException e) {
            window.leave();
            outcome.complete(Submission.notSent("stopping"));
        }
        return outcome;
    }

    private Submission send(Outgoing outgoing) {
        Letter letter;
        try {
            letter = Letter.of(lines.session(), outgoing, settings.from(), marks, clock.instant());
        } catch (Refused e) {
            return e.submission();
        } catch (RuntimeException e) {
            return Submission.notSent("no clock");
        }
        Optional<MailLine> waiting = lines.waiting();
        if (waiting.isPresent()) {
            if (isLate(outgoing)) return tooLate(waiting.get());
            MailLine.Reply reply = waiting.get().send(letter, outgoing.finishBefore());
            boolean closedMeanwhile = reply.phase() == Phase.SENDER && (reply.code().equals(Verdicts.CUT) || reply.code().startsWith("421"));
            if (!closedMeanwhile) return judged(waiting.get(), letter, reply);
            waiting.get().hangUp();
        }
        if (!gate.mayCall()) return Submission.notSent("the mail server is not called for a while");
        MailLine line = lines.fresh();
        Submission refused = open(line);
        if (refused != null) return refused;
        return isLate(outgoing) ? tooLate(line) : judged(line, letter, line.send(letter, outgoing.finishBefore()));
    }

    private static boolean isLate(Outgoing outgoing) { return System.nanoTime() - outgoing.writeBefore() >= 0; }

    private Submission tooLate(MailLine line) {
        lines.giveBack(line);
        return Submission.notSent("too late to write");
    }

    /** Null where it is open. */
    private Submission open(MailLine line) {
        Optional<MailLine.Reply> refused = lines.open(line);
        if (refused.isEmpty()) {
            gate.opened();
            return null;
        }
        Submission submission = submission(refused.get(), null);
        gate.failed(submission.verdict(), submission.detail());
        return submission;
    }

    private Submission judged(MailLine line, Letter letter, MailLine.Reply reply) {
        lines.giveBack(line);
        Submission submission = submission(reply, letter.messageId());
        if (submission.verdict() == Verdict.ROUTE_FAULT) gate.failed(submission.verdict(), submission.detail());
        return submission;
    }

    private Submission submission(MailLine.Reply reply, String messageId) {
        Verdict verdict = verdicts.judge(Protocol.SMTP, reply.phase(), reply.code());
        String code = reply.code().isEmpty() || Character.isDigit(reply.code().charAt(0)) ? reply.code() : "";
        String detail = verdict == Verdict.ACCEPTED ? "" : switch (reply.code()) {
            case Verdicts.CUT -> "the connection ended";
            case Verdicts.TIMEOUT -> "no answer in time";
            case Verdicts.LATE -> "the server was too slow";
            case Verdicts.TLS -> "no safe connection";
            default -> "refused, " + reply.code();
        } + " at " + reply.phase();
        return new Submission(verdict, code, verdict == Verdict.ACCEPTED ? messageId : null, detail);
    }
}
