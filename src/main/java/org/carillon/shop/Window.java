package org.carillon.shop;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.carillon.fact.Invalid;

/**
 * A stretch of opening within a day, in local time: open from {@code open} up to, not including, {@code close}. A close that is not after the
 * open lies on the next day, and the whole window belongs to its start day; 00:00 as close is the end of the day, written 24:00.
 */
public record Window(LocalTime open, LocalTime close) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Pattern TIME = Pattern.compile("([01]?[0-9]|2[0-3]):[0-5][0-9]");
    private static final int MOST = 24;

    public Window {
        if (open.equals(close) && !open.equals(LocalTime.MIDNIGHT)) {
            throw new Invalid("hours", "hours.empty", text(open, false), text(close, true));
        }
    }

    LocalDateTime opensOn(LocalDate day) { return day.atTime(open); }

    LocalDateTime closesOn(LocalDate day) { return (close.isAfter(open) ? day : day.plusDays(1)).atTime(close); }

    /** Minutes from the start of its day, more than 1,440 past midnight. */
    int closeMinute() { return minute(close) + (close.isAfter(open) ? 0 : 1_440); }

    int openMinute() { return minute(open); }

    boolean overlaps(Window other) { return openMinute() < other.closeMinute() && other.openMinute() < closeMinute(); }

    private static int minute(LocalTime time) { return time.toSecondOfDay() / 60; }

    /** Windows of one day, sorted. @throws Invalid naming {@code field[i]} when two overlap or there are more than 24 */
    static List<Window> day(String field, List<Window> windows) {
        if (windows.size() > MOST) {
            throw new Invalid(field, "hours.tooMany", MOST);
        }
        for (int i = 0; i < windows.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (windows.get(i).overlaps(windows.get(j))) {
                    throw new Invalid(field + "[" + i + "]", "hours.overlap", windows.get(i).toString(), windows.get(j).toString());
                }
            }
        }
        return windows.stream().sorted(Comparator.comparing(Window::open)).toList();
    }

    static List<Window> parse(String field, JsonValue json) {
        if (json.getValueType() == JsonValue.ValueType.NULL) {
            return List.of();
        }
        if (!(json instanceof JsonArray array)) {
            throw new Invalid(field, "hours.shape");
        }
        List<Window> windows = new ArrayList<>();
        for (JsonValue element : array) {
            String place = field + "[" + windows.size() + "]";
            if (!(element instanceof JsonArray pair) || pair.size() != 2
                || !(pair.get(0) instanceof JsonString open) || !(pair.get(1) instanceof JsonString close)) {
                throw new Invalid(place, "hours.shape");
            }
            if (time(place, open.getString()).equals(closeTime(place, close.getString())) && !close.getString().equals("24:00")
                || open.getString().equals("24:00")) {
                throw new Invalid(place, "hours.empty", open.getString(), close.getString());
            }
            windows.add(new Window(time(place, open.getString()), closeTime(place, close.getString())));
        }
        return day(field, windows);
    }

    private static LocalTime closeTime(String field, String text) { return text.equals("24:00") ? LocalTime.MIDNIGHT : time(field, text); }

    private static LocalTime time(String field, String text) {
        if (!TIME.matcher(text).matches()) {
            throw new Invalid(field, "hours.badTime", text);
        }
        return LocalTime.parse(text.length() == 4 ? "0" + text : text);
    }

    static JsonArray json(List<Window> windows) {
        var array = Json.createArrayBuilder();
        windows.forEach(w -> array.add(Json.createArrayBuilder().add(text(w.open, false)).add(text(w.close, true))));
        return array.build();
    }

    @Override public String toString() { return text(open, false) + "-" + text(close, true); }

    private static String text(LocalTime time, boolean closing) { return closing && time.equals(LocalTime.MIDNIGHT) ? "24:00" : time.toString(); }
}
