package org.carillon.booking;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;
import org.carillon.fact.EventType;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;
import org.carillon.fact.Subject;

/**
 * What a text can say of an appointment, day and hour apart (KI-63), and what a rule can ask of one, or of all that a customer has; cancelled ones count
 * in no aggregate (A-15b).
 */
@ApplicationScoped
public class AppointmentFields implements FieldSource {

    static final Category APPOINTMENT = new Category("appointment", Subject.Type.APPOINTMENT, "appointment", "true");
    private static final String KEPT = "x.status <> 'CANCELLED'";
    private static final String PAST = KEPT + " and x.start_at <= :now";
    /** An appointment that was moved matches anew. */
    private static final List<String> ANEW = List.of("x.start_local");
    private static final List<String> START = List.of("x.start_at");
    private static final Set<EventType> SET = Set.of(EventType.APPOINTMENT_BOOKED, EventType.APPOINTMENT_MOVED);
    private static final Set<EventType> REACHED = Set.of(EventType.APPOINTMENT_BOOKED, EventType.APPOINTMENT_MOVED, EventType.APPOINTMENT_CONFIRMED, EventType.APPOINTMENT_CANCELLED, EventType.APPOINTMENT_MISSED);

    @Override public List<Field> fields() {
        return List.of(new Field("appointment.start_at_date", FieldType.DATE, Subject.Type.APPOINTMENT, "ap.start_local"),
            new Field("appointment.start_at_time", FieldType.TIME, Subject.Type.APPOINTMENT, "ap.start_local"),
            Field.asked("created_at", FieldType.INSTANT, new Asked.Own(APPOINTMENT, "x.booked_at")),
            // the appointment that matched, not the customer's next one
            Field.asked("next", FieldType.INSTANT, new Asked.Own(APPOINTMENT, START, ANEW, SET)),
            Field.asked("date", FieldType.INSTANT, new Asked.Own(APPOINTMENT, START, ANEW, SET)),
            Field.asked("time_relative", FieldType.INSTANT, new Asked.Own(APPOINTMENT, START, ANEW, SET)),
            // one L or two
            Field.asked("status", FieldType.CODE, new Asked.Own(APPOINTMENT, List.of("x.status", "case x.status when 'CANCELLED' then 'CANCELED' end"), List.of(), REACHED)),
            Field.asked("next_one", FieldType.INSTANT, new Asked.Extreme(APPOINTMENT, "x.start_at", KEPT + " and x.start_at > :now", false, SET)),
            Field.asked("last_one", FieldType.INSTANT, new Asked.Extreme(APPOINTMENT, "x.start_at", PAST, true, SET)),
            Field.asked("last_time", FieldType.INSTANT, new Asked.Extreme(APPOINTMENT, "x.start_at", PAST, true, SET)));
    }
}
