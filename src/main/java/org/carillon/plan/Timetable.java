package org.carillon.plan;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.carillon.automation.LeadTime;
import org.carillon.automation.Timing;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.QuietHours;
import org.carillon.shop.WallTime;
import org.jdbi.v3.core.statement.SqlStatement;

/** The moments of reminders, computed once each and joined by the statements of {@link Reminders}: one row per automation, location and wall time (REL-41). */
final class Timetable {

    /** A reminder at one of its locations, with that location's calendar. */
    record Called(long automationId, int amount, Timing.Unit unit, boolean intoOpeningHours, boolean sendLate, long locationId,
                  String zone, String openingHours, String holidays, LocalTime quietFrom, LocalTime quietTo) {

        LeadTime lead() { return new LeadTime(amount, unit, intoOpeningHours, sendLate); }

        BusinessCalendar calendar() { return new BusinessCalendar(OpeningHours.parse(openingHours), Holidays.parse(holidays), ZoneId.of(zone)); }

        QuietHours quiet() { return new QuietHours(quietFrom, quietTo); }
    }

    /** A wall time at which at least one order of the location is due. */
    record Wall(long locationId, String dueLocal) { }

    private final List<Long> automations = new ArrayList<>();
    private final List<Long> locations = new ArrayList<>();
    private final List<String> walls = new ArrayList<>();
    private final List<Instant> due = new ArrayList<>();
    private final List<Instant> late = new ArrayList<>();
    private final List<Instant> expires = new ArrayList<>();
    private final List<Boolean> closed = new ArrayList<>();

    private Timetable() { }

    static Timetable of(List<Called> called, List<Wall> walls, Instant now) {
        Map<Long, List<Wall>> byLocation = walls.stream().collect(Collectors.groupingBy(Wall::locationId));
        Timetable timetable = new Timetable();
        for (Called c : called) {
            BusinessCalendar calendar = c.calendar();
            byLocation.getOrDefault(c.locationId(), List.of()).forEach(wall -> timetable.add(c, calendar, wall.dueLocal(), now));
        }
        return timetable;
    }

    private void add(Called c, BusinessCalendar calendar, String wall, Instant now) {
        LocalDateTime anchor = LocalDateTime.parse(wall);
        Instant date = WallTime.at(anchor, calendar.zone());
        SendTime time = SendTimeResolver.remind(c.lead(), anchor, calendar, c.quiet());
        automations.add(c.automationId());
        locations.add(c.locationId());
        walls.add(wall);
        due.add(time instanceof SendTime.At at ? at.due() : date);
        late.add(SendTimeResolver.late(c.lead(), anchor, calendar, c.quiet(), now).orElse(null));
        expires.add(TimeToLive.DUE_DATE_REMINDER.expiry(date, date, null));  // a rule's own, from the send time, is the statements' affair
        closed.add(time instanceof SendTime.Missed);
    }

    /** Some moment has come, so that what is planned for it is late. */
    boolean isDueBy(Instant instant) { return due.stream().anyMatch(moment -> !moment.isAfter(instant)); }

    boolean isEmpty() { return walls.isEmpty(); }

    <T extends SqlStatement<T>> T bind(T statement) {
        return statement.bindArray("ts", Long.class, automations).bindArray("tl", Long.class, locations).bindArray("tw", String.class, walls)
            .bindArray("td", Instant.class, due).bindArray("tn", Instant.class, late).bindArray("te", Instant.class, expires).bindArray("tc", Boolean.class, closed);
    }
}
