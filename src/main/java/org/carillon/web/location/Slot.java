package org.carillon.web.location;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.Serializable;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.carillon.shop.Window;

/** A stretch of opening as it is being typed, {@code 08:00} to {@code 12:00}; one that closes at 00:00 or before it opens goes past midnight. */
public class Slot implements Serializable {

    private String open;
    private String close;

    Slot(String open, String close) {
        this.open = open;
        this.close = close;
    }

    static List<Slot> of(List<Window> windows) {
        List<Slot> slots = new ArrayList<>();
        windows.forEach(w -> slots.add(new Slot(w.open().toString(), w.close().toString())));
        return slots;
    }

    static List<Slot> copy(List<Slot> slots) {
        List<Slot> copies = new ArrayList<>();
        slots.forEach(slot -> copies.add(new Slot(slot.open, slot.close)));
        return copies;
    }

    /** As {@link org.carillon.shop.OpeningHours} reads them; rows left empty do not count. */
    static JsonArrayBuilder json(List<Slot> slots) {
        JsonArrayBuilder json = Json.createArrayBuilder();
        slots.stream().filter(slot -> slot.open != null || slot.close != null).forEach(slot -> json.add(Json.createArrayBuilder()
            .add(Objects.toString(slot.open, "")).add("00:00".equals(slot.close) ? "24:00" : Objects.toString(slot.close, ""))));
        return json;
    }

    /** Whether it ends on the next day; an end at midnight does not count as one. */
    public boolean isOvernight() {
        try {
            return open != null && close != null && !close.equals("00:00") && !LocalTime.parse(close).isAfter(LocalTime.parse(open));
        } catch (java.time.DateTimeException e) {
            return false;
        }
    }

    public String getOpen() { return open; }
    public void setOpen(String open) { this.open = open; }
    public String getClose() { return close; }
    public void setClose(String close) { this.close = close; }
}
