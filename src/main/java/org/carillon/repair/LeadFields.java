package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;
import org.carillon.fact.Subject;

/** What a text can say of a lead. */
@ApplicationScoped
public class LeadFields implements FieldSource {

    private static Field field(String name, String sql) { return new Field("lead." + name, FieldType.TEXT, Subject.Type.LEAD, sql); }

    @Override public List<Field> fields() {
        return List.of(field("reference", "ld.ref"), field("status", "case tx.language when 'en' then ls.name_en else ls.name_fr end"),
            field("object", "nullif(ld.object_label, '')"));
    }
}
