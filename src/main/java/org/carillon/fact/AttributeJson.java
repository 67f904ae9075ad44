package org.carillon.fact;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Attributes and their values as JSON, as columns and systems hold them. */
public final class AttributeJson {

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private AttributeJson() { }

    public static JsonObject of(Map<String, Object> values) {
        JsonObjectBuilder object = BUILDERS.createObjectBuilder();
        values.forEach((code, value) -> {
            if (value instanceof BigDecimal number) {
                object.add(code, number);
            } else {
                object.add(code, (String) value);
            }
        });
        return object.build();
    }

    /** Text and numbers by code, sorted. */
    public static Map<String, Object> values(String json) {
        if (json == null || json.equals("{}")) {
            return Map.of();
        }
        Map<String, Object> values = new TreeMap<>();
        try (var reader = READERS.createReader(new StringReader(json))) {
            reader.readObject().forEach((code, value) -> {
                if (value instanceof JsonNumber number) {
                    values.put(code, number.bigDecimalValue());
                } else if (value instanceof JsonString text) {
                    values.put(code, text.getString());
                }
            });
        }
        return values;
    }

    public static String choices(List<Attribute.Choice> choices) {
        JsonArrayBuilder array = BUILDERS.createArrayBuilder();
        choices.forEach(c -> array.add(BUILDERS.createObjectBuilder().add("code", c.code()).add("fr", c.fr()).add("en", c.en())));
        return array.build().toString();
    }

    static List<Attribute.Choice> choices(String json) {
        try (var reader = READERS.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonValue::asJsonObject).stream()
                .map(c -> new Attribute.Choice(c.getString("code"), c.getString("fr"), c.getString("en"))).toList();
        }
    }
}
