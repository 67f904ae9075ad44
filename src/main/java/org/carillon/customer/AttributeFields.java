package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.carillon.fact.Attribute;
import org.carillon.fact.Attributes;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;

/** What a text can say of the customer by the shop's own attributes: {@code customer.meta_CODE}. Those switched off keep their values, and are still said. */
@ApplicationScoped
public class AttributeFields implements FieldSource {

    public static final String PREFIX = "customer.meta_";

    private final Attributes attributes;

    protected AttributeFields() { this(null); }

    @Inject
    public AttributeFields(Attributes attributes) { this.attributes = attributes; }

    @Override public boolean changes() { return true; }

    @Override public List<Field> fields() { return attributes.of(Attribute.Owner.CUSTOMER).stream().map(AttributeFields::field).toList(); }

    /** Codes are letters, digits and underscores: nothing in them ends the text. */
    private static Field field(Attribute attribute) {
        FieldType type = switch (attribute.type()) { case TEXT, CHOICE -> FieldType.TEXT; case NUMBER -> FieldType.NUMBER; case DATE -> FieldType.DATE; };
        return new Field(PREFIX + attribute.code(), type, null, "c.attributes -> '" + attribute.code() + "'");
    }
}
