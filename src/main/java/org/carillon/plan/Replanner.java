package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.automation.AutomationState;
import org.carillon.automation.AutomationWatch;
import org.carillon.automation.Revision;
import org.carillon.booking.StartTimes;
import org.carillon.customer.ConsentWatch;
import org.carillon.delivery.Outbox;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Reason;
import org.carillon.repair.DueDates;
import org.carillon.shop.CalendarWatch;
import org.carillon.shop.Location;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Makes what is planned follow what it was planned from, in the transaction of the change: automation, calendar, consent. A text that was already
 * released is frozen and goes on, unless its automation no longer calls for it.
 */
@ApplicationScoped
public class Replanner implements AutomationWatch, CalendarWatch, ConsentWatch {

    /** Up to so many plans and orders follow in the transaction of the change; more are left to a job. */
    static final int AT_ONCE = 5_000;

    private static final String ACTOR = "carillon";
    private static final String PENDING = "p.state in ('PLANNED', 'HELD')";

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Outbox outbox;
    private final DueDates dueDates;
    private final StartTimes startTimes;
    private final Reminders reminders;

    protected Replanner() { this(null, null, null, null, null, null); }

    @Inject
    public Replanner(Jdbi jdbi, ApplicationClock clock, Outbox outbox, DueDates dueDates, StartTimes startTimes, Reminders reminders) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
        this.dueDates = dueDates;
        this.startTimes = startTimes;
        this.reminders = reminders;
    }

    @Override public void keepPlans(long automationId, int rev) {
        jdbi.useHandle(h -> h.createUpdate("update planned_notification p set plan_rev = :rev where automation_id = :id and " + PENDING).bind("rev", rev).bind("id", automationId).execute());
    }

    @Override public int waiting(long automationId) {
        return jdbi.withHandle(h -> h.createQuery("select count(*) from planned_notification p where automation_id = :id and " + PENDING).bind("id", automationId).mapTo(Integer.class).one());
    }

    @Override public void changedMany(Collection<Revision> revisions, String actor) {
        jdbi.useHandle(h -> {
            Instant now = clock.now();
            dropFound(h, "a.id = any(:ids)", revisions.stream().map(Revision::id).toList(), now);
            stopAll(h, revisions, now);
            List<Revision> working = revisions.stream().filter(Revision::working).toList();
            List<Long> ids = new ArrayList<>();
            List<Long> places = new ArrayList<>();
            working.forEach(r -> places(h, r).forEach(place -> {
                ids.add(r.id());
                places.add(place);
            }));
            if (size(h, working.stream().map(Revision::id).toList(), places) <= AT_ONCE) {
                followAll(h, working, now);
            } else {
                outbox.keepUnderRevisions(revs(working));
                Replanning.request(h, ids, places, actor, now);
            }
        });
    }

    /** Where a change of the automation has anything to re-plan: at its own locations, of a company-wide one wherever something waits. */
    private static List<Long> places(Handle h, Revision revision) {
        return !revision.locations().isEmpty() ? revision.locations().stream().sorted().toList()
            : h.createQuery("select distinct location_id from planned_notification p where automation_id = :id and " + PENDING + " order by 1")
                .bind("id", revision.id()).mapTo(Long.class).list();
    }

    /** Of events; reminders come back by themselves. One that a newer has replaced meanwhile does not. */
    @Override public void revived(Collection<Long> automationIds, Instant since) {
        jdbi.useHandle(h -> h.createUpdate("update planned_notification p set state = 'PLANNED', reason = null, changed_at = :now where automation_id = any(:ids) and not reminder "
                + "and state = 'CANCELLED' and reason in ('AUTOMATION_DELETED', 'AUTOMATION_CHANGED') and changed_at >= :since and expires_at > :now "
                + "and not exists (select from planned_notification n where p.supersedes and n.supersedes and n.state in ('PLANNED', 'HELD') and n.automation_id = p.automation_id "
                + "and n.subject_type = p.subject_type and n.subject_id = p.subject_id and n.channel = p.channel and n.recipient = p.recipient)")
            .bind("ids", automationIds.toArray(Long[]::new)).bind("since", since).bind("now", clock.now()).execute());
    }

    /** How many plans and orders a change may touch. */
    private static long size(Handle h, Collection<Long> automations, Collection<Long> locations) {
        return h.createQuery("select (select count(*) from planned_notification where automation_id = any(:automations) and state in ('PLANNED', 'HELD')) "
                + "+ (select count(*) from work_order o where o.location_id = any(:locations) and o.status_group in ('OPEN', 'READY') and o.due_local is not null "
                + "and exists (select from automation where id = any(:automations) and trigger_kind = 'AROUND_DATE'))")
            .bind("automations", automations.toArray(Long[]::new)).bind("locations", locations.toArray(Long[]::new)).mapTo(Long.class).one();
    }

    void follow(Handle h, Revision revision, Instant now) {
        stopAll(h, List.of(revision), now);
        followAll(h, List.of(revision).stream().filter(Revision::working).toList(), now);
    }

    private void stopAll(Handle h, Collection<Revision> revisions, Instant now) {
        stop(h, revisions.stream().filter(Revision::deleted).map(Revision::id).toList(), "CANCELLED", Reason.AUTOMATION_DELETED, now);
        stop(h, revisions.stream().filter(r -> !r.deleted() && !r.working()).map(Revision::id).toList(), "HELD", Reason.AUTOMATION_PAUSED, now);
    }

    private void followAll(Handle h, Collection<Revision> working, Instant now) {
        Long[] ids = working.stream().map(Revision::id).toArray(Long[]::new);
        moveAll(h, "p.automation_id = any(:id)", ids, now);
        Set<Long> reminding = h.createQuery("select id from automation where id = any(:ids) and trigger_kind = 'AROUND_DATE'").bind("ids", ids).mapTo(Long.class).set();
        working.stream().filter(r -> reminding.contains(r.id())).forEach(r -> r.locations().stream().sorted().forEach(place -> reminders.follow(h, r.id(), place, ACTOR, now)));
        outbox.keepUnderRevisions(revs(working));
    }

    private static Map<Long, Integer> revs(Collection<Revision> revisions) { return revisions.stream().collect(Collectors.toMap(Revision::id, Revision::rev)); }

    /** One step of a task. */
    int step(Handle h, Replanning.Step step, Instant now) {
        if (step.automationId() == null) {
            return followLocation(h, step.locationId(), now);
        }
        return moveAll(h, "p.location_id = " + step.locationId() + " and p.automation_id = :id", step.automationId(), now)
            + reminders.follow(h, step.automationId(), step.locationId(), ACTOR, now);
    }

    @Override public void changed(Location location, String actor) {
        dueDates.derive(location);
        startTimes.derive(location.id(), location.zone());
        jdbi.useHandle(h -> {
            long size = h.createQuery("select (select count(*) from planned_notification where location_id = :location and state in ('PLANNED', 'HELD')) "
                    + "+ (select count(*) from work_order where location_id = :location and status_group in ('OPEN', 'READY') and due_local is not null)")
                .bind("location", location.id()).mapTo(Long.class).one();
            if (size <= AT_ONCE) {
                followLocation(h, location.id(), clock.now());
            } else {
                Replanning.request(h, Collections.singletonList(null), List.of(location.id()), actor, clock.now());
            }
        });
    }

    int followLocation(Handle h, long location, Instant now) {
        return moveAll(h, "p.location_id = :id", location, now) + reminders.followLocation(h, location, ACTOR, now);
    }

    @Override public void withdrawn(long customerId, Channel channel, String actor) {
        jdbi.useHandle(h -> h.createUpdate("update planned_notification p set state = 'SUPPRESSED', reason = :reason, changed_at = :now where customer_id = :customer "
                + "and channel = :channel and " + PENDING)
            .bind("reason", Reason.CONSENT_WITHDRAWN).bind("now", clock.now()).bind("customer", customerId).bind("channel", channel).execute());
        outbox.withdrawn(customerId, channel, actor);
    }

    @Override public void erased(long customerId, String actor) { outbox.erased(customerId, actor); }

    /** What would go to another of the customer's addresses stays. */
    @Override public void stopped(Channel channel, String address, boolean offersOnly, Reason reason, String actor) {
        jdbi.useHandle(h -> h.createUpdate("update planned_notification p set state = 'SUPPRESSED', reason = :reason, changed_at = :now where p.channel = :channel and " + PENDING
                + " and p.customer_id = any(:customers) and (not :offers or " + Addresses.isOffer("p.automation_id") + ")")
            .bind("reason", reason).bind("now", clock.now()).bind("channel", channel).bind("offers", offersOnly).bind("customers", reached(h, channel, address)).execute());
        outbox.suppress(channel, address, offersOnly, reason, actor);
    }

    @Override public void started(Channel channel, String address) { jdbi.useHandle(h -> bringBack(h, reached(h, channel, address), channel)); }

    /** Whom a plan reaches under this address. */
    private static Long[] reached(Handle h, Channel channel, String address) {
        return h.createQuery("select c.customer_id from (select distinct customer_id from " + (channel == Channel.SMS ? "customer_phone where e164 = :address" : "customer_email where lower(address) = :address")
                + ") c where " + Addresses.first("c.customer_id", ":channel") + " = :address")
            .bind("address", address).bind("channel", channel).mapTo(Long.class).list().toArray(Long[]::new);
    }

    @Override public void given(long customerId, Channel channel) { jdbi.useHandle(h -> bringBack(h, new Long[] {customerId}, channel)); }

    /** Reminders come back; an event's message does not, its moment was then. */
    private void bringBack(Handle h, Long[] customers, Channel channel) {
        List<Long> orders = h.createQuery("select distinct subject_id from planned_notification where customer_id = any(:customers) and channel = :channel and reminder "
            + "and state = 'SUPPRESSED' and subject_type = 'ORDER'").bind("customers", customers).bind("channel", channel).mapTo(Long.class).list();
        if (!orders.isEmpty()) {
            reminders.follow(h, orders, ACTOR, clock.now());
        }
    }

    /** Rows that the releaser found stale: planned while the change was being committed, or before a job has come to them. */
    void move(Handle h, List<Long> planIds, Instant now) {
        List<Long> orders = h.createQuery("select distinct subject_id from planned_notification where id = any(:ids) and reminder and subject_type = 'ORDER'")
            .bind("ids", planIds.toArray(Long[]::new)).mapTo(Long.class).list();
        if (!orders.isEmpty()) {
            reminders.follow(h, orders, ACTOR, now);
        }
        dropFound(h, "p.id = any(:ids)", planIds, now);
        planIds.forEach(id -> moveAll(h, "p.id = :id", id, now));
    }

    /** Whom an audience's run has found under older rules is looked for again by the next one. */
    private static void dropFound(Handle h, String which, Collection<Long> ids, Instant now) {
        h.createUpdate("update planned_notification p set state = 'CANCELLED', reason = case when a.deleted then 'AUTOMATION_DELETED' when a.state = 'ACTIVE' then 'AUTOMATION_CHANGED' "
                + "else 'AUTOMATION_PAUSED' end, changed_at = :now from automation a where a.id = p.automation_id and a.by_audience "
                + "and p.plan_rev <> a.rev and " + PENDING + " and " + which)
            .bind("now", now).bind("ids", ids.toArray(Long[]::new)).execute();
    }

    private void stop(Handle h, Collection<Long> automations, String state, Reason reason, Instant now) {
        if (automations.isEmpty()) {
            return;
        }
        Long[] ids = automations.toArray(Long[]::new);
        h.createUpdate("update planned_notification p set state = :state, reason = :reason, changed_at = :now where automation_id = any(:ids) and " + PENDING)
            .bind("state", state).bind("reason", reason).bind("now", now).bind("ids", ids).execute();
        outbox.cancelByPlans(h.createQuery("select p.id from planned_notification p join message_due d on d.message_id = p.message_id where p.automation_id = any(:ids)")
            .bind("ids", ids).mapTo(Long.class).list(), reason, ACTOR);
    }

    /** A plan of an event that has not become a message. {@code stillCalled}: the automation, as it is now, would be woken by that event. */
    record Pending(long planId, Channel channel, boolean stillCalled, Instant wasDue, @Nested Occasion occasion) {

        /** What was still to come is never lost because hours were added in the past: it is dated from now (RO-23). */
        Occasion.Plan anew(Instant now) {
            Occasion.Plan plan = occasion.plan(channel);
            return wasDue.isAfter(now) && plan.due().isBefore(now) ? occasion.plan(channel, now) : plan;
        }
    }

    private static int moveAll(Handle h, String which, Object id, Instant now) {
        List<Pending> pending = h.createQuery("select p.id plan_id, p.channel, a.event_type = e.type and (a.status is null or a.status = e.status) still_called, p.due_at was_due, "
                + Occasion.COLUMNS + " from planned_notification p join business_event b on b.id = p.event_id join automation a on a.id = p.automation_id "
                + "and a.state = 'ACTIVE' and not a.deleted join location l on l.id = p.location_id cross join lateral (select b.*, b.data ->> 'to' status) e "
                + "where " + PENDING + " and " + which + " order by p.id for update of p")
            .bind("id", id).map(ConstructorMapper.of(Pending.class)).list();
        PreparedBatch batch = h.prepareBatch("update planned_notification set plan_rev = :rev, calendar_rev = :calendarRev, required_status = :requiredStatus, "
            + "due_at = :due, expires_at = :expires, tz_version = :tz, state = :state, reason = :reason, changed_at = :now where id = :id");
        for (Pending p : pending) {
            Occasion o = p.occasion();
            Occasion.Plan plan = p.anew(now);
            boolean called = p.stillCalled() && Arrays.asList(o.channels().split(",")).contains(p.channel().name());
            batch.bind("id", p.planId()).bind("rev", o.rev()).bind("calendarRev", o.calendarRev()).bind("requiredStatus", o.requiredStatus()).bind("due", plan.due())
                .bind("expires", plan.expires()).bind("tz", Planner.TZ_VERSION).bind("state", called ? plan.state() : "CANCELLED")
                .bind("reason", called ? plan.reason() : Reason.AUTOMATION_CHANGED).bind("now", now).add();
        }
        if (batch.size() > 0) {
            batch.execute();
            h.execute("select pg_notify('carillon_plan', '')");
        }
        return pending.size();
    }
}
