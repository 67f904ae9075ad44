package org.carillon.job;

import java.time.Duration;
import java.time.Instant;

/**
 * Compares the database's own time with the monotonic clock of this process (REL-51). A leap forward would make everything due at once; back,
 * nothing happens twice, since what is sent is sent by state. Belongs to one thread.
 */
final class ClockWatch {

    /** More than this between two looks is a leap and not a slow answer. */
    static final Duration LEAP = Duration.ofMinutes(5);

    private Instant last;
    private long lastNanos;

    /**
     * How far the time leapt since the last look, negative when back; zero when it went on as it should.
     *
     * @param at    the database's own time, without the test offset
     * @param nanos {@link System#nanoTime()} of the reading
     */
    Duration leapt(Instant at, long nanos) {
        Duration by = last == null ? Duration.ZERO : Duration.between(last, at).minusNanos(nanos - lastNanos);
        last = at;
        lastNanos = nanos;
        return by.abs().compareTo(LEAP) > 0 ? by : Duration.ZERO;
    }
}
