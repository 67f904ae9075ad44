package org.carillon.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When nobody is disturbed by what could have come at another time: every day from one wall time to another, usually past midnight. Equal
 * times mean that there are none. From the first instant up to, not including, the last; an hour that the clock shows twice is quiet both times.
 */
public record QuietHours(LocalTime from, LocalTime to) {

    public static final QuietHours NONE = new QuietHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

    /** One night, in instants. */
    public record Night(Instant start, Instant end) { }

    /** The quiet time that holds this instant, empty when it is not quiet then. */
    public Optional<Night> around(Instant instant, ZoneId zone) {
        if (from.equals(to)) {
            return Optional.empty();
        }
        LocalDate day = instant.atZone(zone).toLocalDate();
        return Stream.of(day.minusDays(1), day).map(d -> night(d, zone)).filter(n -> !instant.isBefore(n.start()) && instant.isBefore(n.end())).findFirst();
    }

    private Night night(LocalDate day, ZoneId zone) {
        LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
        return new Night(WallTime.at(day.atTime(from), zone), WallTime.opening(last.atTime(to), zone));
    }
}
