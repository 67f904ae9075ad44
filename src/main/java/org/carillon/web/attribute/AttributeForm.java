package org.carillon.web.attribute;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.fact.Attribute;
import org.carillon.fact.AttributeType;

/** What is being typed under a shop's own attributes; shown by {@code /attribute/_fields.xhtml}. */
public class AttributeForm implements Serializable {

    /** One of them with its field. */
    public static class Entry implements Serializable {

        private final Attribute attribute;
        private final String kept;
        private String text;

        Entry(Attribute attribute, Object value) {
            this.attribute = attribute;
            this.kept = value instanceof BigDecimal number ? number.toPlainString() : (String) value;
            this.text = kept;
        }

        public Attribute getAttribute() { return attribute; }
        public String getText() { return text; }
        public void setText(String text) { this.text = text; }

        /** Those offered, and the one that is kept though it is no longer: a form that did not show it would clear it. */
        public List<Attribute.Choice> getChoices() {
            boolean known = kept == null || attribute.choices().stream().anyMatch(c -> c.code().equals(kept));
            return known ? attribute.choices() : Stream.concat(attribute.choices().stream(), Stream.of(new Attribute.Choice(kept, kept, kept))).toList();
        }

        /** Null clears; what is no number goes on as it was typed, and is refused with its name. */
        Object said() {
            if (text == null || text.isBlank()) {
                return null;
            }
            String typed = text.strip();
            String plain = typed.replace('\u00a0', ' ').replace("\u202f", " ").replace(" ", "").replace(',', '.');
            return attribute.type() == AttributeType.NUMBER && plain.matches("-?\\d{1,30}(\\.\\d{1,30})?") ? new BigDecimal(plain) : typed;
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    /** Those in use, with their values. */
    public static AttributeForm of(List<Attribute> defined, Map<String, Object> values) {
        AttributeForm form = new AttributeForm();
        defined.stream().filter(Attribute::active).forEach(a -> form.entries.add(new Entry(a, values.get(a.code()))));
        return form;
    }

    public Map<String, Object> said() {
        Map<String, Object> said = new HashMap<>();
        entries.forEach(e -> said.put(e.attribute.code(), e.said()));
        return said;
    }

    /** The input that a refusal such as {@code attributes.CODE} is about; any other as it is. */
    public String field(String refused) {
        for (int i = 0; refused != null && i < entries.size(); i++) {
            if (refused.equals("attributes." + entries.get(i).attribute.code())) {
                return "attributes:" + i + ":" + entries.get(i).attribute.type().name().toLowerCase(java.util.Locale.ROOT);
            }
        }
        return refused;
    }

    public List<Entry> getEntries() { return entries; }
}
