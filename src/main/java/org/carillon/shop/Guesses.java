package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts tokens that were not ours, for each network and minute, on this node. Whoever holds a good one is never turned away, so that the mail
 * providers that unsubscribe for many people at once always get through (SEC-28).
 */
@ApplicationScoped
public class Guesses {

    static final int A_MINUTE = 100;
    private static final int NETWORKS = 10_000;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanos;
    private final Map<String, Integer> counts = new HashMap<>();
    private long since;

    public Guesses() { this(System::nanoTime); }

    Guesses(LongSupplier nanos) {
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    /** Counts one more. @param address the other end's */
    public synchronized boolean tooMany(String address) {
        long now = nanos.getAsLong();
        if (now - since > MINUTE || counts.size() >= NETWORKS) {
            counts.clear();
            since = now;
        }
        return counts.merge(SignInThrottle.net(address), 1, Integer::sum) > A_MINUTE;
    }
}
