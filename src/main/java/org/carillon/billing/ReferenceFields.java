package org.carillon.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;

/** The adviser whom an order, a sale or an appointment names (KI-62): the staff member whose reference it is. */
@ApplicationScoped
public class ReferenceFields implements FieldSource {

    private static final String NAMED = "coalesce(nullif(o.user_reference, ''), nullif(sa.user_reference, ''), nullif(ap.user_reference, ''))";

    @Override public List<Field> fields() {
        return List.of(new Field("referenced_user.name", FieldType.TEXT, null, "case when " + NAMED + " is null then null else "
            + "(select st.name from staff st where st.reference <> '' and plain_reference(st.reference) = plain_reference(" + NAMED + ")) end"));
    }
}
