package org.carillon.web.template;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.carillon.fact.Attribute;
import org.carillon.fact.Attributes;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.web.Current;
import org.carillon.web.Texts;

/** What every text editor offers: the fields by group, and the words that its script says. */
@Named @RequestScoped
public class Editor {

    /** Fields of one owner, for the picker. */
    public record Group(String code, List<Field> fields) { }

    private static final List<String> ORDER = List.of("customer", "appointment", "order", "lead", "referenced_user", "location", "company");
    private static final List<String> WORDS = List.of("segment", "segments", "gsm", "latin", "ucs", "instead", "missing", "unknown", "blank", "tooLong", "none", "cost");

    private FieldCatalogue fields;
    private Texts texts;
    private Attributes attributes;
    private Current current;
    private Map<String, String> names;

    protected Editor() { }

    @Inject
    public Editor(FieldCatalogue fields, Texts texts, Attributes attributes, Current current) {
        this.fields = fields;
        this.texts = texts;
        this.attributes = attributes;
        this.current = current;
    }

    public List<Group> getGroups() {
        Map<String, List<Field>> groups = new LinkedHashMap<>();
        ORDER.forEach(code -> groups.put(code, new ArrayList<>()));
        fields.fields().forEach(field -> groups.computeIfAbsent(field.code().substring(0, field.code().indexOf('.')), code -> new ArrayList<>()).add(field));
        return groups.entrySet().stream().filter(group -> !group.getValue().isEmpty()).map(group -> new Group(group.getKey(), group.getValue())).toList();
    }

    /** Its name; an attribute has the one that the shop gave it. */
    public String label(Field field) {
        String key = "field." + field.code();
        if (texts.has("template", key)) {
            return texts.say("template", key);
        }
        if (names == null) {
            names = Arrays.stream(Attribute.Owner.values()).flatMap(owner -> attributes.of(owner).stream())
                .collect(Collectors.toMap(a -> a.owner().name().toLowerCase(Locale.ROOT) + ".meta_" + a.code(), a -> a.name(current.getLanguage())));
        }
        return names.getOrDefault(field.code(), field.code());
    }

    /** As a JSON object, for {@code data-words}. */
    public String getWords() {
        JsonObjectBuilder json = Json.createObjectBuilder();
        WORDS.forEach(word -> json.add(word, texts.get("template").get("editor." + word)));
        return json.build().toString();
    }
}
