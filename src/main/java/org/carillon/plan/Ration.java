package org.carillon.plan;

import java.time.Duration;
import java.time.Instant;

/** How many of the backlog may be let go, so that they take at most a quarter of what the route can do (REL-49). Pure. */
record Ration(double tokens, Instant at) {

    static final double SHARE = 0.25;
    private static final double LONGEST = 2;

    /**
     * What has come together by now; it never saves up more than two seconds' worth, or one message where that is less.
     *
     * @param rate submits a second that the route may do
     */
    Ration filled(double rate, Instant now) {
        double perSecond = rate * SHARE;
        double gained = Math.max(0, Duration.between(at, now).toNanos() / 1e9) * perSecond;
        return new Ration(Math.min(Math.max(1, LONGEST * perSecond), tokens + gained), now);
    }

    int whole() { return (int) Math.floor(tokens); }

    Ration taken(int messages) { return new Ration(tokens - messages, at); }
}
