package org.carillon.fact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** The attributes that are defined, and what may be kept under them. */
@ApplicationScoped
public class Attributes {

    private final Jdbi jdbi;

    protected Attributes() { this(null); }

    @Inject
    public Attributes(Jdbi jdbi) { this.jdbi = jdbi; }

    /** In their order, those switched off included. */
    public List<Attribute> of(Attribute.Owner owner) {
        return jdbi.withHandle(h -> h.createQuery("select id, owner, code, name_fr, name_en, type, choices::text, position, active, version from attribute "
                + "where owner = :owner order by position, id").bind("owner", owner)
            .map((r, c) -> new Attribute(r.getLong("id"), owner, r.getString("code"), r.getString("name_fr"), r.getString("name_en"), AttributeType.valueOf(r.getString("type")),
                AttributeJson.choices(r.getString("choices")), r.getInt("position"), r.getBoolean("active"), r.getInt("version"))).list());
    }

    /**
     * What is kept after something was said. A code left out stays as it is, null clears it; an empty text is none.
     *
     * @param told null clears all
     * @throws Invalid naming the attribute, as {@code attributes.CODE}
     */
    public Map<String, Object> merge(Attribute.Owner owner, Map<String, Object> known, Given<Map<String, Object>> told) {
        if (!told.present() || told.value() == null || told.value().isEmpty()) {
            return told.present() && told.value() == null ? Map.of() : known;
        }
        Map<String, Attribute> defined = of(owner).stream().collect(Collectors.toMap(Attribute::code, Function.identity()));
        Map<String, Object> merged = new TreeMap<>(known);
        told.value().forEach((code, value) -> {
            String field = "attributes." + code;
            Attribute attribute = defined.get(code);
            if (attribute == null) {
                throw new Invalid(field, "attribute.unknown", code, defined.keySet().stream().sorted().collect(Collectors.joining(", ")));
            }
            // what is kept stays good, also a choice that is no longer offered
            Object kept = value == null || value instanceof String text && text.isBlank() ? null : value.equals(known.get(code)) ? value : attribute.judge(field, value);
            if (kept == null) {
                merged.remove(code);
            } else if (!attribute.active() && !kept.equals(known.get(code))) {
                throw new Invalid(field, "attribute.off", code);
            } else {
                merged.put(code, kept);
            }
        });
        return merged;
    }
}
