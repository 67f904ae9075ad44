package org.carillon.plan;

import java.time.Duration;
import java.time.Instant;

/** Whether what is overdue may leave by itself, or is more than an outage should let out at once (REL-49). Pure. */
final class BacklogDecider {

    /** Due for longer than this and not left is overdue; what is younger is the work of the day. */
    static final Duration OVERDUE = Duration.ofMinutes(15);

    /** Fewer never wait for a person. */
    static final long FEW = 500;

    /** A channel that has submitted nothing for so long stands still; while one flows, what queues there is busy, not overdue. */
    static final Duration STANDSTILL = Duration.ofMinutes(15);

    private BacklogDecider() { }

    /** @param usualHour messages of a usual hour of this installation, 0 where it has no history */
    static boolean holds(long overdue, double usualHour) { return overdue > limit(usualHour); }

    static long limit(double usualHour) { return Math.max(FEW, (long) Math.ceil(3 * usualHour)); }

    /** @param flowed when any node last submitted on the channel, null where none ever did */
    static boolean standsStill(Instant flowed, Instant now) { return flowed == null || !flowed.plus(STANDSTILL).isAfter(now); }
}
