package org.carillon.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a gateway waits before it knocks again (REL-13): 1 to 60 seconds, doubling, with jitter so that nodes do not knock together. */
public final class BackOff {

    /** After the provider refused the password or the account: five bad passwords may lock it. */
    public static final Duration AFTER_ROUTE_FAULT = Duration.ofSeconds(60);

    private static final long LEAST = 1_000, MOST = 60_000;

    private BackOff() { }

    /** @param failures in a row so far, from 1 */
    public static Duration delay(int failures, RandomGenerator random) {
        long base = Math.min(MOST, LEAST << Math.min(Math.max(failures, 1) - 1, 6));
        return Duration.ofMillis(Math.max(LEAST, Math.min(MOST, base / 2 + random.nextLong(base + 1))));
    }
}
