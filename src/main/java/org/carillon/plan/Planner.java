package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.delivery.Outbox;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.EventType;
import org.carillon.fact.EventsRecorded;
import org.carillon.fact.Reason;
import org.carillon.fact.RecordedEvent;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Turns what happened into what will be sent, inside the transaction in which it happened: an order is never saved without its plans, nor a plan
 * without its order (REL-02). The unique key of planned_notification makes a replay harmless.
 */
@ApplicationScoped
public class Planner {

    static final String TZ_VERSION = ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Outbox outbox;
    private final Reminders reminders;

    protected Planner() { this(null, null, null, null); }

    @Inject
    public Planner(Jdbi jdbi, ApplicationClock clock, Outbox outbox, Reminders reminders) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
        this.reminders = reminders;
    }

    public void plan(@Observes EventsRecorded recorded) {
        Instant now = clock.now();
        jdbi.useHandle(h -> {
            recorded.events().forEach(event -> forgetWhatIsNoLongerTrue(h, event, now));
            List<RecordedEvent> waking = recorded.events().stream().filter(Planner::callsForSomething).toList();
            if (!waking.isEmpty()) {
                store(h, wakes(h, waking), now);
            }
            remind(h, recorded.events(), now);
        });
    }

    private void remind(Handle h, List<RecordedEvent> events, Instant now) {
        Set<Long> orders = events.stream().map(RecordedEvent::event).filter(e -> e.subject().type() == Subject.Type.ORDER).map(e -> e.subject().id()).collect(Collectors.toSet());
        if (!orders.isEmpty()) {
            reminders.follow(h, orders, events.get(0).event().actor(), now);
        }
    }

    /** A due date that was cleared calls for nothing. */
    private static boolean callsForSomething(RecordedEvent e) {
        return e.event().customerId() != null && (e.event().type() != EventType.ORDER_SCHEDULED_TIME_CHANGED || !e.event().data().getOrDefault("to", "").isEmpty());
    }

    /** the order or lead has left the status; B-28: the lead has become an order; A-38: the date moved again before the message about the former one left. */
    private void forgetWhatIsNoLongerTrue(Handle h, RecordedEvent recorded, Instant now) {
        switch (recorded.event().type()) {
            case ORDER_STATUS_CHANGED, LEAD_STATUS_CHANGED -> forget(h, recorded, "required_status <> :status", "CANCELLED", Reason.STATUS_MOVED_ON, now);
            case ORDER_SCHEDULED_TIME_CHANGED -> forget(h, recorded, "supersedes", "SKIPPED", Reason.SUPERSEDED, now);
            // who has become a customer is told of the order now; what was to be said all the same still is
            case LEAD_CONVERTED -> forget(h, recorded, "automation_id in (select id from automation where not send_anyway)", "CANCELLED", Reason.LEAD_CONVERTED, now);
            case ORDER_REASSIGNED -> forget(h, recorded, "not reminder and (p.location_id <> :location or p.customer_id <> :customer)", "CANCELLED", Reason.REASSIGNED, now);
            default -> { }
        }
    }

    private void forget(Handle h, RecordedEvent recorded, String which, String state, Reason reason, Instant now) {
        bind(h.createUpdate("update planned_notification p set state = :state, reason = :reason, changed_at = :now where subject_type = :type "
            + "and subject_id = :id and state in ('PLANNED', 'HELD') and " + which), recorded).bind("state", state).bind("reason", reason).bind("now", now).execute();
        // a statement of its own: the update may have waited for the releaser, whose commit only a new snapshot shows
        List<Long> released = bind(h.createQuery("select p.id from planned_notification p join message_due d on d.message_id = p.message_id where subject_type = :type "
            + "and subject_id = :id and p.state = 'RELEASED' and " + which), recorded).mapTo(Long.class).list();
        if (!released.isEmpty()) {
            outbox.cancelByPlans(released, reason, recorded.event().actor());
        }
    }

    private static <T extends SqlStatement<T>> T bind(T statement, RecordedEvent recorded) {
        return statement.bind("type", recorded.event().subject().type()).bind("id", recorded.event().subject().id())
            .bind("status", Objects.toString(recorded.event().status(), "")).bind("location", recorded.event().locationId())
            .bind("customer", recorded.event().customerId());
    }

    private static List<Occasion> wakes(Handle h, List<RecordedEvent> events) {
        return h.createQuery("select " + Occasion.COLUMNS + " from unnest(:ids, :statuses) with ordinality told (id, status, n) "
                + "join lateral (select b.*, told.status from business_event b where b.id = told.id) e on true "
                + "join automation a on a.event_type = e.type and a.state = 'ACTIVE' and not a.deleted and (a.status is null or a.status = e.status) "
                + "left join automation_location al on al.automation_id = a.id and al.location_id = e.location_id "
                + "join location l on l.id = e.location_id where a.everywhere or al.automation_id is not null order by told.n, a.id")
            .bindArray("ids", Long.class, events.stream().map(RecordedEvent::id).toList())
            .bindArray("statuses", String.class, events.stream().map(e -> e.event().status()).toList())
            .map(ConstructorMapper.of(Occasion.class)).list();
    }

    private static void store(Handle h, List<Occasion> occasions, Instant now) {
        PreparedBatch batch = h.prepareBatch("insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, "
            + "event_id, occurrence, channel, recipient, required_status, supersedes, due_at, expires_at, tz_version, state, reason, created_at, changed_at) values "
            + "(:automation, :rev, :calendarRev, :location, :subjectType, :subjectId, :customer, :event, :occurrence, :channel, 'CUSTOMER', :requiredStatus, "
            + ":supersedes, :due, :expires, :tz, :state, :reason, :now, :now) on conflict do nothing");
        for (Occasion o : occasions) {
            for (Channel channel : Arrays.stream(o.channels().split(",")).map(Channel::valueOf).toList()) {
                Occasion.Plan plan = o.plan(channel);
                batch.bind("automation", o.automationId()).bind("rev", o.rev()).bind("calendarRev", o.calendarRev()).bind("location", o.locationId())
                    .bind("subjectType", o.subjectType()).bind("subjectId", o.subjectId()).bind("customer", o.customerId()).bind("event", o.eventId())
                    .bind("occurrence", "e" + o.eventId()).bind("channel", channel).bind("requiredStatus", o.requiredStatus()).bind("supersedes", o.supersedes())
                    .bind("due", plan.due()).bind("expires", plan.expires()).bind("tz", TZ_VERSION).bind("state", plan.state()).bind("reason", plan.reason())
                    .bind("now", now).add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
            h.execute("select pg_notify('carillon_plan', '')");
        }
    }
}
