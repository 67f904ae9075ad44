package org.carillon.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;

/** What a rule can ask of what a customer wrote. A text to no known location counts by the days of the customer's own. */
@ApplicationScoped
public class ReceivedFields implements FieldSource {

    private static final Category RECEIVED = new Category("message_received", null, "inbound_message", "true", "coalesce(x.location_id, c.location_id)");

    @Override public List<Field> fields() {
        return List.of(Field.asked("date", FieldType.INSTANT, new Asked.Own(RECEIVED, "x.received_at")),
            Field.asked("text", FieldType.TEXT, new Asked.Own(RECEIVED, "x.text")));
    }
}
