package org.carillon.shop;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.List;
import java.util.Set;
import org.carillon.fact.Invalid;

/** One holiday as JSON, both ways; the forms are told in {@link Holidays#parse}. */
final class HolidayJson {

    private static final Set<String> COMMON = Set.of("name", "hours");

    private HolidayJson() { }

    static Holiday read(String place, JsonObject json) {
        String name = json.containsKey("name") ? string(place, json, "name") : "";
        List<Window> hours = json.containsKey("hours") ? Window.parse(place + ".hours", json.get("hours")) : List.of();
        if (json.containsKey("date")) {
            only(place, json, "date");
            return new Holiday.OnDate(name, date(place + ".date", string(place, json, "date")), hours);
        }
        if (json.containsKey("yearly")) {
            only(place, json, "yearly");
            return new Holiday.Yearly(name, monthDay(place, json, "yearly"), hours);
        }
        if (json.containsKey("easter")) {
            only(place, json, "easter");
            return new Holiday.Easter(name, number(place, json, "easter", -180, 180), hours);
        }
        if (json.containsKey("before")) {
            only(place, json, "before", "weekday");
            return new Holiday.WeekdayBefore(name, weekday(place, json), monthDay(place, json, "before"), hours);
        }
        if (json.containsKey("nth")) {
            only(place, json, "month", "weekday", "nth");
            int nth = number(place, json, "nth", -1, 5);
            if (nth == 0) {
                throw new Invalid(place + ".nth", "holidays.badNumber", 0, -1, 5);
            }
            return new Holiday.NthWeekday(name, Month.of(number(place, json, "month", 1, 12)), weekday(place, json), nth, hours);
        }
        throw new Invalid(place, "holidays.shape");
    }

    static JsonValue write(Holiday holiday) {
        if (holiday instanceof Holiday.OnDate once && once.name().isEmpty() && once.windows().isEmpty()) {
            return Json.createValue(once.date().toString());
        }
        var json = Json.createObjectBuilder();
        if (holiday instanceof Holiday.OnDate h) {
            json.add("date", h.date().toString());
        } else if (holiday instanceof Holiday.Yearly h) {
            json.add("yearly", h.on().toString().substring(2));
        } else if (holiday instanceof Holiday.Easter h) {
            json.add("easter", h.offset());
        } else if (holiday instanceof Holiday.NthWeekday h) {
            json.add("month", h.month().getValue()).add("weekday", OpeningHours.name(h.weekday())).add("nth", h.nth());
        } else if (holiday instanceof Holiday.WeekdayBefore h) {
            json.add("before", h.before().toString().substring(2)).add("weekday", OpeningHours.name(h.weekday()));
        }
        if (!holiday.name().isEmpty()) {
            json.add("name", holiday.name());
        }
        if (!holiday.windows().isEmpty()) {
            json.add("hours", Window.json(holiday.windows()));
        }
        return json.build();
    }

    static LocalDate date(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Invalid(field, "holidays.badDate", text);
        }
    }

    private static MonthDay monthDay(String place, JsonObject json, String property) {
        String text = string(place, json, property);
        try {
            return MonthDay.parse("--" + text);
        } catch (DateTimeException e) {
            throw new Invalid(place + "." + property, "holidays.badDay", text);
        }
    }

    private static DayOfWeek weekday(String place, JsonObject json) {
        String text = string(place, json, "weekday");
        for (DayOfWeek day : DayOfWeek.values()) {
            if (OpeningHours.name(day).equals(text)) {
                return day;
            }
        }
        throw new Invalid(place + ".weekday", "hours.unknownDay", text);
    }

    private static int number(String place, JsonObject json, String property, int least, int most) {
        if (!(json.get(property) instanceof JsonNumber number) || !number.isIntegral()) {
            throw new Invalid(place + "." + property, "holidays.shape");
        }
        if (number.bigDecimalValue().compareTo(java.math.BigDecimal.valueOf(least)) < 0 || number.bigDecimalValue().compareTo(java.math.BigDecimal.valueOf(most)) > 0) {
            throw new Invalid(place + "." + property, "holidays.badNumber", number.toString(), least, most);
        }
        return number.intValue();
    }

    private static String string(String place, JsonObject json, String property) {
        if (json.get(property) instanceof JsonString string) {
            return string.getString();
        }
        throw new Invalid(place + "." + property, "holidays.shape");
    }

    private static void only(String place, JsonObject json, String... own) {
        json.keySet().stream().filter(key -> !COMMON.contains(key) && !List.of(own).contains(key)).findFirst()
            .ifPresent(key -> { throw new Invalid(place + "." + key, "holidays.unknownProperty", key); });
    }
}
