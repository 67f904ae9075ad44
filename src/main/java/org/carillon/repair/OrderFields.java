package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;
import org.carillon.fact.Subject;

/** What a text can say of a work order. */
@ApplicationScoped
public class OrderFields implements FieldSource {

    private static Field field(String name, FieldType type, String sql) { return new Field("order." + name, type, Subject.Type.ORDER, sql); }

    @Override public List<Field> fields() {
        String vehicle = "trim(concat_ws(' ', nullif(v.make, ''), nullif(v.model, '')))";
        return List.of(field("reference", FieldType.TEXT, "coalesce(nullif(o.reference, ''), o.ref)"),
            field("status", FieldType.TEXT, "case tx.language when 'en' then s.name_en else s.name_fr end"),
            field("due_at_date", FieldType.DATE, "o.due_local"),
            field("due_at_time", FieldType.TIME, "o.due_local"),
            field("vehicle", FieldType.TEXT, vehicle),
            field("object", FieldType.TEXT, "coalesce(nullif(o.object_label, ''), " + vehicle + ")"),
            field("total", FieldType.MONEY, "o.total"));
    }
}
