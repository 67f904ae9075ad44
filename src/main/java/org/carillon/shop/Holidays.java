package org.carillon.shop;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.fact.Invalid;

/** The days on which a location keeps other hours. Where two fall on one day, the one listed first counts. */
public record Holidays(List<Holiday> list) implements Serializable {

    private static final long serialVersionUID = 1L;
    /** Kept: looking for the provider of JSON costs more than reading a week. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final String FIELD = "holidays";
    private static final int MOST = 500;
    public static final Holidays NONE = new Holidays(List.of());

    public Holidays {
        list = List.copyOf(list);
        if (list.size() > MOST) {
            throw new Invalid(FIELD, "holidays.tooMany", MOST);
        }
    }

    public Optional<Holiday> on(LocalDate day) { return list.stream().filter(h -> h.falls(day)).findFirst(); }

    /**
     * @param json an array; {@code "2026-12-25"} is a closed date, else an object with one of {@code "date":"2026-12-24"},
     *             {@code "yearly":"12-24"}, {@code "easter":-2}, {@code "month":9,"weekday":"MON","nth":1} (-1 is the last) or
     *             {@code "before":"05-25","weekday":"MON"}, and as wanted {@code "name"} and {@code "hours":[["08:00","12:00"]]}
     * @throws Invalid naming the element and its property
     */
    public static Holidays parse(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            JsonArray array = reader.readArray();
            List<Holiday> list = new ArrayList<>();
            for (JsonValue element : array) {
                String place = FIELD + "[" + list.size() + "]";
                if (element instanceof JsonString date) {
                    list.add(new Holiday.OnDate("", HolidayJson.date(place, date.getString()), List.of()));
                } else if (element instanceof JsonObject object) {
                    list.add(HolidayJson.read(place, object));
                } else {
                    throw new Invalid(place, "holidays.shape");
                }
            }
            return new Holidays(list);
        } catch (JsonException e) {
            throw new Invalid(FIELD, "holidays.shape");
        }
    }

    public String json() {
        var array = Json.createArrayBuilder();
        list.forEach(holiday -> array.add(HolidayJson.write(holiday)));
        return array.build().toString();
    }
}
