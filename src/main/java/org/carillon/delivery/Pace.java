package org.carillon.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast a route may be used, shared by all nodes (REL-15, REL-16): a bucket of tokens, slowed by half when the provider throttles, raised by
 * a tenth every ten seconds of success. One route fault closes it for a minute (ADR 0020), then one message probes it. Pure.
 *
 * @param rate    submits a second; null = no limit
 * @param ceiling the limit is lifted when the rate has come back to it
 */
record Pace(Double rate, Double ceiling, Instant slowedAt, Instant raisedAt, double tokens, Instant tokensAt, int faults, Instant suspendedAt,
            Instant suspendedUntil, String detail) {

    /**
     * What may be submitted now.
     *
     * @param pause how long to wait for more
     * @param free  neither limited nor closed
     */
    record Permit(int submits, Duration pause, boolean free) {

        /** The same, and to be asked again at the next turn. */
        Permit watched() { return new Permit(submits, pause, false); }
    }

    static final Pace FREE = new Pace(null, null, null, null, 0, null, 0, null, null, "");
    private static final double FLOOR = 1;
    private static final Duration BETWEEN_SLOWINGS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_RAISES = Duration.ofSeconds(10);
    private static final Duration CLOSED = Duration.ofSeconds(60);
    /** However long a provider asks to be left alone, it is asked again after this. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(10);

    /** @param measured submits of the last second, from which an unlimited route is slowed */
    Pace after(Arrivals.Summary summary, double measured, Instant now) {
        if (summary.fault()) {
            return new Pace(rate, ceiling, slowedAt, raisedAt, tokens, tokensAt, faults + 1, suspendedAt == null ? now : suspendedAt, now.plus(CLOSED),
                summary.detail());
        }
        Pace open = summary.accepted() > 0 && suspendedAt != null
            ? new Pace(rate, ceiling, slowedAt, raisedAt, tokens, tokensAt, 0, null, null, "") : this;
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
        return new Pace(Math.max(FLOOR, before / 2), ceiling == null ? before : ceiling, now, now, Math.min(tokens, 1), tokensAt, faults, suspendedAt,
            suspendedUntil, detail);
    }

    /** What Retry-After asks for (REL-16); no fault, so nothing is suspended and nothing has to probe. */
    private Pace resting(Duration asked, Instant now) {
        Instant until = now.plus(asked.compareTo(LONGEST_REST) < 0 ? asked : LONGEST_REST);
        return asked.isZero() || asked.isNegative() || suspendedUntil != null && !until.isAfter(suspendedUntil) ? this
            : new Pace(rate, ceiling, slowedAt, raisedAt, tokens, tokensAt, faults, suspendedAt, until, detail);
    }

    private Pace raised(Instant now) {
        if (raisedAt != null && now.isBefore(raisedAt.plus(BETWEEN_RAISES))) {
            return this;
        }
        double next = rate * 1.1;
        return ceiling != null && next > ceiling * 1.5 ? new Pace(null, null, null, null, 0, null, faults, suspendedAt, suspendedUntil, detail)
            : new Pace(next, ceiling, slowedAt, now, tokens, tokensAt, faults, suspendedAt, suspendedUntil, detail);
    }

    /** The bucket filled up to now; it holds a tenth of a second, so that no second sees more than the rate and a tenth. */
    Pace filled(double effective, Instant now) {
        double room = Math.max(1, effective / 10);
        double gained = tokensAt == null ? room : Math.max(0, Duration.between(tokensAt, now).toNanos() / 1e9) * effective;
        // whoever waited for the row comes with an older time, which must not be counted twice; one from far ahead was before the clock was set back
        boolean ahead = tokensAt != null && tokensAt.isAfter(now) && tokensAt.isBefore(now.plus(CLOSED));
        return new Pace(rate, ceiling, slowedAt, raisedAt, Math.min(room, tokens + gained), ahead ? tokensAt : now, faults, suspendedAt, suspendedUntil, detail);
    }

    Pace taken(int submits) {
        return new Pace(rate, ceiling, slowedAt, raisedAt, tokens - submits, tokensAt, faults, suspendedAt, suspendedUntil, detail);
    }

    /** Closed again until the answer to the probe is there. */
    Pace probed(Instant now) { return new Pace(rate, ceiling, slowedAt, raisedAt, tokens, tokensAt, faults, suspendedAt, now.plus(CLOSED), detail); }

    boolean closed(Instant now) { return suspendedUntil != null && now.isBefore(suspendedUntil); }

    /** Open again only for the one message that tries it. */
    boolean probing() { return suspendedAt != null; }
}
