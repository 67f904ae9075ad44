package org.carillon.bench;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.RouteHealth;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdict;
import org.carillon.fact.Channel;

/** A provider that takes everything at once, until it has had enough. */
final class Letterbox implements Gateway {

    private static final int WINDOW = 200;

    private final AtomicInteger taken = new AtomicInteger();
    private volatile int enough = Integer.MAX_VALUE;

    /** Closes after so many more, give or take a window. */
    void take(int more) { enough = taken.get() + more; }

    @Override public String route() { return "smpp"; }

    @Override public Channel channel() { return Channel.SMS; }

    @Override public RouteHealth health() { return new RouteHealth(taken.get() < enough, false, "", Instant.EPOCH); }

    @Override public int window() { return WINDOW; }

    @Override public CompletionStage<Submission> submit(Outgoing outgoing) {
        return CompletableFuture.completedFuture(new Submission(Verdict.ACCEPTED, "0", "L" + taken.incrementAndGet(), ""));
    }
}
