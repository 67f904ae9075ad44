package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.carillon.fact.Attribute;
import org.carillon.fact.AttributeJson;
import org.carillon.fact.AttributeType;
import org.carillon.fact.Attributes;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.jdbi.v3.core.Jdbi;

/** What administrators define besides (KI-36). Owner, code and type are for good; what is no longer wanted is switched off and keeps its values. */
@ApplicationScoped
public class AttributeDesk {

    private static final int LONGEST_NAME = 60, MOST_CHOICES = 100;

    private final Jdbi jdbi;
    private final Attributes attributes;
    private final FieldCatalogue fields;

    protected AttributeDesk() { this(null, null, null); }

    @Inject
    public AttributeDesk(Jdbi jdbi, Attributes attributes, FieldCatalogue fields) {
        this.jdbi = jdbi;
        this.attributes = attributes;
        this.fields = fields;
    }

    /** A new one comes last. */
    @Transactional
    public void define(Attribute.Owner owner, String code, String nameFr, String nameEn, AttributeType type, List<Attribute.Choice> choices) {
        if (code == null || !code.matches("[a-z][a-z0-9_]{0,39}")) {
            throw new Invalid("code", "attribute.code");
        }
        String field = owner.name().toLowerCase(Locale.ROOT) + ".meta_" + code;
        boolean taken = fields.fixed(field) != null || attributes.of(owner).stream().anyMatch(a -> a.code().equals(code));
        if (taken) {
            throw new Invalid("code", "attribute.taken", code);
        }
        jdbi.useHandle(h -> h.createUpdate("insert into attribute (owner, code, name_fr, name_en, type, choices, position) values (:owner, :code, :fr, :en, :type, :choices::jsonb, "
                + "(select coalesce(max(position), 0) + 1 from attribute where owner = :owner))").bind("owner", owner).bind("code", code).bind("fr", name("nameFr", nameFr))
            .bind("en", name("nameEn", nameEn)).bind("type", type).bind("choices", choices(type, choices)).execute());
    }

    /** @param version the one that the form showed: a change made since then is reported, not overwritten */
    @Transactional
    public void change(long id, int version, String nameFr, String nameEn, List<Attribute.Choice> choices) {
        AttributeType type = jdbi.withHandle(h -> h.createQuery("select type from attribute where id = :id").bind("id", id).mapTo(AttributeType.class).findOne())
            .orElseThrow(() -> new Invalid(null, "gone"));
        int done = jdbi.withHandle(h -> h.createUpdate("update attribute set name_fr = :fr, name_en = :en, choices = :choices::jsonb, version = version + 1 where id = :id and version = :version")
            .bind("fr", name("nameFr", nameFr)).bind("en", name("nameEn", nameEn)).bind("choices", choices(type, choices)).bind("id", id).bind("version", version).execute());
        if (done == 0) {
            throw new Invalid(null, "conflict");
        }
    }

    /** Switches it on or off on every form; values stay. */
    @Transactional
    public void offer(long id, boolean active) {
        jdbi.useHandle(h -> h.createUpdate("update attribute set active = :active, version = version + 1 where id = :id").bind("active", active).bind("id", id).execute());
    }

    private static String choices(AttributeType type, List<Attribute.Choice> choices) {
        if (type != AttributeType.CHOICE) {
            return "[]";
        }
        if (choices.isEmpty() || choices.size() > MOST_CHOICES) {
            throw new Invalid("choices", "attribute.choices");
        }
        Set<String> seen = new HashSet<>();
        choices.forEach(choice -> {
            if (!choice.code().matches("[A-Za-z0-9_-]{1,40}")) {
                throw new Invalid("choices", "attribute.choice.code", choice.code());
            }
            if (!seen.add(choice.code().toLowerCase(Locale.ROOT))) {
                throw new Invalid("choices", "attribute.choice.taken", choice.code());
            }
        });
        return AttributeJson.choices(choices.stream().map(c -> new Attribute.Choice(c.code(), name("choices", c.fr()), name("choices", c.en()))).toList());
    }

    private static String name(String field, String name) {
        if (name == null || name.isBlank()) {
            throw new Invalid(field, "required");
        }
        if (name.strip().length() > LONGEST_NAME) {
            throw new Invalid(field, "text.long", LONGEST_NAME);
        }
        return name.strip();
    }
}
