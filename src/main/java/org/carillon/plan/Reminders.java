package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.carillon.delivery.Outbox;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Keeps the reminders of due dates in line with orders, automations and calendars (RO-26 to RO-33, B-01): what should be pending is made pending,
 * moved in place or cancelled, by a few statements whatever the number of orders. Every wall time is computed once, here (REL-41), and joined by
 * the statements. Reminders of one location are brought in line by one transaction at a time, orders change beside each other.
 */
@ApplicationScoped
public class Reminders {

    /** Class of the advisory locks, so that no other use of a location's number meets them. */
    static final int LOCK = 0x52454d;
    private static final String OPEN = "o.status_group in ('OPEN', 'READY') and o.due_local is not null";
    private static final String HERE = "exists (select from automation_location al where al.automation_id = a.id and al.location_id = o.location_id)";
    private static final String WHY_NOT = whyNot(HERE);
    private static final String STRAY = stray(HERE);
    private static final String OUTLIVED = outlived(HERE);

    /** Which part of all reminders: of orders, of automations, at locations; null is all. */
    private record Part(Collection<Long> orders, Collection<Long> automations, Collection<Long> locations) {

        static Part ofOrders(Collection<Long> ids) { return new Part(ids, null, null); }

        static Part of(long automation, long location) { return new Part(null, List.of(automation), List.of(location)); }

        static Part at(long location) { return new Part(null, null, List.of(location)); }

        private String among(String orders, String automations, String locations) {
            return (this.orders == null ? "" : " and " + orders + " = any(:orders)") + (this.automations == null ? "" : " and " + automations + " = any(:automations)")
                + (this.locations == null ? "" : " and " + locations + " = any(:locations)");
        }

        private <T extends SqlStatement<T>> T bind(T statement) {
            bind(statement, "orders", orders);
            bind(statement, "automations", automations);
            bind(statement, "locations", locations);
            return statement;
        }

        private static <T extends SqlStatement<T>> void bind(T statement, String name, Collection<Long> ids) {
            if (ids != null) {
                statement.bind(name, ids.toArray(Long[]::new));
            }
        }
    }

    private final Outbox outbox;

    /** @param here whether automation a works at the location of order o, in SQL */
    private static String right(String here) {
        return "not a.deleted and (a.state = 'ACTIVE' or p.reason = 'AUTOMATION_PAUSED') and " + OPEN + " and p.channel = any(string_to_array(a.channels, ',')) and " + here;
    }

    /** A plan that waits and is no longer called for. */
    static String stray(String here) {
        return "not (" + right(here) + " and (p.occurrence = o.due_local or not exists (select from planned_notification q where q.automation_id = p.automation_id "
            + "and q.subject_type = 'ORDER' and q.subject_id = p.subject_id and q.occurrence = o.due_local and q.channel = p.channel and q.recipient = p.recipient and q.state = 'RELEASED')))";
    }

    /** A plan whose message has not left and is no longer called for. */
    static String outlived(String here) { return "not (" + right(here) + " and p.occurrence = o.due_local)"; }

    static String whyNot(String here) {
        return "case when a.deleted then 'AUTOMATION_DELETED' when o.status_group not in ('OPEN', 'READY') then 'ORDER_CLOSED' when o.due_local is null then 'DUE_CLEARED' "
            + "when not " + here + " then 'REASSIGNED' when p.occurrence <> o.due_local then 'SUPERSEDED' else 'AUTOMATION_CHANGED' end";
    }

    protected Reminders() { this(null); }

    @Inject
    public Reminders(Outbox outbox) { this.outbox = outbox; }

    /** Follows orders that changed in this transaction; what comes too late for its moment is stored with that reason (P-05). */
    void follow(Handle h, Collection<Long> orders, String actor, Instant now) {
        h.createQuery("select pg_advisory_xact_lock_shared(:lock, location_id::int) is null from (select distinct location_id from work_order where id = any(:orders) "
            + "order by 1) l").bind("lock", LOCK).bind("orders", orders.toArray(Long[]::new)).mapTo(Boolean.class).list();
        bring(h, Part.ofOrders(orders), actor, now);
    }

    /** Follows an automation or a location that changed; returns how many plans it made, moved or cancelled. Waits for orders that are changing there. */
    public int follow(Handle h, long automation, long location, String actor, Instant now) {
        alone(h, location);
        return bring(h, Part.of(automation, location), actor, now);
    }

    int followLocation(Handle h, long location, String actor, Instant now) {
        alone(h, location);
        return bring(h, Part.at(location), actor, now);
    }

    private static void alone(Handle h, long location) {
        h.createQuery("select pg_advisory_xact_lock(:lock, :location) is null").bind("lock", LOCK).bind("location", (int) location).mapTo(Boolean.class).one();
    }

