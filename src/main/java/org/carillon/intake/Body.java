package org.carillon.intake;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;

/**
 * A JSON object read strictly: each property is left out, null or a value of its type ({@link Given}); whatever was not asked for is refused by
 * {@link #done} (SEC-12). Errors name the property by its path.
 */
final class Body {

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));
    private static final BigDecimal MOST = new BigDecimal("999999999999.99");

    private final JsonObject object;
    private final String path;
    private final Set<String> asked = new HashSet<>();

    private Body(JsonObject object, String path) {
        this.object = object;
        this.path = path;
    }

    /** @throws Unreadable when it is no JSON, or no object */
    static Body of(String text) { return of(parse(text), ""); }

    static Body of(JsonValue value, String path) {
        if (!(value instanceof JsonObject object)) {
            throw new Unreadable(path.isEmpty() ? null : path, "json.type.object");
        }
        return new Body(object, path);
    }

    /** @throws Unreadable naming the line where the text is no JSON; a property that stands twice is an error too */
    static JsonValue parse(String text) {
        // in brackets, because a reader stops after the first value and would let pass what follows it
        try (JsonReader reader = READERS.createReader(new StringReader("[" + text + "\n]"))) {
            JsonArray only = reader.readArray();
            if (only.size() != 1) {
                throw new Unreadable(null, "json.syntax", 1, 1);
            }
            return only.get(0);
        } catch (JsonParsingException e) {
            throw new Unreadable(null, "json.syntax", e.getLocation().getLineNumber(), e.getLocation().getColumnNumber());
        } catch (JsonException | IllegalStateException e) {
            throw new Unreadable(null, "json.syntax", 1, 1);
        }
    }

    /** Path of a property of this object. */
    String at(String name) { return path.isEmpty() ? name : path + "." + name; }

    /** Text without control characters (line breaks and tabs aside), stripped. */
    Given<String> text(String name, int longest) {
        return given(name, JsonString.class, "text", (field, value) -> {
            String text = value.getString().strip();
            if (text.length() > longest) {
                throw new Invalid(field, "text.long", longest);
            }
            if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE || Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r')) {
                throw new Invalid(field, "text.control");
            }
            return text;
        });
    }

    Given<Boolean> flag(String name) {
        Given<JsonValue> value = value(name);
        if (value.present() && value.value() != null && value.value().getValueType() != ValueType.TRUE && value.value().getValueType() != ValueType.FALSE) {
            throw new Unreadable(at(name), "json.type.boolean");
        }
        return value.present() ? Given.of(value.value() == null ? null : value.value().getValueType() == ValueType.TRUE) : Given.absent();
    }

    Given<Integer> whole(String name) {
        return given(name, JsonNumber.class, "number", (field, value) -> {
            try {
                return value.bigDecimalValue().scale() > 20 || value.bigDecimalValue().scale() < -20 ? fail(field) : value.bigDecimalValue().intValueExact();
            } catch (ArithmeticException e) {
                return fail(field);
            }
        });
    }

    private static Integer fail(String field) { throw new Invalid(field, "number.whole"); }

    /** An amount, to the hundredth. */
    Given<BigDecimal> amount(String name) {
        return given(name, JsonNumber.class, "number", (field, value) -> {
            BigDecimal amount = value.bigDecimalValue();
            if (amount.precision() - amount.scale() > 13 || amount.scale() > 1_000 || amount.abs().compareTo(MOST) > 0) {
                throw new Invalid(field, "number.range", MOST.toPlainString());
            }
            return amount.setScale(2, RoundingMode.HALF_UP);
        });
    }

    Given<StatedTime> time(String name) { return given(name, JsonString.class, "text", (field, value) -> StatedTime.parse(field, value.getString().strip())); }

    /** A day, local to the location. */
    Given<LocalDate> day(String name) {
        return given(name, JsonString.class, "text", (field, value) -> {
            StatedTime time = value.getString().strip().length() == 10 ? StatedTime.parse(field, value.getString().strip()) : null;
            if (time == null) {
                throw new Unreadable(field, "date.shape", value.getString());
            }
            return time.local().toLocalDate();
        });
    }

    /** Texts, numbers and nulls by names of the caller's own; other values are refused. */
    Given<Map<String, Object>> values(String name, int most) {
        return given(name, JsonObject.class, "object", (field, object) -> {
            if (object.size() > most) {
                throw new Invalid(field, "list.long", most);
            }
            Map<String, Object> values = new TreeMap<>();
            object.forEach((code, value) -> {
                if (value instanceof JsonString text) {
                    values.put(code, text.getString());
                } else if (value instanceof JsonNumber number) {
                    values.put(code, number.bigDecimalValue());
                } else if (value.getValueType() == ValueType.NULL) {
                    values.put(code, null);
                } else {
                    throw new Unreadable(field + "." + code, "json.type.value");
                }
            });
            return values;
        });
    }

    <E extends Enum<E>> Given<E> choice(String name, Class<E> type) {
        return given(name, JsonString.class, "text", (field, value) -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equals(value.getString())) {
                    return constant;
                }
            }
            throw new Invalid(field, "choice.unknown", value.getString(), String.join(", ", List.of(type.getEnumConstants()).stream().map(Enum::name).toList()));
        });
    }

    Given<Body> object(String name) { return given(name, JsonObject.class, "object", (field, value) -> new Body(value, field)); }

    /** An object whose own properties are named without this one before them, as the body of a batch line; null where there is none. */
    Body inner(String name) {
        Body inner = object(name).or(null);
        return inner == null ? null : new Body(inner.object, "");
    }

    Given<List<Body>> objects(String name, int most) {
        return given(name, JsonArray.class, "array", (field, values) -> {
            if (values.size() > most) {
                throw new Invalid(field, "list.long", most);
            }
            List<Body> bodies = new ArrayList<>();
            for (JsonValue value : values) {
                bodies.add(of(value, field + "[" + bodies.size() + "]"));
            }
            return bodies;
        });
    }

    /** As it stands, for a value that reads itself. */
    <T> Given<T> itself(String name, Class<? extends JsonValue> type, String typeName, BiFunction<String, String, T> parse) {
        return given(name, type, typeName, (field, value) -> parse.apply(field, value.toString()));
    }

    private <V extends JsonValue, T> Given<T> given(String name, Class<V> type, String typeName, BiFunction<String, V, T> read) {
        Given<JsonValue> value = value(name);
        if (!value.present() || value.value() == null) {
            return value.present() ? Given.of(null) : Given.absent();
        }
        if (!type.isInstance(value.value())) {
            throw new Unreadable(at(name), "json.type." + typeName);
        }
        return Given.of(read.apply(at(name), type.cast(value.value())));
    }

    Given<JsonValue> value(String name) {
        asked.add(name);
        JsonValue value = object.get(name);
        return value == null ? Given.absent() : Given.of(value.getValueType() == ValueType.NULL ? null : value);
    }

    /** Nothing else may stand here. */
    void done() {
        for (String name : object.keySet()) {
            if (!asked.contains(name)) {
                throw new Unreadable(at(name), "json.unknown", name);
            }
        }
    }
}
