package org.carillon.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.carillon.shop.BusinessCalendar;

/**
 * When patience is over. Instead of a deadline for each order there is one instant for a location: what has not moved since then, or was due
 * before it, has used up the hours. So half a million orders are judged by one comparison, and local time is computed here only (REL-41).
 */
final class Patience {

    /** A shop that is open one hour a week uses up the longest patience in this time. */
    static final Duration HORIZON = Duration.ofDays(3_600);

    private Patience() { }

    /** What lies at or before the answer is an alert now; empty where the shop was not open for that long: nothing is. The hours are asked only where something is counted. */
    static Optional<Instant> before(AlertRule rule, Supplier<BusinessCalendar> hours, Instant now) {
        if (rule.openHours() == 0) {
            return Optional.of(now);
        }
        BusinessCalendar calendar = hours.get();
        return calendar.hours().isNever() && calendar.holidays().list().isEmpty() ? Optional.empty() : calendar.openSince(now, Duration.ofHours(rule.openHours()), HORIZON);
    }
}
