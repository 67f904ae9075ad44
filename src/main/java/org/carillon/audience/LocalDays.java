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
    Optional<LocalDate> openDayBefore(LocalDate day, int n) { return openDay(day, n, -1); }

    /** Likewise of the days to come. */
    Optional<LocalDate> openDayAfter(LocalDate day, int n) { return openDay(day, n, 1); }

    private Optional<LocalDate> openDay(LocalDate day, int n, int step) {
        LocalDate at = day;
        for (int left = n; left > 0; left--) {
            LocalDate next = at.plusDays(step);
            for (int closed = 1; !opensOn(next); closed++) {
                if (closed >= LONGEST_CLOSING) {
                    return Optional.empty();
                }
                next = next.plusDays(step);
            }
            at = next;
        }
        return Optional.of(at);
    }
}
