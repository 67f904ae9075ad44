package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;

/** What a rule can ask of a message that a provider took. */
@ApplicationScoped
public class SentFields implements FieldSource {

    private static final Category SENT = new Category("message_sent", null, "message", "x.accepted_at is not null");

    /** Its reference, also after it was deleted, when that is free for another. */
    private static final String AUTOMATION = "(select case when a.deleted then regexp_replace(a.ref, '~[0-9]+$', '') else a.ref end from automation a where a.id = x.automation_id)";

    @Override public List<Field> fields() {
        return List.of(Field.asked("date", FieldType.INSTANT, new Asked.Own(SENT, "x.accepted_at")),
            Field.asked("text", FieldType.TEXT, new Asked.Own(SENT, "x.text")),
            Field.asked("automation", FieldType.CODE, new Asked.Own(SENT, AUTOMATION)));
    }
}
