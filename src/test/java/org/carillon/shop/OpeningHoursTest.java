package org.carillon.shop;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.TUESDAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.carillon.fact.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningHoursTest {

    @Test
    void readsAndWritesTheJsonOfRest() {
        OpeningHours hours = OpeningHours.parse("""
            {"TUE":[["13:00","17:30"],["8:00","12:00"]],"MON":[["22:00","02:00"]],"SAT":[["00:00","24:00"]],"SUN":[],"WED":null}""");
        assertEquals("{\"MON\":[[\"22:00\",\"02:00\"]],\"TUE\":[[\"08:00\",\"12:00\"],[\"13:00\",\"17:30\"]],\"SAT\":[[\"00:00\",\"24:00\"]]}", hours.json());
        assertEquals(hours, OpeningHours.parse(hours.json()));
        assertEquals(List.of(new Window(LocalTime.of(8, 0), LocalTime.of(12, 0)), new Window(LocalTime.of(13, 0), LocalTime.of(17, 30))), hours.on(TUESDAY));
        assertEquals(new Window(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT), hours.on(SATURDAY).get(0));
        assertTrue(OpeningHours.parse("{}").isNever());
        assertEquals(OpeningHours.NEVER, OpeningHours.parse("{\"MON\":[]}"));
        assertEquals("{\"MON\":[[\"08:00\",\"17:00\"]]}", OpeningHours.of(List.of(new Window(LocalTime.of(8, 0), LocalTime.of(17, 0))), MONDAY).json());
    }

    @ParameterizedTest(name = "{0} -> {1} {2}") @CsvSource(delimiter = '|', textBlock = """
        {"MON":[["08:00","12:00"],["11:00","17:30"]]}  | openingHours.MON[1] | hours.overlap
        {"MON":[["13:00","17:00"],["08:00","13:01"]]}  | openingHours.MON[1] | hours.overlap
        {"MON":[["22:00","06:00"]],"TUE":[["05:00","12:00"]]} | openingHours.TUE[0] | hours.overlap
        {"SUN":[["22:00","06:00"]],"MON":[["05:59","12:00"]]} | openingHours.MON[0] | hours.overlap
        {"MON":[["20:00","02:00"],["00:00","21:00"]]}  | openingHours.MON[1] | hours.overlap
        {"MON":[["08:00","08:00"]]}                    | openingHours.MON[0] | hours.empty
        {"MON":[["00:00","00:00"]]}                    | openingHours.MON[0] | hours.empty
        {"MON":[["24:00","24:00"]]}                    | openingHours.MON[0] | hours.badTime
        {"MON":[["08:00","12:00"],["13:00","25:00"]]}  | openingHours.MON[1] | hours.badTime
        {"MON":[["08:00","12:60"]]}                    | openingHours.MON[0] | hours.badTime
        {"MON":[["8h","12h"]]}                         | openingHours.MON[0] | hours.badTime
        {"MON":[["08:00"]]}                            | openingHours.MON[0] | hours.shape
        {"MON":[[8,12]]}                               | openingHours.MON[0] | hours.shape
        {"MON":["08:00","12:00"]}                      | openingHours.MON[0] | hours.shape
        {"MON":"08:00-12:00"}                          | openingHours.MON    | hours.shape
        {"LUN":[["08:00","12:00"]]}                    | openingHours.LUN    | hours.unknownDay
        {"Mon":[]}                                     | openingHours.Mon    | hours.unknownDay
        []                                             | openingHours        | hours.shape
        {"MON":                                        | openingHours        | hours.shape
        null                                           | openingHours        | hours.shape
        """)
    void refusesBadHoursNamingThePlace(String json, String field, String key) {
        Invalid invalid = assertThrows(Invalid.class, () -> OpeningHours.parse(json));
        assertEquals(field, invalid.field());
        assertEquals(key, invalid.key());
        for (String language : List.of("fr", "en")) {
            assertTrue(ResourceBundle.getBundle("i18n/invalid", Locale.forLanguageTag(language)).containsKey(key), key);
        }
    }

    @Test
    void windowsThatTouchDoNotOverlap() {
        OpeningHours.parse("{\"MON\":[[\"08:00\",\"12:00\"],[\"12:00\",\"17:00\"],[\"22:00\",\"06:00\"]],\"TUE\":[[\"06:00\",\"24:00\"]],\"WED\":[[\"00:00\",\"24:00\"]]}");
    }
}
