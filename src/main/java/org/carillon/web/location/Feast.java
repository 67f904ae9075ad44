package org.carillon.web.location;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.carillon.shop.Holiday;

/** A holiday as it is being typed. */
public class Feast implements Serializable {

    /** In the order in which they are offered. */
    public enum Kind { DATE, YEARLY, EASTER, NTH, BEFORE }

    private Kind kind = Kind.DATE;
    private String name = "";
    private String date;
    private int month = 1;
    private int day = 1;
    private int offset = 1;
    private int nth = 1;
    private DayOfWeek weekday = DayOfWeek.MONDAY;
    private boolean open;
    private List<Slot> slots = new ArrayList<>();

    static Feast of(Holiday holiday) {
        Feast feast = new Feast();
        feast.name = holiday.name();
        feast.open = !holiday.windows().isEmpty();
        feast.slots = Slot.of(holiday.windows());
        if (holiday instanceof Holiday.OnDate h) {
            feast.date = h.date().toString();
        } else if (holiday instanceof Holiday.Yearly h) {
            feast.kind = Kind.YEARLY;
            feast.month = h.on().getMonthValue();
            feast.day = h.on().getDayOfMonth();
        } else if (holiday instanceof Holiday.Easter h) {
            feast.kind = Kind.EASTER;
            feast.offset = h.offset();
        } else if (holiday instanceof Holiday.NthWeekday h) {
            feast.kind = Kind.NTH;
            feast.month = h.month().getValue();
            feast.weekday = h.weekday();
            feast.nth = h.nth();
        } else if (holiday instanceof Holiday.WeekdayBefore h) {
            feast.kind = Kind.BEFORE;
            feast.weekday = h.weekday();
            feast.month = h.before().getMonthValue();
            feast.day = h.before().getDayOfMonth();
        }
        return feast;
    }

    /** As {@link org.carillon.shop.Holidays} reads it. */
    JsonValue json() {
        JsonObjectBuilder json = Json.createObjectBuilder();
        String monthDay = String.format(Locale.ROOT, "%02d-%02d", month, day);
        String weekdayName = weekday.name().substring(0, 3);
        switch (kind) {
            case DATE -> json.add("date", Objects.toString(date, ""));
            case YEARLY -> json.add("yearly", monthDay);
            case EASTER -> json.add("easter", offset);
            case NTH -> json.add("month", month).add("weekday", weekdayName).add("nth", nth);
            case BEFORE -> json.add("before", monthDay).add("weekday", weekdayName);
        }
        if (name != null && !name.isBlank()) {
            json.add("name", name.strip());
        }
        if (open) {
            json.add("hours", Slot.json(slots));
        }
        return json.build();
    }

    public Kind getKind() { return kind; }
    public void setKind(Kind kind) { this.kind = kind; }
    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
    public String getDate() { return date; }
    public void setDate(String date) { this.date = date; }
    public int getMonth() { return month; }
    public void setMonth(int month) { this.month = month; }
    public int getDay() { return day; }
    public void setDay(int day) { this.day = day; }
    public int getOffset() { return offset; }
    public void setOffset(int offset) { this.offset = offset; }
    public int getNth() { return nth; }
    public void setNth(int nth) { this.nth = nth; }
    public DayOfWeek getWeekday() { return weekday; }
    public void setWeekday(DayOfWeek weekday) { this.weekday = weekday; }
    public boolean isOpen() { return open; }
    /** One that opens begins with a morning to be changed. */
    public void setOpen(boolean open) {
        if (open && slots.isEmpty()) {
            slots.add(new Slot("08:00", "12:00"));
        }
        this.open = open;
    }
    public List<Slot> getSlots() { return slots; }
}