    private int bring(Handle h, Part part, String actor, Instant now) {
        recall(h, part, actor, now);
        int changed = stop(h, part, now);
        Timetable timetable = timetable(h, part, now);
        if (!timetable.isEmpty()) {
            // of single orders: thinking this statement over anew takes several times what it does
            boolean single = part.orders() != null;
            if (single) {
                h.execute("set local plan_cache_mode = force_generic_plan");
            }
            changed += bring(h, part, timetable, now);
            if (single) {
                h.execute("set local plan_cache_mode = auto");
            }
        }
        if (changed > 0) {
            h.execute("select pg_notify('carillon_plan', '')");
        }
        return changed;
    }

    /** Messages of reminders that no longer hold and have not left are cancelled; their plans are then free to move. */
    private void recall(Handle h, Part part, String actor, Instant now) {
        List<Long> wrong = part.bind(h.createQuery("select p.id from message_due d join planned_notification p on p.message_id = d.message_id and p.reminder "
                + "join automation a on a.id = p.automation_id join work_order o on o.id = p.subject_id where p.subject_type = 'ORDER' and " + OUTLIVED
                + part.among("p.subject_id", "p.automation_id", "p.location_id"))).mapTo(Long.class).list();
        recall(h, wrong, actor, now);
    }

    void recall(Handle h, List<Long> wrong, String actor, Instant now) {
        if (!wrong.isEmpty()) {
            outbox.cancelByPlans(wrong, Reason.SUPERSEDED, actor);
            h.createUpdate("update planned_notification p set state = 'CANCELLED', reason = 'SUPERSEDED', message_id = null, collapse_key = null, changed_at = :now "
                    + "where id = any(:ids) and exists (select from message m where m.id = p.message_id and m.state = 'CANCELLED') and not exists (select from "
                    + "planned_notification q where q.automation_id = p.automation_id and q.subject_type = p.subject_type and q.subject_id = p.subject_id "
                    + "and q.channel = p.channel and q.recipient = p.recipient and q.state <> 'RELEASED')")
                .bind("ids", wrong.toArray(Long[]::new)).bind("now", now).execute();
        }
    }

    private static int stop(Handle h, Part part, Instant now) {
        return part.bind(h.createUpdate("update planned_notification p set state = 'CANCELLED', reason = " + WHY_NOT + ", detail = null, changed_at = :now from automation a, work_order o "
            + "where p.reminder and p.state in ('PLANNED', 'HELD') and p.subject_type = 'ORDER' and a.id = p.automation_id and o.id = p.subject_id"
            + part.among("p.subject_id", "p.automation_id", "p.location_id") + " and " + STRAY)).bind("now", now).execute();
    }

    private static Timetable timetable(Handle h, Part part, Instant now) {
        List<Timetable.Called> called = part.bind(h.createQuery("select a.id automation_id, a.delay_n amount, a.delay_unit unit, a.into_opening_hours, a.send_late, l.id location_id, l.zone, "
            + "l.opening_hours, l.holidays, l.quiet_from, l.quiet_to from automation a join automation_location al on al.automation_id = a.id join location l on l.id = al.location_id "
            + "where a.trigger_kind = 'AROUND_DATE' and a.anchor = 'order.due' and a.state = 'ACTIVE' and not a.deleted"
            + (part.orders() == null ? "" : " and exists (select from work_order o where o.id = any(:orders) and o.location_id = l.id)")
            + new Part(null, part.automations(), part.locations()).among("", "a.id", "l.id"))).map(ConstructorMapper.of(Timetable.Called.class)).list();
        if (called.isEmpty()) {
            return Timetable.of(List.of(), List.of(), now);
        }
        // of an order that is due already only the order itself wants to know
        Part ofOrders = new Part(part.orders(), null, part.locations());
        List<Timetable.Wall> walls = ofOrders.bind(h.createQuery("select distinct o.location_id, o.due_local from work_order o where " + OPEN
                + " and (:told or o.due_at > :now)" + ofOrders.among("o.id", "", "o.location_id")))
            .bind("told", part.orders() != null).bind("now", now).map(ConstructorMapper.of(Timetable.Wall.class)).list();
        return Timetable.of(called, walls, now);
    }

    /**
     * Moves what is pending and adds what is not. A reminder whose moment has passed goes late only where that is wanted, or where it was on its way
     * already (REL-48); a first plan of one is kept as a reason only where the order is what changed. What should be pending is looked up once for
     * both, with the plan that there is: at a location of many orders that is most of the work.
     */
    private static int bring(Handle h, Part part, Timetable timetable, Instant now) {
        return timetable.bind(part.bind(h.createQuery(bringing(part))))
            .bind("now", now).bind("tz", Planner.TZ_VERSION).bind("tell", part.orders() != null).mapTo(Integer.class).one();
    }

    /** The same for orders, as a part of a round trip; {@link Timetable#bind} and {@code :orders}, {@code :now}, {@code :tz} and {@code :tell} (true) complete it. */
    static final String BRING_ORDERS = bringing(Part.ofOrders(List.of()));

