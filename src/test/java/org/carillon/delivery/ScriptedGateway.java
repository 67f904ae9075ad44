package org.carillon.delivery;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.carillon.fact.Channel;

/** A provider that answers as it is told, on threads of its own. */
final class ScriptedGateway implements Gateway {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "provider");
        thread.setDaemon(true);
        return thread;
    });

    final List<Outgoing> submitted = new CopyOnWriteArrayList<>();
    private final String route;
    private final Channel channel;
    private final AtomicInteger ids = new AtomicInteger();
    volatile Function<Outgoing, Submission> answer = this::accept;
    volatile boolean open = true;
    volatile int window = 10;
    volatile boolean keep = true;
    volatile boolean hasSender = true;
    final AtomicInteger count = new AtomicInteger();

    volatile SmsTerms terms = SmsTerms.USUAL;

    ScriptedGateway(Channel channel) { this(channel == Channel.SMS ? "smpp" : "smtp", channel); }

    ScriptedGateway(String route, Channel channel) {
        this.route = route;
        this.channel = channel;
    }

    Submission accept(Outgoing outgoing) { return new Submission(Verdict.ACCEPTED, "0", "id" + ids.incrementAndGet(), ""); }

    static Submission refuse(Verdict verdict) { return new Submission(verdict, "0x1", null, "told so"); }

    void always(Verdict verdict) { answer = o -> verdict == Verdict.ACCEPTED ? accept(o) : refuse(verdict); }

    @Override public String route() { return route; }

    @Override public SmsTerms smsTerms() { return terms; }

    @Override public Channel channel() { return channel; }

    @Override public RouteHealth health() { return new RouteHealth(open, false, "", Instant.EPOCH); }

    @Override public boolean hasSender() { return hasSender; }

    @Override public int window() { return window; }

    @Override public CompletionStage<Submission> submit(Outgoing outgoing) {
        count.incrementAndGet();
        if (keep) {
            submitted.add(outgoing);
        }
        return CompletableFuture.supplyAsync(() -> answer.apply(outgoing), THREADS);
    }
}
