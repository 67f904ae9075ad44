package org.carillon.automation;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;
import org.carillon.shop.BusinessCalendar;

/**
 * When a real-time automation may write (KI-44).
 *
 * @param openingHours while the location is open; the times are null then
 * @param from         on the wall of the location's zone
 * @param to           not included; at or before {@code from} it is on the next day
 * @param days         days on which the period begins
 */
public record Period(boolean openingHours, LocalTime from, LocalTime to, Set<DayOfWeek> days) implements Serializable {

    public Period { days = Set.copyOf(days); }

    public static Period ofOpeningHours() { return new Period(true, null, null, Set.of(DayOfWeek.values())); }

    /** The location's calendar as far as this period lets it; with times of its own it does not ask whether the shop is open. */
    public BusinessCalendar in(BusinessCalendar shop) {
        return shop.within(days, openingHours ? null : from, to);
    }
}