    private static String bringing(Part part) {
        return ("""
            with desired as materialized (
              select t.*, a.rev, a.send_late, a.ttl_minutes, l.calendar_rev, o.id order_id, o.customer_id, w.channel,
                p.id plan, p.occurrence was_wall, p.state was, p.reason because, p.due_at was_due
              from unnest(:ts, :tl, :tw, :td, :tn, :te, :tc) t (automation_id, location_id, wall, due_at, late_at, expires_at, closed)
              join automation a on a.id = t.automation_id join location l on l.id = t.location_id
              join work_order o on o.location_id = t.location_id and o.due_local = t.wall and o.status_group in ('OPEN', 'READY')
              cross join unnest(string_to_array(a.channels, ',')) w (channel)
              left join planned_notification p on p.automation_id = t.automation_id and p.subject_type = 'ORDER' and p.subject_id = o.id
                and p.channel = w.channel and p.recipient = 'CUSTOMER' and p.reminder and p.state <> 'RELEASED'
              where (p.occurrence = t.wall or not exists (select from planned_notification q where q.automation_id = t.automation_id and q.subject_type = 'ORDER'
                and q.subject_id = o.id and q.occurrence = t.wall and q.channel = w.channel and q.recipient = 'CUSTOMER' and q.state = 'RELEASED'))"""
                + part.among("o.id", "a.id", "l.id") + """
            ),
            mine as (
              select d.*, was in ('PLANNED', 'HELD') and was_wall = wall and was_due <= :now and due_at <= :now and because is distinct from 'AUTOMATION_PAUSED' overdue,
                late_at is not null and (send_late or was_wall = wall and because is not distinct from 'OUTSIDE_HOURS') goes_late
              from desired d
              where plan is not null and not (was_wall = wall and because is not distinct from 'STOPPED_BY_STAFF')
                and not (was = 'SUPPRESSED' and not (select case channel when 'SMS' then c.sms_consent else c.email_consent end from customer c where c.id = d.customer_id))
                and not (was = 'SUPPRESSED' and %s)
                and not (was_wall = wall and was in ('SKIPPED', 'EXPIRED', 'SUPPRESSED') and due_at <= :now)),
            next as (
              select mine.*, case when overdue then was when closed then 'HELD' when due_at > :now then 'PLANNED'
                  when goes_late then 'PLANNED' else 'SKIPPED' end state,
                case when overdue then because when closed then 'NO_OPENING' when due_at > :now then null
                  when goes_late then nullif(because, nullif(because, 'OUTSIDE_HOURS'))
                  else 'LEAD_TIME_PASSED' end reason,
                case when overdue then was_due when closed or due_at > :now then due_at when goes_late then late_at
                  else due_at end at
              from mine),
            moved as (
              update planned_notification p set occurrence = n.wall, location_id = n.location_id, customer_id = n.customer_id, plan_rev = n.rev, calendar_rev = n.calendar_rev,
                due_at = n.at, expires_at = n.ends, tz_version = :tz, state = n.state, reason = n.reason,
                detail = case when n.overdue then p.detail end, changed_at = :now
              from (select next.*, least(expires_at, at + make_interval(mins => ttl_minutes)) ends from next) n
              where p.id = n.plan and (p.occurrence, p.location_id, p.customer_id, p.plan_rev, p.calendar_rev, p.due_at, p.expires_at, p.state, p.tz_version)
                is distinct from (n.wall, n.location_id, n.customer_id, n.rev, n.calendar_rev, n.at, n.ends, n.state, :tz)
              returning 1),
            added as (
              insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, reminder,
                due_at, expires_at, tz_version, state, reason, created_at, changed_at)
              select d.automation_id, d.rev, d.calendar_rev, d.location_id, 'ORDER', d.order_id, d.customer_id, d.wall, d.channel, 'CUSTOMER', true,
                n.at, least(d.expires_at, n.at + make_interval(mins => d.ttl_minutes)), :tz, n.state, n.reason, :now, :now
              from desired d cross join lateral (select
                case when d.due_at <= :now and not d.closed and d.send_late then coalesce(d.late_at, d.due_at) else d.due_at end at,
                case when d.closed then 'HELD' when d.due_at > :now or d.send_late and d.late_at is not null then 'PLANNED' else 'SKIPPED' end state,
                case when d.closed then 'NO_OPENING' when d.due_at > :now or d.send_late and d.late_at is not null then null else 'LEAD_TIME_PASSED' end reason) n
              where d.plan is null and (:tell or n.state <> 'SKIPPED')
              order by d.order_id, d.automation_id, d.channel
              on conflict do nothing returning 1)
            select (select count(*) from moved) + (select count(*) from added)""").replace("%s", Addresses.stopped("d.customer_id", "d.channel", "d.automation_id"));
    }
}
