package org.carillon.fact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every field there is: a new field is one entry at its owner. What a shop defines itself (attributes) is read anew each time. */
@ApplicationScoped
public class FieldCatalogue {

    private final Map<String, Field> fixed;
    private final Map<String, Field> inRules;
    private final List<FieldSource> changing;

    protected FieldCatalogue() { this(List.of()); }

    @Inject
    public FieldCatalogue(Instance<FieldSource> sources) {
        this(sources.stream().filter(s -> !s.changes()).flatMap(s -> s.fields().stream()).toList(), sources.stream().filter(FieldSource::changes).toList());
    }

    public FieldCatalogue(Collection<Field> fields) { this(fields, List.of()); }

    public FieldCatalogue(Collection<Field> fields, List<FieldSource> changing) {
        this.fixed = named(fields.stream().filter(Field::inTexts).sorted(Comparator.comparing(Field::code)).toList());
        this.inRules = named(fields.stream().filter(Field::inRules).toList());
        this.changing = List.copyOf(changing);
    }

    private static Map<String, Field> named(Collection<Field> fields) {
        return fields.stream().collect(Collectors.toMap(Field::code, f -> f, (a, b) -> { throw new IllegalStateException("two fields named " + a.code()); }, LinkedHashMap::new));
    }

    /** As it is now, for whoever asks for many fields. */
    public FieldCatalogue now() {
        Map<String, Field> all = new LinkedHashMap<>();
        changing.forEach(source -> source.fields().forEach(f -> all.put(f.code(), f)));
        fixed.values().forEach(f -> all.put(f.code(), f));
        inRules.values().forEach(f -> all.put(f.code(), f));
        return new FieldCatalogue(all.values());
    }

    private Map<String, Field> all() {
        Map<String, Field> all = new TreeMap<>();
        changing.forEach(source -> source.fields().stream().filter(Field::inTexts).forEach(f -> all.put(f.code(), f)));
        all.putAll(fixed);
        return all;
    }

    public Set<String> codes() { return all().keySet(); }

    public Collection<Field> fields() { return new ArrayList<>(all().values()); }

    public Field field(String code) { return fixed.containsKey(code) ? fixed.get(code) : all().get(code); }

    /** Those that are the same as long as a node runs. */
    public Collection<Field> fixed() { return fixed.values(); }

    public Field fixed(String code) { return fixed.get(code); }

    /** What rules can ask and does not change while a node runs; {@link #now} has the rest. */
    public Collection<Field> asked() { return inRules.values(); }

    /** One of them, or null. */
    public Field asked(String code) { return inRules.get(code); }
}
