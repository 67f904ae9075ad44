package org.carillon.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.automation.Timing;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventType;
import org.carillon.fact.RecordedEvent;
import org.carillon.fact.RoundTrip;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Handle;

/**
 * All that planning for some events needs to know, asked in one round trip: the notifications of their locations that may be called for, and what is
 * planned for their orders and leads, with what of it no longer holds. Locks what keeps reminders of these locations from being re-planned meanwhile.
 */
record Outlook(Set<Long> places, List<Rule> rules, List<Entry> entries) {

    /** An order whose reminders are to be brought in line; {@code due} is its date on the wall. */
    record Stray(long order, long place, String due) { }

    /** An active notification at a location that one of the events wakes, or that reminds of due dates there. */
    record Rule(long place, String zone, String openingHours, String holidays, int calendarRev, LocalTime quietFrom, LocalTime quietTo, long automationId, int rev,
                boolean reminds, String eventType, String status, int delay, Timing.Unit unit, boolean openingHoursOnly, boolean intoOpeningHours, boolean sendAnyway,
                boolean sendLate, String channels, Integer ttlMinutes) {

        boolean wakesFor(BusinessEvent event) {
            return !reminds && place == event.locationId() && event.type().name().equals(eventType) && (status == null || status.equals(event.status()));
        }

        Occasion occasion(RecordedEvent told) {
            BusinessEvent e = told.event();
            return new Occasion(told.id(), e.type(), e.at(), e.silent(), e.status(), e.subject().type().name(), e.subject().id(), e.customerId(), e.locationId(), zone, openingHours,
                holidays, calendarRev, automationId, rev, delay, unit, openingHoursOnly, sendAnyway, status, channels, ttlMinutes);
        }

        Timetable.Called called() { return new Timetable.Called(automationId, delay, unit, intoOpeningHours, sendLate, place, zone, openingHours, holidays, quietFrom, quietTo); }
    }

    /**
     * A plan of one of the subjects that waits, whose message has not left, or that is a reminder; without a plan ({@code id} 0), that there is an order.
     *
     * @param live  released, and its message has not left
     * @param wrong a reminder that the order, its date, its location or the automation no longer calls for; {@code why} is the reason
     */
    record Entry(Subject subject, boolean open, String due, long place, long customerId, long id, long automationId, int planRev, int calendarRev, long planPlace, long planCustomer,
                 String occurrence, String channel, String requiredStatus, boolean supersedes, boolean reminder, boolean sendAnyway, Instant dueAt, String tz, String state, String reason,
                 boolean live, boolean wrong, String why) {

        boolean pending() { return state.equals("PLANNED") || state.equals("HELD"); }

        /** Bringing this reminder in line would change nothing: it was planned from the very same facts, or it has had its say about this date. */
        boolean inLine(Rule rule, Instant now) {
            if (!due.equals(occurrence)) {
                return false;
            }
            boolean same = planPlace == place && planCustomer == customerId && planRev == rule.rev() && calendarRev == rule.calendarRev() && Planner.TZ_VERSION.equals(tz);
            return state.equals("RELEASED") || "STOPPED_BY_STAFF".equals(reason) || same && state.equals("PLANNED") && reason == null && dueAt.isAfter(now)
                || same && OVER.contains(state) && !dueAt.isAfter(now);
        }
    }

    private static final Set<String> OVER = Set.of("SKIPPED", "EXPIRED", "SUPPRESSED");
    private static final String RULE = "a.id, a.rev, a.trigger_kind = 'AROUND_DATE' reminds, a.event_type, a.status, a.delay_n, a.delay_unit, a.opening_hours_only, a.into_opening_hours, "
        + "a.send_anyway, a.send_late, a.channels, a.ttl_minutes";
    private static final String WOKEN = "a.event_type = any(:kinds) and (a.status is null or a.status = any(:statuses))";

    private static final String HERE = "(al.automation_id is not null)";
    /** Not {@code exists}, for which the whole queue might be read into a hash table. */
    private static final String LIVE = "coalesce((select true from message_due d where d.message_id = p.message_id), false)";

    /** The plans of these statements are kept: thinking them over takes many times what they do. */
    private static final String LOOK = """
        set local plan_cache_mode = force_generic_plan;
        select pg_advisory_xact_lock_shared(:lock, location_id::int) is null from (select distinct location_id from work_order where id = any(:orders) order by 1) l;
        select l.id place, l.zone, l.opening_hours, l.holidays, l.calendar_rev, l.quiet_from, l.quiet_to, r.* from location l
          cross join lateral (
            select %1$s from automation a where a.id = any(array(select al.automation_id from automation_location al where al.location_id = l.id))
               and a.state = 'ACTIVE' and not a.deleted and (%2$s or a.trigger_kind = 'AROUND_DATE' and a.anchor = 'order.due' and :remind)
            union all
            select %1$s from automation a where a.everywhere and a.state = 'ACTIVE' and not a.deleted and %2$s
               and not exists (select from automation_location al where al.automation_id = a.id and al.location_id = l.id)) r
          where l.id = any(:places) order by r.id;
        select s.type, s.id, o.status_group in ('OPEN', 'READY') and o.due_local is not null, o.due_local, o.location_id, o.customer_id, p.id, p.automation_id, p.plan_rev, p.calendar_rev,
            p.location_id, p.customer_id, p.occurrence, p.channel, p.required_status, p.supersedes, p.reminder, coalesce(a.send_anyway, true), p.due_at, p.tz_version, p.state, p.reason,
            p.state = 'RELEASED' and %6$s,
            case when p.reminder and p.state in ('PLANNED', 'HELD') then %3$s when p.reminder and p.state = 'RELEASED' then %4$s end,
            case when p.reminder then %5$s end
          from unnest(:types, :subjects) s (type, id) left join work_order o on s.type = 'ORDER' and o.id = s.id
          left join planned_notification p on p.subject_type = s.type and p.subject_id = s.id and (p.reminder or p.state in ('PLANNED', 'HELD')
            or p.state = 'RELEASED' and %6$s)
          left join automation a on a.id = p.automation_id left join automation_location al on al.automation_id = p.automation_id and al.location_id = o.location_id order by p.id;
        set local plan_cache_mode = auto""".formatted(RULE, WOKEN, Reminders.stray(HERE), Reminders.outlived(HERE), Reminders.whyNot(HERE), LIVE);

