package org.carillon.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.carillon.fact.Attribute;
import org.carillon.fact.Attributes;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.Subject;

/** What a text can say of an appointment, and a rule can ask, by the shop's own attributes: {@code appointment.meta_CODE} (KI-36). */
@ApplicationScoped
public class AppointmentAttributes implements FieldSource {

    private final Attributes attributes;

    protected AppointmentAttributes() { this(null); }

    @Inject
    public AppointmentAttributes(Attributes attributes) { this.attributes = attributes; }

    @Override public boolean changes() { return true; }

    @Override public List<Field> fields() {
        return attributes.of(Attribute.Owner.APPOINTMENT).stream().map(a -> a.everywhere(AppointmentFields.APPOINTMENT, Subject.Type.APPOINTMENT, "ap.attributes -> '" + a.code() + "'")).toList();
    }
}
