package org.carillon.intake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import org.carillon.fact.Invalid;
import org.carillon.shop.WallTime;

/**
 * A time as a system states it: with an offset it is an instant, without one it is what the clock at the location shows.
 *
 * @param instant null where it is local
 * @param local   null where it is an instant; the start of the day where only a date was given
 */
record StatedTime(Instant instant, LocalDateTime local, boolean dateOnly) {

    /** Dates outside belong to typing errors, and to the limits of what databases and calendars hold. */
    private static final LocalDateTime FIRST = LocalDateTime.of(1900, 1, 1, 0, 0);
    private static final LocalDateTime LAST = LocalDateTime.of(2200, 1, 1, 0, 0);

    static StatedTime parse(String field, String text) {
        TemporalAccessor found;
        try {
            found = text.length() > 40 ? null : text.length() <= 10 ? LocalDate.parse(text)
                : DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        } catch (DateTimeException e) {
            found = null;
        }
        if (found == null) {
            throw new Unreadable(field, "time.shape", text);
        }
        LocalDateTime shown = found instanceof OffsetDateTime at ? at.toLocalDateTime() : found instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) found;
        if (shown.isBefore(FIRST) || shown.isAfter(LAST)) {
            throw new Invalid(field, "time.range", text);
        }
        return found instanceof OffsetDateTime at ? new StatedTime(at.toInstant().truncatedTo(ChronoUnit.MICROS), null, false)
            : new StatedTime(null, shown.truncatedTo(ChronoUnit.MICROS), found instanceof LocalDate);
    }

    Instant at(ZoneId zone) { return instant != null ? instant : WallTime.at(local, zone); }

    /** What the clock at the location shows then, to the second. */
    LocalDateTime local(ZoneId zone) { return (instant != null ? LocalDateTime.ofInstant(instant, zone) : local).truncatedTo(ChronoUnit.SECONDS); }
}
