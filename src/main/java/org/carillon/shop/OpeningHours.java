package org.carillon.shop;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.io.StringReader;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.carillon.fact.Invalid;

/** When a location is open in a usual week: any number of windows a day, which may pass midnight and belong to their start day (REL-46). */
public record OpeningHours(Map<DayOfWeek, List<Window>> days) implements Serializable {

    private static final long serialVersionUID = 1L;
    /** Kept: looking for the provider of JSON costs more than reading a week. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final String FIELD = "openingHours";
    public static final OpeningHours NEVER = new OpeningHours(Map.of());

    /** @throws Invalid when two windows overlap, also where one passes midnight into the next day's */
    public OpeningHours {
        Map<DayOfWeek, List<Window>> sorted = new EnumMap<>(DayOfWeek.class);
        days.forEach((day, windows) -> {
            if (!windows.isEmpty()) {
                sorted.put(day, Window.day(place(day), windows));
            }
        });
        days = Collections.unmodifiableMap(sorted);
        refuseOverlapsPastMidnight(days);
    }

    /** The same windows on each of the days. */
    public static OpeningHours of(List<Window> windows, DayOfWeek... on) {
        Map<DayOfWeek, List<Window>> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : on) {
            days.put(day, windows);
        }
        return new OpeningHours(days);
    }

    /** @param json as REST gives it: {@code {"MON":[["08:00","12:00"],["13:00","17:30"]]}}. @throws Invalid naming the day and the window */
    public static OpeningHours parse(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            JsonObject object = reader.readObject();
            Map<DayOfWeek, List<Window>> days = new EnumMap<>(DayOfWeek.class);
            object.forEach((name, value) -> days.put(day(name), Window.parse(FIELD + "." + name, value)));
            return new OpeningHours(days);
        } catch (JsonException e) {
            throw new Invalid(FIELD, "hours.shape");
        }
    }

    public String json() {
        var object = Json.createObjectBuilder();
        days.forEach((day, windows) -> object.add(name(day), (JsonValue) Window.json(windows)));
        return object.build().toString();
    }

    public List<Window> on(DayOfWeek day) { return days.getOrDefault(day, List.of()); }

    /** Days as their codes, {@code MON,TUE}; null and empty are none. */
    public static Set<DayOfWeek> days(String codes) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (codes != null && !codes.isEmpty()) {
            Arrays.stream(codes.split(",")).map(OpeningHours::day).forEach(days::add);
        }
        return days;
    }

    public boolean isNever() { return days.isEmpty(); }

    private static void refuseOverlapsPastMidnight(Map<DayOfWeek, List<Window>> days) {
        days.forEach((day, windows) -> {
            List<Window> next = days.getOrDefault(day.plus(1), List.of());
            for (Window late : windows) {
                if (late.closeMinute() > 1_440 && !next.isEmpty() && next.get(0).openMinute() < late.closeMinute() - 1_440) {
                    throw new Invalid(place(day.plus(1)) + "[0]", "hours.overlap", next.get(0).toString(), name(day) + " " + late);
                }
            }
        });
    }

    private static DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (name(day).equals(name)) {
                return day;
            }
        }
        throw new Invalid(FIELD + "." + name, "hours.unknownDay", name);
    }

    private static String place(DayOfWeek day) { return FIELD + "." + name(day); }

    static String name(DayOfWeek day) { return day.name().substring(0, 3).toUpperCase(Locale.ROOT); }
}
