package org.carillon.delivery.http;

import java.net.InetAddress;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.Listing;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Phase;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.Refused;
import org.carillon.delivery.RouteGate;
import org.carillon.delivery.RouteHealth;
import org.carillon.delivery.SmsTerms;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdict;
import org.carillon.delivery.Verdicts;
import org.carillon.delivery.Window;
import org.carillon.fact.Channel;

/** A route to a provider that speaks as Twilio does: one request a message, which the provider cuts into segments. */
public final class HttpGateway implements Gateway, Listing {

    private static final int MOST_PAGES = 5;
    /** Between our clock and the provider's. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final String route;
    private final HttpSettings settings;
    private final InstantSource clock;
    private final Verdicts verdicts;
    private final Window window;
    private final RouteGate gate;
    private final Hook hook;
    private final String messages;
    private volatile Provider provider;
    private Executor executor;

    /** {@link #start} starts it. */
    public HttpGateway(String route, HttpSettings settings, InstantSource clock) {
        this.route = route;
        this.settings = settings;
        this.clock = clock;
        verdicts = Verdicts.STANDARD.overriddenBy(Protocol.HTTP, settings.verdicts());
        window = new Window(settings.window());
        gate = new RouteGate("route " + route, clock);
        hook = new Hook(route, settings);
        messages = "/2010-04-01/Accounts/" + settings.accountSid() + "/Messages.json";
    }

    /** @param executor for looking names up and completing submits; @param threads for the two that read and write */
    public void start(Executor executor, ThreadFactory threads, SSLContext tls) { start(executor, threads, tls, InetAddress::getAllByName); }

    void start(Executor executor, ThreadFactory threads, SSLContext tls, VettedNames.Lookup lookup) {
        if (!settings.isPresent()) return;
        this.executor = executor;
        provider = new Provider(settings, lookup, tls, threads);
    }

    /** Waits for the answers of what is on the wire, at most as long as they may take. */
    @Override
    public void stop() {
        Provider now = provider;
        if (now == null) return;
        window.close(settings.responseTimeout().plusSeconds(1));
        provider = null;
        now.close();
    }

    @Override public String route() { return route; }

    @Override public Channel channel() { return Channel.SMS; }

    @Override public String peer() { return settings.peer(); }

    @Override public SmsTerms smsTerms() { return settings.terms(); }

    @Override public int window() { return settings.window(); }

    @Override public boolean hasSender() { return !settings.sender().isBlank() || !settings.messagingService().isBlank(); }

    @Override public Instant troubledSince() { return gate.troubledSince(); }

    @Override public RouteHealth health() { return settings.isPresent() ? gate.health() : RouteHealth.ABSENT; }

    @Override public Optional<Listing> listing() { return Optional.of(this); }

    /** For callbacks. */
    public Hook hook() { return hook; }

    @Override
    public CompletionStage<Submission> submit(Outgoing outgoing) {
        String form;
        try {
            form = Form.written(fields(outgoing));
        } catch (Refused e) {
            return CompletableFuture.completedStage(e.submission());
        }
        if (!window.enter(outgoing)) return CompletableFuture.completedStage(Submission.notSent("the window was full until the deadline"));
        Provider to = provider;
        if (to == null || !gate.mayCall()) {
            window.leave();
            return CompletableFuture.completedStage(Submission.notSent(to == null ? "not started" : "the provider is not called for a while"));
        }
        CompletableFuture<Submission> outcome = new CompletableFuture<>();
        try {
            executor.execute(() -> post(to, form, outgoing).whenComplete((answer, failure) -> {
                Submission submission = submission(answer, failure);
                window.leave();
                complete(outcome, submission);
            }));
        } catch (RejectedExecutionException e) {
            window.leave();
            outcome.complete(Submission.notSent("stopping"));
        }
        return outcome;
    }

