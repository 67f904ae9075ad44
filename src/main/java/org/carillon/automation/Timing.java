package org.carillon.automation;

import java.time.Duration;

/**
 * When, counted from what happened: a delay in elapsed time (a day is 24 hours), then, where wanted, the location's next opening (RO-19, RO-21, RO-23).
 */
public record Timing(int delay, Unit unit, boolean openingHoursOnly) {

    public enum Unit {
        MINUTES(Duration.ofMinutes(1)), HOURS(Duration.ofHours(1)), DAYS(Duration.ofHours(24));

        private final Duration length;

        Unit(Duration length) { this.length = length; }
    }

    public static Timing atOnce() { return new Timing(0, Unit.MINUTES, false); }

    public Duration duration() { return unit.length.multipliedBy(delay); }
}
