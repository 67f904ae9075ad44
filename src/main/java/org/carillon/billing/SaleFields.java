package org.carillon.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;
import org.carillon.fact.Subject;

/** What a rule can ask of a vehicle that was sold. */
@ApplicationScoped
public class SaleFields implements FieldSource {

    static final Category SALE = new Category("sale", Subject.Type.SALE, "sale", "true");

    @Override public List<Field> fields() {
        return List.of(Field.asked("vehicle_delivery_date", FieldType.DATE, new Asked.Own(SALE, "x.delivered_on")),
            Field.asked("vehicle_make", FieldType.TEXT, new Asked.Own(SALE, "x.vehicle_make")),
            Field.asked("vehicle_model", FieldType.TEXT, new Asked.Own(SALE, "x.vehicle_model")),
            Field.asked("vehicle_condition", FieldType.CODE, new Asked.Own(SALE, "x.vehicle_condition")),
            Field.asked("user_reference", FieldType.TEXT, new Asked.Own(SALE, "x.user_reference")));
    }
}
