package org.carillon.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.carillon.fact.Channel;

/**
 * When to try again after a definite temporary no (REL-17): uniformly between half and one and a half of a base that doubles up to a cap, so
 * that what failed together does not come back together.
 *
 * @param most counted attempts, after which the message has failed
 */
public record RetryPolicy(Duration first, Duration cap, int most) {

    private static final RetryPolicy SMS = new RetryPolicy(Duration.ofSeconds(30), Duration.ofMinutes(30), 12);
    private static final RetryPolicy EMAIL = new RetryPolicy(Duration.ofMinutes(2), Duration.ofMinutes(60), 30);

    public static RetryPolicy of(Channel channel) { return channel == Channel.SMS ? SMS : EMAIL; }

    /** @param failures counted attempts before this one, from 0 */
    public Duration delay(int failures, RandomGenerator random) {
        long base = Math.min(cap.toMillis(), first.toMillis() << Math.min(failures, 30));
        return Duration.ofMillis(base / 2 + random.nextLong(base + 1));
    }
}
