package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.carillon.fact.Attribute;
import org.carillon.fact.Attributes;
import org.carillon.fact.Category;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;

/** What a text can say of the customer, and a rule can ask, by the shop's own attributes: {@code customer.meta_CODE}. Those switched off keep their values, and are still said. */
@ApplicationScoped
public class AttributeFields implements FieldSource {

    private final Attributes attributes;

    protected AttributeFields() { this(null); }

    @Inject
    public AttributeFields(Attributes attributes) { this.attributes = attributes; }

    @Override public boolean changes() { return true; }

    @Override public List<Field> fields() {
        return attributes.of(Attribute.Owner.CUSTOMER).stream().map(a -> a.everywhere(Category.CUSTOMER, null, "c.attributes -> '" + a.code() + "'")).toList();
    }
}
