package org.carillon.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Jdbi;

/**
 * Cancels for the customer, in the transaction of the text that asks for it. By SQL alone: texts arrive on threads where entities take no part in the
 * transaction (src/adr/0019).
 */
@ApplicationScoped
public class Cancellations {

    private record Was(String status, long locationId, long customerId) { }

    private final Jdbi jdbi;
    private final EventLog events;
    private final ApplicationClock clock;

    protected Cancellations() { this(null, null, null); }

    @Inject
    public Cancellations(Jdbi jdbi, EventLog events, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.events = events;
        this.clock = clock;
    }

    /** False where the customer was not expected any more; nothing happened then. */
    public boolean cancel(long id, Actor actor) {
        return jdbi.withHandle(h -> {
            Optional<Was> cancelled = h.createQuery("with was as (select id, status from appointment where id = :id and status in ('BOOKED', 'CONFIRMED', 'RESCHEDULED') for update) "
                    + "update appointment a set status = 'CANCELLED', status_changed_at = :now, version = version + 1 from was where a.id = was.id returning was.status, a.location_id, a.customer_id")
                .bind("id", id).bind("now", clock.now()).map((r, x) -> new Was(r.getString(1), r.getLong(2), r.getLong(3))).findOne();
            cancelled.ifPresent(was -> events.record(List.of(new BusinessEvent(EventType.APPOINTMENT_CANCELLED, Subject.appointment(id), was.locationId(), was.customerId(), clock.now(), actor.name(),
                false, AppointmentStatus.CANCELLED.name(), Map.of("from", was.status(), "to", AppointmentStatus.CANCELLED.name())))));
            return cancelled.isPresent();
        });
    }
}
