package org.carillon.plan;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.carillon.delivery.Outbox;
import org.carillon.fact.Channel;
import org.carillon.fact.EventType;
import org.carillon.fact.EventsRecorded;
import org.carillon.fact.Reason;
import org.carillon.fact.RecordedEvent;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** Planning as it was, statement after statement: slow and plain, the oracle of {@link OutlookTest}. */
record FormerPlanner(Outbox outbox, Reminders reminders) {

    void plan(Handle h, EventsRecorded recorded, Instant now) {
        recorded.events().forEach(event -> forget(h, event, now));
        List<RecordedEvent> waking = recorded.events().stream().filter(e -> e.event().type() != EventType.ORDER_SCHEDULED_TIME_CHANGED || !e.event().data().getOrDefault("to", "").isEmpty()).toList();
        store(h, h.createQuery("select " + Occasion.COLUMNS + " from unnest(:ids, :statuses) with ordinality told (id, status, n) "
                + "join lateral (select b.*, told.status from business_event b where b.id = told.id) e on true "
                + "join automation a on a.event_type = e.type and a.state = 'ACTIVE' and not a.deleted and (a.status is null or a.status = e.status) "
                + "left join automation_location al on al.automation_id = a.id and al.location_id = e.location_id "
                + "join location l on l.id = e.location_id where a.everywhere or al.automation_id is not null order by told.n, a.id")
            .bindArray("ids", Long.class, waking.stream().map(RecordedEvent::id).toList()).bindArray("statuses", String.class, waking.stream().map(e -> e.event().status()).toList())
            .map(ConstructorMapper.of(Occasion.class)).list(), now);
        reminders.follow(h, recorded.events().stream().map(RecordedEvent::event).filter(e -> e.subject().type() == Subject.Type.ORDER).map(e -> e.subject().id()).collect(Collectors.toSet()),
            recorded.events().get(0).event().actor(), now);
    }

    private void forget(Handle h, RecordedEvent recorded, Instant now) {
        switch (recorded.event().type()) {
            case ORDER_STATUS_CHANGED, LEAD_STATUS_CHANGED -> forget(h, recorded, "required_status <> :status", "CANCELLED", Reason.STATUS_MOVED_ON, now);
            case ORDER_SCHEDULED_TIME_CHANGED -> forget(h, recorded, "supersedes", "SKIPPED", Reason.SUPERSEDED, now);
            case LEAD_CONVERTED -> forget(h, recorded, "automation_id in (select id from automation where not send_anyway)", "CANCELLED", Reason.LEAD_CONVERTED, now);
            case ORDER_REASSIGNED -> forget(h, recorded, "not reminder and (p.location_id <> :location or p.customer_id <> :customer)", "CANCELLED", Reason.REASSIGNED, now);
            default -> { }
        }
    }

    private void forget(Handle h, RecordedEvent recorded, String which, String state, Reason reason, Instant now) {
        bind(h.createUpdate("update planned_notification p set state = :state, reason = :reason, changed_at = :now where subject_type = :type "
            + "and subject_id = :id and state in ('PLANNED', 'HELD') and " + which), recorded).bind("state", state).bind("reason", reason).bind("now", now).execute();
        outbox.cancelByPlans(bind(h.createQuery("select p.id from planned_notification p join message_due d on d.message_id = p.message_id where subject_type = :type "
            + "and subject_id = :id and p.state = 'RELEASED' and " + which), recorded).mapTo(Long.class).list(), reason, recorded.event().actor());
    }

    private static <T extends SqlStatement<T>> T bind(T statement, RecordedEvent recorded) {
        return statement.bind("type", recorded.event().subject().type()).bind("id", recorded.event().subject().id())
            .bind("status", Objects.toString(recorded.event().status(), "")).bind("location", recorded.event().locationId()).bind("customer", recorded.event().customerId());
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
                    .bind("due", plan.due()).bind("expires", plan.expires()).bind("tz", Planner.TZ_VERSION).bind("state", plan.state()).bind("reason", plan.reason())
                    .bind("now", now).add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }
}
