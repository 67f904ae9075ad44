package org.carillon.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast a route may be used, shared by all nodes (REL-15, REL-16): each submit has an instant of its own, reserved before it is written (ADR 0022). Slowed by
 * half when the provider throttles, raised by a tenth every ten seconds of success. One route fault closes it for a minute (ADR 0020), then one message probes it. Pure.
 *
 * @param rate    submits a second; null = no limit
 * @param ceiling the limit is lifted when the rate has come back to it
 * @param nextAt  the first instant that nobody has reserved
 */
record Pace(Double rate, Double ceiling, Instant slowedAt, Instant raisedAt, Instant nextAt, int faults, Instant suspendedAt, Instant suspendedUntil, String detail) {

    /**
     * What may be submitted now.
     *
     * @param pause how long to wait for more
     * @param free  neither limited nor closed
     * @param slots when each may be written; null where the route is not limited
     */
    record Permit(int submits, Duration pause, boolean free, Slots slots) {

        Permit(int submits, Duration pause, boolean free) { this(submits, pause, free, null); }
    }

    /** Reserved instants: as many as were asked for or are near enough, each to be used within {@link #TOLERANCE} or not at all. */
    record Slots(int count, Instant first, Duration spacing) {

        Instant next() { return first.plus(spacing.multipliedBy(count)); }
    }

    /** How late a reserved instant may be used. The spacing allows for it: no second sees more than the rate. */
    static final Duration TOLERANCE = Duration.ofMillis(75);
    /** Nobody reserves further ahead than this, beside the time that a turn takes. */
    private static final Duration HORIZON = Duration.ofSeconds(1);
    static final Pace FREE = new Pace(null, null, null, null, null, 0, null, null, "");
    private static final double FLOOR = 1;
    private static final Duration BETWEEN_SLOWINGS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_RAISES = Duration.ofSeconds(10);
    private static final Duration CLOSED = Duration.ofSeconds(60);
    /** However long a provider asks to be left alone, it is asked again after this. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(10);

    /** @param measured submits of the last second, from which an unlimited route is slowed */
    Pace after(Arrivals.Summary summary, double measured, Instant now) {
        if (summary.fault()) {
            return new Pace(rate, ceiling, slowedAt, raisedAt, nextAt, faults + 1, suspendedAt == null ? now : suspendedAt, now.plus(CLOSED),
                summary.detail());
        }
        Pace open = summary.accepted() > 0 && suspendedAt != null
            ? new Pace(rate, ceiling, slowedAt, raisedAt, nextAt, 0, null, null, "") : this;
        if (summary.throttled()) {
            return open.slowed(measured, now).resting(summary.retryAfter(), now);
        }
        return summary.accepted() > 0 && rate != null ? open.raised(now) : open;
    }

    private Pace slowed(double measured, Instant now) {
        if (slowedAt != null && now.isBefore(slowedAt.plus(BETWEEN_SLOWINGS))) {
            return this;  // the same refusal, told by the rest of the window
        }
        double before = rate == null ? Math.max(measured, 2 * FLOOR) : rate;
        return new Pace(Math.max(FLOOR, before / 2), ceiling == null ? before : ceiling, now, now, nextAt, faults, suspendedAt,
            suspendedUntil, detail);
    }

    /** What Retry-After asks for (REL-16); no fault, so nothing is suspended and nothing has to probe. */
    private Pace resting(Duration asked, Instant now) {
        Instant until = now.plus(asked.compareTo(LONGEST_REST) < 0 ? asked : LONGEST_REST);
        return asked.isZero() || asked.isNegative() || suspendedUntil != null && !until.isAfter(suspendedUntil) ? this
            : new Pace(rate, ceiling, slowedAt, raisedAt, nextAt, faults, suspendedAt, until, detail);
    }

    private Pace raised(Instant now) {
        if (raisedAt != null && now.isBefore(raisedAt.plus(BETWEEN_RAISES))) {
            return this;
        }
        double next = rate * 1.1;
        return ceiling != null && next > ceiling * 1.5 ? new Pace(null, null, null, null, null, faults, suspendedAt, suspendedUntil, detail)
            : new Pace(next, ceiling, slowedAt, now, nextAt, faults, suspendedAt, suspendedUntil, detail);
    }

    /**
     * The next instants of the route at this rate, none before {@code lead} has passed: bytes leave only after the commit. Spaced so that, used up to
     * {@link #TOLERANCE} late, no second sees more than the rate.
     */
    Slots slots(double effective, int wanted, Instant now, Duration lead) {
        Duration spacing = Duration.ofNanos(1_000 * (long) Math.ceil((1e6 + TOLERANCE.toNanos() / 1e3) / effective));
        Instant earliest = now.plus(lead);
        // one from far ahead was before the clock was set back
        Instant first = nextAt == null || nextAt.isBefore(earliest) || nextAt.isAfter(now.plus(CLOSED)) ? earliest : nextAt;
        long ahead = Duration.between(first, earliest.plus(HORIZON)).toNanos();
        return new Slots(ahead < 0 ? 0 : (int) Math.min(wanted, 1 + ahead / spacing.toNanos()), first, spacing);
    }

    /** After these were reserved. */
    Pace after(Slots slots) { return new Pace(rate, ceiling, slowedAt, raisedAt, slots.count() == 0 ? nextAt : slots.next(), faults, suspendedAt, suspendedUntil, detail); }

    /** Closed again until the answer to the probe is there. */
    Pace probed(Instant now) { return new Pace(rate, ceiling, slowedAt, raisedAt, nextAt, faults, suspendedAt, now.plus(CLOSED), detail); }

    boolean closed(Instant now) { return suspendedUntil != null && now.isBefore(suspendedUntil); }

    /** Open again only for the one message that tries it. */
    boolean probing() { return suspendedAt != null; }
}
