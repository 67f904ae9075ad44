package org.carillon.fact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every field there is: a new field is one entry at its owner. */
@ApplicationScoped
public class FieldCatalogue {

    private final Map<String, Field> byCode;

    protected FieldCatalogue() { this(List.of()); }

    @Inject
    public FieldCatalogue(Instance<FieldSource> sources) { this(sources.stream().flatMap(s -> s.fields().stream()).toList()); }

    public FieldCatalogue(Collection<Field> fields) {
        byCode = fields.stream().sorted(Comparator.comparing(Field::code))
            .collect(Collectors.toMap(Field::code, f -> f, (a, b) -> { throw new IllegalStateException("two fields named " + a.code()); }, LinkedHashMap::new));
    }

    public Set<String> codes() { return byCode.keySet(); }

    public Collection<Field> fields() { return byCode.values(); }

    public Field field(String code) { return byCode.get(code); }
}
