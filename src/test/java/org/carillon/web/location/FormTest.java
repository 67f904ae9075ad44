package org.carillon.web.location;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.carillon.fact.Invalid;
import org.carillon.shop.Holiday;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"2026-12-25\"", "{\"date\":\"2026-12-24\",\"name\":\"Veille\",\"hours\":[[\"08:00\",\"12:00\"]]}", "{\"yearly\":\"12-25\",\"name\":\"Noël\"}",
        "{\"easter\":-2}", "{\"month\":9,\"weekday\":\"MON\",\"nth\":1}", "{\"month\":5,\"weekday\":\"FRI\",\"nth\":-1}", "{\"before\":\"05-25\",\"weekday\":\"MON\"}"})
    void keepsEveryKindOfHolidayAsItWas(String json) {
        Holiday holiday = Holidays.parse("[" + json + "]").list().get(0);
        assertEquals(List.of(holiday), Holidays.parse("[" + Feast.of(holiday).json() + "]").list());
    }

    @Test @DisplayName("RO-22, REL-46: hours past midnight and until midnight come back as they were typed")
    void keepsHoursPastMidnight() {
        OpeningHours hours = OpeningHours.parse("{\"FRI\":[[\"08:00\",\"12:00\"],[\"20:00\",\"02:00\"]],\"SUN\":[[\"18:00\",\"24:00\"]]}");
        Form form = Form.empty("fr");
        hours.days().forEach((day, windows) -> form.getDays().put(Form.name(day), Slot.of(windows)));
        assertEquals(hours, typed(form));
        assertTrue(form.getDays().get("FRI").get(1).isOvernight());
        assertFalse(form.getDays().get("SUN").get(0).isOvernight(), "midnight is the end of the day");
    }

    @Test void doesNotCountARowThatWasLeftEmpty() {
        Form form = Form.empty("fr");
        form.getDays().put("MON", new ArrayList<>(List.of(new Slot("08:00", "12:00"), new Slot(null, null))));
        assertEquals(OpeningHours.parse("{\"MON\":[[\"08:00\",\"12:00\"]]}"), typed(form));
    }

    @Test void namesTheDayOfAHalfWrittenRow() {
        Form form = Form.empty("fr");
        form.getDays().put("TUE", new ArrayList<>(List.of(new Slot("08:00", null))));
        assertEquals("openingHours.TUE[0]", assertThrows(Invalid.class, () -> typed(form)).field());
    }

    @Test void copiesHoursWithoutSharingThem() {
        List<Slot> monday = new ArrayList<>(List.of(new Slot("08:00", "12:00")));
        List<Slot> copy = Slot.copy(monday);
        copy.get(0).setOpen("09:00");
        assertEquals("08:00", monday.get(0).getOpen());
    }

    private static OpeningHours typed(Form form) {
        var json = Json.createObjectBuilder();
        form.getDays().forEach((day, slots) -> json.add(day, Slot.json(slots)));
        return OpeningHours.parse(json.build().toString());
    }
}
