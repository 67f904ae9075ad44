package org.carillon.booking;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;
import org.carillon.fact.Subject;

/** What a text can say of an appointment; day and hour apart (KI-63). */
@ApplicationScoped
public class AppointmentFields implements FieldSource {

    @Override public List<Field> fields() {
        return List.of(new Field("appointment.start_at_date", FieldType.DATE, Subject.Type.APPOINTMENT, "ap.start_local"),
            new Field("appointment.start_at_time", FieldType.TIME, Subject.Type.APPOINTMENT, "ap.start_local"));
    }
}
