package org.carillon.web.attribute;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.carillon.fact.Attribute;
import org.carillon.fact.Attributes;
import org.carillon.web.Current;
import org.carillon.web.Moments;

/** What is kept under a shop's own attributes, as people read it. */
@Named @RequestScoped
public class AttributeValues {

    public record Line(String name, String value) { }

    private final Attributes attributes;
    private final Current current;
    private final Moments moments;
    private final Map<Attribute.Owner, List<Attribute>> defined = new EnumMap<>(Attribute.Owner.class);

    protected AttributeValues() { this(null, null, null); }

    @Inject
    public AttributeValues(Attributes attributes, Current current, Moments moments) {
        this.attributes = attributes;
        this.current = current;
        this.moments = moments;
    }

    /** Those that have a value, in their order. */
    public List<Line> lines(String owner, Map<String, Object> values) {
        return values == null || values.isEmpty() ? List.of() : defined.computeIfAbsent(Attribute.Owner.valueOf(owner), attributes::of).stream().filter(a -> values.containsKey(a.code()))
            .map(a -> new Line(a.name(current.getLanguage()), written(a, values.get(a.code())))).toList();
    }

    private String written(Attribute attribute, Object value) {
        return switch (attribute.type()) {
            case DATE -> moments.day(LocalDate.parse((String) value));
            case NUMBER -> "fr".equals(current.getLanguage()) ? ((BigDecimal) value).toPlainString().replace('.', ',') : ((BigDecimal) value).toPlainString();
            case CHOICE -> attribute.choices().stream().filter(c -> c.code().equals(value)).map(c -> c.name(current.getLanguage())).findFirst().orElse((String) value);
            case TEXT -> (String) value;
        };
    }
}
