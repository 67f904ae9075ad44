package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;

/** What a text can say of the shop. */
@ApplicationScoped
public class ShopFields implements FieldSource {

    @Override public List<Field> fields() {
        return List.of(new Field("company.name", FieldType.TEXT, null, "co.name"),
            new Field("location.name", FieldType.TEXT, null, "l.name"),
            new Field("location.phone", FieldType.TEXT, null, "l.phone"));
    }
}
