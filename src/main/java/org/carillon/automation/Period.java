package org.carillon.automation;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.Window;

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
        Map<DayOfWeek, List<Window>> week = new EnumMap<>(DayOfWeek.class);
        days.forEach(day -> week.put(day, openingHours ? shop.hours().on(day) : List.of(new Window(from, to))));
        return new BusinessCalendar(new OpeningHours(week), openingHours ? shop.holidays() : Holidays.NONE, shop.zone());
    }
}
