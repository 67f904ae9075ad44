package org.carillon.audience;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.carillon.shop.BusinessCalendar;

/** A location and its calendar: which day it is there, and which days it opens. */
public record LocalDays(long location, BusinessCalendar calendar) {

    /** A shop that was closed longer has no open day to count from. */
    private static final int LONGEST_CLOSING = 60;

    public LocalDate today(Instant now) { return now.atZone(calendar.zone()).toLocalDate(); }

    public Instant start(LocalDate day) { return day.atStartOfDay(calendar.zone()).toInstant(); }

    boolean opensOn(LocalDate day) { return calendar.opensOn(day); }

    /** The n-th open day before a day; the day itself for zero. Empty where it was closed for longer than sixty days on the way. */
    Optional<LocalDate> openDayBefore(LocalDate day, int n) {
        LocalDate at = day;
        for (int left = n; left > 0; left--) {
            LocalDate next = at.minusDays(1);
            while (!opensOn(next)) {
                next = next.minusDays(1);
                if (next.isBefore(at.minusDays(LONGEST_CLOSING))) {
                    return Optional.empty();
                }
            }
            at = next;
        }
        return Optional.of(at);
    }
}
