package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;

/** What a text can say of the customer, and a rule can ask. The vehicle is the subject's, else the customer's first one. */
@ApplicationScoped
public class CustomerFields implements FieldSource {

    /** The full label (KI-64), as {@link Vehicle#label}. */
    static final String VEHICLE = "trim(concat_ws(' ', nullif(v.make, ''), nullif(v.model, ''), v.year::text))";

    @Override public List<Field> fields() {
        return List.of(new Field("customer.name", FieldType.TEXT, null, "c.name", new Asked.Own(Category.CUSTOMER, "c.name")),
            Field.asked("phone_number", FieldType.PHONE, new Asked.Own(Category.CUSTOMER,
                "(select string_agg(coalesce(p.e164, p.raw), ', ' order by p.position) from customer_phone p where p.customer_id = c.id)")),
            new Field("customer.first_name", FieldType.TEXT, null, "c.first_name"),
            new Field("customer.last_name", FieldType.TEXT, null, "c.last_name"),
            new Field("customer.vehicle", FieldType.TEXT, null, VEHICLE),
            new Field("customer.meta_vehicle_make", FieldType.TEXT, null, "v.make"),
            new Field("customer.meta_vehicle_model", FieldType.TEXT, null, "v.model"));
    }
}
