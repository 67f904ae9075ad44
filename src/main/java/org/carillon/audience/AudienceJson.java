package org.carillon.audience;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.audience.Value.Amount;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.InDays;
import org.carillon.audience.Value.InOpenDays;
import org.carillon.audience.Value.MinutesAgo;
import org.carillon.audience.Value.OpenDaysAgo;
import org.carillon.audience.Value.Text;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;

/**
 * An audience as JSON: {@code [[{"field", "operator", "value"}]]}, the outer list ANDed, the inner ones ORed. A value is a text, a number or one of
 * {@code {"daysAgo": n}}, {@code {"openDaysAgo": n}}, {@code {"inDays": n}}, {@code {"inOpenDays": n}}, {@code {"minutesAgo": n}}; a number alone means days where days are meant.
 */
public final class AudienceJson {

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
    private static final Set<Operator> AHEAD = Set.of(Operator.IN, Operator.IN_MORE_THAN);

    private AudienceJson() { }

    /** What {@link #write} wrote. */
    public static Audience parse(String json, String target, FieldCatalogue catalogue) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return read(reader.readArray(), target, catalogue);
        }
    }

    /** @throws Invalid naming the place, such as {@code groups[0][1].operator}; what it lets pass is still to be judged */
    public static Audience read(JsonArray groups, String target, FieldCatalogue catalogue) {
        List<List<Comparison>> read = new ArrayList<>();
        for (JsonValue group : groups) {
            String place = "groups[" + read.size() + "]";
            if (!(group instanceof JsonArray comparisons)) {
                throw new Invalid(place, "json.type.array");
            }
            List<Comparison> alternatives = new ArrayList<>();
            for (JsonValue comparison : comparisons) {
                alternatives.add(comparison(place + "[" + alternatives.size() + "]", comparison, catalogue));
            }
            read.add(alternatives);
        }
        return new Audience(read, target);
    }

    private static Comparison comparison(String place, JsonValue value, FieldCatalogue catalogue) {
        if (!(value instanceof JsonObject object)) {
            throw new Invalid(place, "json.type.object");
        }
        object.keySet().stream().filter(name -> !Set.of("field", "operator", "value").contains(name)).findFirst().ifPresent(name -> {
            throw new Invalid(place + "." + name, "json.unknown", name);
        });
        String code = text(place + ".field", object.get("field"));
        String operator = text(place + ".operator", object.get("operator"));
        Field field = catalogue.asked(code);
        return new Comparison(code, Operator.of(operator).orElseThrow(() -> new Invalid(place + ".operator", "audience.operator", code, operator)),
            value(place + ".value", object.get("value"), field != null && Grammar.dated(field), operator));
    }

    private static String text(String place, JsonValue value) {
        if (!(value instanceof JsonString text)) {
            throw new Invalid(place, value == null || value == JsonValue.NULL ? "required" : "json.type.text");
        }
        return text.getString();
    }

    private static Value value(String place, JsonValue value, boolean dated, String operator) {
        if (value == null || value == JsonValue.NULL) {
            return Value.NONE;
        }
        if (value instanceof JsonString text) {
            return new Text(text.getString());
        }
        if (value instanceof JsonNumber number) {
            return !dated ? new Amount(number.bigDecimalValue()) : AHEAD.contains(Operator.of(operator).orElse(null)) ? new InDays(whole(place, number)) : new DaysAgo(whole(place, number));
        }
        if (value instanceof JsonObject object && object.size() == 1) {
            String unit = object.keySet().iterator().next();
            JsonValue number = object.get(unit);
            switch (unit) {
                case "daysAgo": return new DaysAgo(whole(place, number));
                case "openDaysAgo": return new OpenDaysAgo(whole(place, number));
                case "inDays": return new InDays(whole(place, number));
                case "inOpenDays": return new InOpenDays(whole(place, number));
                case "minutesAgo": return new MinutesAgo(whole(place, number));
                default: break;
            }
        }
        throw new Invalid(place, "audience.value");
    }

    private static int whole(String place, JsonValue value) {
        try {
            if (value instanceof JsonNumber number && Math.abs(number.bigDecimalValue().scale()) <= 20) {
                return number.bigDecimalValue().intValueExact();
            }
        } catch (ArithmeticException e) {
            // said below
        }
        throw new Invalid(place, "number.whole");
    }

    public static JsonArray write(Audience audience) {
        JsonArrayBuilder groups = BUILDERS.createArrayBuilder();
        for (List<Comparison> group : audience.groups()) {
            JsonArrayBuilder comparisons = BUILDERS.createArrayBuilder();
            for (Comparison c : group) {
                JsonObjectBuilder object = BUILDERS.createObjectBuilder().add("field", c.field()).add("operator", c.operator().code());
                write(object, c.value());
                comparisons.add(object);
            }
            groups.add(comparisons);
        }
        return groups.build();
    }

    private static void write(JsonObjectBuilder object, Value value) {
        if (value instanceof Text text) {
            object.add("value", text.text());
        } else if (value instanceof Amount amount && amount.amount() != null) {
            object.add("value", amount.amount());
        } else if (value instanceof DaysAgo ago) {
            object.add("value", unit("daysAgo", ago.days()));
        } else if (value instanceof OpenDaysAgo ago) {
            object.add("value", unit("openDaysAgo", ago.days()));
        } else if (value instanceof InDays in) {
            object.add("value", unit("inDays", in.days()));
        } else if (value instanceof InOpenDays in) {
            object.add("value", unit("inOpenDays", in.days()));
        } else if (value instanceof MinutesAgo ago) {
            object.add("value", unit("minutesAgo", ago.minutes()));
        }
    }

    private static JsonObjectBuilder unit(String unit, int number) { return BUILDERS.createObjectBuilder().add(unit, number); }
}