    /** A failure of our own is an outcome too: no place in the window is lost by it. */
    private CompletableFuture<Provider.Answer> post(Provider to, String form, Outgoing outgoing) {
        try {
            return to.post(messages, form, outgoing.writeBefore());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Away from the threads that read: what hangs on the stage may write to the database. */
    private void complete(CompletableFuture<Submission> outcome, Submission submission) {
        try {
            executor.execute(() -> outcome.complete(submission));
        } catch (RejectedExecutionException e) {
            outcome.complete(submission);
        }
    }

    private Map<String, String> fields(Outgoing outgoing) throws Refused {
        if (!(outgoing.content() instanceof Outgoing.Sms sms)) throw new Refused(Verdict.PERMANENT, "not an SMS");
        if (!outgoing.recipient().matches("\\+[0-9]{5,15}")) throw new Refused(Verdict.PERMANENT, "not an E.164 number");
        String given = outgoing.sender() == null ? "" : outgoing.sender(), from = sender(given.isBlank() && settings.messagingService().isBlank() ? settings.sender() : given);
        if (from.isEmpty() && settings.messagingService().isBlank()) throw new Refused(Verdict.BAD_SENDER, "no sender");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("To", outgoing.recipient());
        if (!from.isEmpty()) fields.put("From", from);
        if (!settings.messagingService().isBlank()) fields.put("MessagingServiceSid", settings.messagingService());
        fields.put("Body", sms.text());
        Duration validity = outgoing.validity().compareTo(settings.validityCap()) < 0 ? outgoing.validity() : settings.validityCap();
        fields.put("ValidityPeriod", Long.toString(Math.max(1, validity.toSeconds())));
        if (!settings.publicUrl().isBlank()) fields.put("StatusCallback", hook.statusOf((int) (outgoing.wireRef().getLeastSignificantBits() & 0xFFFF)));
        return fields;
    }

    /** E.164, a short code, or up to 11 letters and figures. */
    private static String sender(String given) throws Refused {
        String text = Normalizer.normalize(given.strip(), Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        if (!text.matches("\\+?[0-9]{3,15}|[ -~]{0,11}")) throw new Refused(Verdict.BAD_SENDER, "a sender is a number or at most 11 letters and figures");
        return text;
    }

    private Submission submission(Provider.Answer answer, Throwable wrapped) {
        Throwable failure = wrapped instanceof CompletionException ? wrapped.getCause() : wrapped;
        Submission submission;
        if (failure instanceof Provider.Failed failed) {
            if (failed.code.equals(Provider.TOO_LATE)) return Submission.notSent("too late to write");
            submission = new Submission(verdicts.judge(Protocol.HTTP, failed.phase, failed.code), "", null, detail(failed));
        } else if (failure != null) {
            submission = Submission.unknown("the gateway failed");
        } else {
            submission = Reply.of(answer, verdicts, clock);
        }
        if (failure != null && !(failure instanceof Provider.Failed)) return submission;
        boolean connecting = failure instanceof Provider.Failed failed && failed.phase == Phase.CONNECT;
        if (submission.verdict() == Verdict.ROUTE_FAULT || connecting) {
            boolean unsafe = failure instanceof Provider.Failed failed && (failed.code.equals(Verdicts.TLS) || failed.code.equals(Verdicts.ADDRESS));
            gate.failed(submission.verdict() == Verdict.ROUTE_FAULT, unsafe, submission.detail());
        } else {
            gate.opened();
        }
        return submission;
    }

    private static String detail(Provider.Failed failed) {
        String what = switch (failed.code) {
            case Verdicts.ADDRESS -> "the host is not one that may be called";
            case Verdicts.TLS -> "no safe connection";
            case Verdicts.TIMEOUT -> failed.phase == Phase.CONNECT ? "no connection in time" : "no answer in time";
            case Verdicts.NONSENSE -> "an answer without end";
            default -> failed.phase == Phase.CONNECT ? "no connection" : "the connection ended";
        };
        return failed.phase == Phase.CONNECT ? what + ", nothing was written" : what;
    }

    /** Asked by number alone: a filter by the day of sending leaves out what still waits at the provider. The newest come first. */
    @Override
    public List<Listed> since(String recipient, Instant since) throws Unlisted {
        Provider from = provider;
        if (from == null) throw new Unlisted("not started", true);
        Instant earliest = since.minus(SKEW);
        String path = messages + "?To=" + Form.encode(recipient) + "&PageSize=100";
        List<Listed> all = new ArrayList<>();
        for (int page = 0; path != null; page++) {
            if (page == MOST_PAGES) throw new Unlisted("more messages than can be looked through", false);
            path = Reply.page(answer(from, path), recipient, earliest, all).orElse(null);
        }
        return all;
    }

    private Provider.Answer answer(Provider from, String path) throws Unlisted {
        try {
            return from.get(path).get(settings.responseTimeout().toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new Unlisted("the provider does not answer", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unlisted("stopping", true);
        }
    }
}