    static Outlook of(Handle h, List<RecordedEvent> recorded) {
        List<BusinessEvent> events = recorded.stream().map(RecordedEvent::event).toList();
        List<Subject> subjects = events.stream().map(BusinessEvent::subject).distinct().toList();
        List<Long> orders = subjects.stream().filter(s -> s.type() == Subject.Type.ORDER).map(Subject::id).toList();
        Set<Long> places = events.stream().map(BusinessEvent::locationId).collect(Collectors.toSet());
        return RoundTrip.ask(h.createQuery(LOOK).bind("lock", Reminders.LOCK).bindArray("orders", Long.class, orders).bind("remind", !orders.isEmpty())
            .bindArray("places", Long.class, places)
            .bindArray("kinds", String.class, events.stream().map(BusinessEvent::type).map(EventType::name).distinct().toList())
            .bindArray("statuses", String.class, events.stream().flatMap(e -> Stream.ofNullable(e.status())).distinct().toList())
            .bindArray("types", String.class, subjects.stream().map(s -> s.type().name()).toList())
            .bindArray("subjects", Long.class, subjects.stream().map(Subject::id).toList()), answers -> {
                answers.rows(lock -> null);
                return new Outlook(places, answers.rows(Outlook::rule), answers.rows(Outlook::entry));
            });
    }

    /** What each event wakes, in the order of events and notifications. */
    List<Occasion> occasions(List<RecordedEvent> told) {
        return told.stream().flatMap(t -> rules.stream().filter(rule -> rule.wakesFor(t.event())).map(rule -> rule.occasion(t))).toList();
    }

    /** Orders with a reminder that is missing, or that was planned from other facts than today's. */
    List<Stray> strays(Instant now) {
        List<Stray> strays = new ArrayList<>();
        entries.stream().filter(Entry::open).collect(Collectors.groupingBy(Entry::subject, LinkedHashMap::new, Collectors.toList())).forEach((order, known) -> {
            if (rules.stream().anyMatch(rule -> rule.reminds() && rule.place() == known.get(0).place() && !followed(rule, known, now))) {
                strays.add(new Stray(order.id(), known.get(0).place(), known.get(0).due()));
            }
        });
        return strays;
    }

    private static boolean followed(Rule rule, List<Entry> known, Instant now) {
        return Arrays.stream(rule.channels().split(","))
            .allMatch(channel -> known.stream().anyMatch(e -> e.reminder() && e.automationId() == rule.automationId() && channel.equals(e.channel()) && e.inLine(rule, now)));
    }

    /** An order is at a location that none of the events names. */
    boolean isElsewhere() { return entries.stream().anyMatch(e -> e.open() && !places.contains(e.place())); }

    Timetable timetable(List<Stray> strays, Instant now) {
        return Timetable.of(rules.stream().filter(Rule::reminds).map(Rule::called).toList(), strays.stream().map(s -> new Timetable.Wall(s.place(), s.due())).distinct().toList(), now);
    }

    private static Rule rule(ResultSet r) throws SQLException {
        return new Rule(r.getLong(1), r.getString(2), r.getString(3), r.getString(4), r.getInt(5), r.getObject(6, LocalTime.class), r.getObject(7, LocalTime.class), r.getLong(8),
            r.getInt(9), r.getBoolean(10), r.getString(11), r.getString(12), r.getInt(13), Timing.Unit.valueOf(r.getString(14)), r.getBoolean(15), r.getBoolean(16), r.getBoolean(17),
            r.getBoolean(18), r.getString(19), (Integer) r.getObject(20));
    }

    private static Entry entry(ResultSet r) throws SQLException {
        return new Entry(new Subject(Subject.Type.valueOf(r.getString(1)), r.getLong(2)), r.getBoolean(3), r.getString(4), r.getLong(5), r.getLong(6), r.getLong(7), r.getLong(8), r.getInt(9),
            r.getInt(10), r.getLong(11), r.getLong(12), r.getString(13), r.getString(14), r.getString(15), r.getBoolean(16), r.getBoolean(17), r.getBoolean(18),
            r.getTimestamp(19) == null ? null : r.getTimestamp(19).toInstant(), r.getString(20), r.getString(21), r.getString(22), r.getBoolean(23), r.getBoolean(24), r.getString(25));
    }
}
