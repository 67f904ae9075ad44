package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.carillon.automation.Automation;
import org.carillon.automation.AutomationWatch;
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
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Makes what is planned follow what it was planned from, in the transaction of the change: automation, calendar, consent. A text that was already
 * released is frozen and goes on, unless its automation no longer calls for it.
 */
@ApplicationScoped
public class Replanner implements AutomationWatch, CalendarWatch, ConsentWatch {

    private static final String PENDING = "p.state in ('PLANNED', 'HELD')";

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Outbox outbox;
    private final DueDates dueDates;

    protected Replanner() { this(null, null, null, null); }

    @Inject
    public Replanner(Jdbi jdbi, ApplicationClock clock, Outbox outbox, DueDates dueDates) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
        this.dueDates = dueDates;
    }

    @Override public void changed(Automation automation) {
        Instant now = clock.now();
        jdbi.useHandle(h -> {
            if (automation.deleted()) {
                stop(h, automation.id(), "CANCELLED", Reason.AUTOMATION_DELETED, now);
            } else if (!automation.active()) {
                stop(h, automation.id(), "HELD", Reason.AUTOMATION_PAUSED, now);
            } else {
                moveAll(h, "p.automation_id = :id", automation.id(), now);
                outbox.keepUnderRevision(automation.id(), automation.rev());
            }
        });
    }

    @Override public void changed(Location location) {
        dueDates.derive(location);
        jdbi.useHandle(h -> moveAll(h, "p.location_id = :id", location.id(), clock.now()));
    }

    @Override public void withdrawn(long customerId, Channel channel, String actor) {
        jdbi.useHandle(h -> h.createUpdate("update planned_notification p set state = 'SUPPRESSED', reason = :reason, changed_at = :now where customer_id = :customer "
                + "and channel = :channel and " + PENDING)
            .bind("reason", Reason.CONSENT_WITHDRAWN).bind("now", clock.now()).bind("customer", customerId).bind("channel", channel).execute());
        outbox.withdrawn(customerId, channel, actor);
    }

    /** One row whose revision the releaser found stale: it was planned while the change was being committed. */
    void move(Handle h, long planId, Instant now) { moveAll(h, "p.id = :id", planId, now); }

    private void stop(Handle h, long automationId, String state, Reason reason, Instant now) {
        h.createUpdate("update planned_notification p set state = :state, reason = :reason, changed_at = :now where automation_id = :id and " + PENDING)
            .bind("state", state).bind("reason", reason).bind("now", now).bind("id", automationId).execute();
        outbox.cancelByPlans(h.createQuery("select p.id from planned_notification p join message_due d on d.message_id = p.message_id where p.automation_id = :id")
            .bind("id", automationId).mapTo(Long.class).list(), reason, "carillon");
    }

    private record Pending(long planId, Channel channel, boolean stillCalled) { }

    private void moveAll(Handle h, String which, long id, Instant now) {
        String from = " from planned_notification p join business_event b on b.id = p.event_id join automation a on a.id = p.automation_id and a.state = 'ACTIVE' "
            + "and not a.deleted join location l on l.id = p.location_id cross join lateral (select b.*, b.data ->> 'to' status) e where " + PENDING + " and " + which
            + " order by p.id";
        List<Occasion> occasions = h.createQuery("select " + Occasion.COLUMNS + from).bind("id", id).map(ConstructorMapper.of(Occasion.class)).list();
        List<Pending> pending = h.createQuery("select p.id plan_id, p.channel, a.event_type = e.type and (a.status is null or a.status = e.status) still_called" + from)
            .bind("id", id).map(ConstructorMapper.of(Pending.class)).list();
        PreparedBatch batch = h.prepareBatch("update planned_notification set plan_rev = :rev, calendar_rev = :calendarRev, required_status = :requiredStatus, "
            + "due_at = :due, expires_at = :expires, tz_version = :tz, state = :state, reason = :reason, changed_at = :now where id = :id and state in ('PLANNED', 'HELD')");
        for (int i = 0; i < pending.size(); i++) {
            Occasion o = occasions.get(i);
            Pending p = pending.get(i);
            Occasion.Plan plan = o.plan(p.channel());
            boolean called = p.stillCalled() && Arrays.asList(o.channels().split(",")).contains(p.channel().name());
            batch.bind("id", p.planId()).bind("rev", o.rev()).bind("calendarRev", o.calendarRev()).bind("requiredStatus", o.requiredStatus()).bind("due", plan.due())
                .bind("expires", plan.expires()).bind("tz", Planner.TZ_VERSION).bind("state", called ? plan.state() : "CANCELLED")
                .bind("reason", called ? plan.reason() : Reason.AUTOMATION_CHANGED).bind("now", now).add();
        }
        if (batch.size() > 0) {
            batch.execute();
            h.execute("select pg_notify('carillon_plan', '')");
        }
    }
}
