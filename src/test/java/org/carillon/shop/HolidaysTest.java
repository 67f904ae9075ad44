package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.carillon.fact.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HolidaysTest {

    @ParameterizedTest(name = "REL-46, REL-53: {0} falls on {1}") @CsvSource(delimiter = '|', textBlock = """
        "2026-12-25"                             | 2026-12-25
        {"yearly":"07-01"}                       | 2026-07-01 2027-07-01
        {"yearly":"02-29"}                       | 2027-02-28 2028-02-29
        {"easter":0}                             | 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2038-04-25 2285-03-22
        {"easter":-2}                            | 2026-04-03
        {"easter":1}                             | 2026-04-06
        {"easter":39}                            | 2026-05-14
        {"easter":50}                            | 2026-05-25
        {"month":9,"weekday":"MON","nth":1}      | 2026-09-07 2027-09-06
        {"month":10,"weekday":"MON","nth":2}     | 2026-10-12
        {"month":5,"weekday":"MON","nth":-1}     | 2026-05-25 2027-05-31
        {"month":8,"weekday":"MON","nth":5}      | 2026-08-31
        {"before":"05-25","weekday":"MON"}       | 2026-05-18 2027-05-24
        """)
    void fallsWhereTheRuleSays(String json, String days) {
        Holidays holidays = Holidays.parse("[" + json + "]");
        List<LocalDate> expected = List.of(days.split(" ")).stream().map(LocalDate::parse).toList();
        for (LocalDate day : expected) {
            assertTrue(holidays.on(day).isPresent(), day.toString());
            long inYear = day.withDayOfYear(1).datesUntil(day.withDayOfYear(1).plusYears(1)).filter(d -> holidays.on(d).isPresent()).count();
            assertEquals(1, inYear);
        }
        assertEquals(holidays, Holidays.parse(holidays.json()));
    }

    @Test
    void aFifthMondayIsAbsentFromAShortMonth() {
        Holidays fifth = Holidays.parse("[{\"month\":9,\"weekday\":\"MON\",\"nth\":5}]");
        assertEquals(0, LocalDate.of(2026, 9, 1).datesUntil(LocalDate.of(2026, 11, 1)).filter(d -> fifth.on(d).isPresent()).count());
    }

    @Test
    void keepsNameAndOwnHoursAndTheFirstOfTwo() {
        Holidays holidays = Holidays.parse("""
            ["2026-12-25",{"date":"2026-12-24","name":"Veille de Noël","hours":[["08:00","12:00"]]},{"yearly":"12-24"}]""");
        assertEquals("[\"2026-12-25\",{\"date\":\"2026-12-24\",\"name\":\"Veille de Noël\",\"hours\":[[\"08:00\",\"12:00\"]]},{\"yearly\":\"12-24\"}]", holidays.json());
        assertEquals("Veille de Noël", holidays.on(LocalDate.of(2026, 12, 24)).orElseThrow().name());
        assertEquals("08:00-12:00", holidays.on(LocalDate.of(2026, 12, 24)).orElseThrow().windows().get(0).toString());
    }

    @ParameterizedTest(name = "{0} -> {1} {2}") @CsvSource(delimiter = '|', textBlock = """
        ["2026-02-30"]                               | holidays[0]          | holidays.badDate
        ["2026-12-25","Noël"]                        | holidays[1]          | holidays.badDate
        [{"date":"25/12/2026"}]                      | holidays[0].date     | holidays.badDate
        [{"date":"2026-12-24","hours":[["8","12"]]}] | holidays[0].hours[0] | hours.badTime
        [{"yearly":"02-30"}]                         | holidays[0].yearly   | holidays.badDay
        [{"yearly":1225}]                            | holidays[0].yearly   | holidays.shape
        [{"easter":"-2"}]                            | holidays[0].easter   | holidays.shape
        [{"easter":1000000000}]                             | holidays[0].easter   | holidays.badNumber
        [{"month":13,"weekday":"MON","nth":1}]       | holidays[0].month    | holidays.badNumber
        [{"month":9,"weekday":"LUN","nth":1}]        | holidays[0].weekday  | hours.unknownDay
        [{"month":9,"weekday":"MON","nth":0}]        | holidays[0].nth      | holidays.badNumber
        [{"weekday":"MON"}]                          | holidays[0]          | holidays.shape
        [{"date":"2026-12-24","closed":true}]        | holidays[0].closed   | holidays.unknownProperty
        [{"date":"2026-12-24","easter":1}]           | holidays[0].easter   | holidays.unknownProperty
        [null]                                       | holidays[0]          | holidays.shape
        {}                                           | holidays             | holidays.shape
        """)
    void refusesWhatItCannotReadNamingThePlace(String json, String field, String key) {
        Invalid invalid = assertThrows(Invalid.class, () -> Holidays.parse(json));
        assertEquals(field, invalid.field());
        assertEquals(key, invalid.key());
        for (String language : List.of("fr", "en")) {
            assertTrue(ResourceBundle.getBundle("i18n/invalid", Locale.forLanguageTag(language)).containsKey(key), key);
        }
    }
}
