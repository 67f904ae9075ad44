package org.carillon.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.carillon.booking.Cancellations;
import org.carillon.fact.Actor;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What CANCEL means to whoever was just told of an appointment: that, and not a stop (LAW-11, src/adr/0033). */
@ApplicationScoped
public class AppointmentReplies {

    private final Cancellations cancellations;

    protected AppointmentReplies() { this(null); }

    @Inject
    public AppointmentReplies(Cancellations cancellations) { this.cancellations = cancellations; }

    /** @param now whether this text did it; false: it was cancelled since the message that is answered */
    record Cancelled(long id, boolean now) { }

    /** Empty where the last message was about no appointment of theirs that lies ahead, or was itself written after it was cancelled: nothing is left then but messages to stop. */
    Optional<Cancelled> cancel(Handle h, Correspondent who, Actor actor, Instant now) {
        Optional<Cancelled> meant = h.createQuery("select a.id, a.status <> 'CANCELLED' as now from message m join appointment a on m.subject_type = 'APPOINTMENT' and a.id = m.subject_id "
                + "and a.customer_id = m.customer_id where m.id = :about and m.purpose <> 'MARKETING' and a.start_at > :now and (a.status in ('BOOKED', 'CONFIRMED', 'RESCHEDULED') "
                + "or a.status = 'CANCELLED' and a.status_changed_at >= m.created_at) for update of a")
            .bind("about", who.aboutId()).bind("now", now).map(ConstructorMapper.of(Cancelled.class)).findOne();
        meant.filter(Cancelled::now).ifPresent(appointment -> cancellations.cancel(appointment.id(), actor));
        return meant;
    }
}
