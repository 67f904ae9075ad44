package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T20:30:00Z");  // 15:30 in Montréal, 21:30 in Paris
    private static final ZoneId MONTREAL = ZoneId.of("America/Toronto");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2026-11-21T13:00:00Z | fr | demain à 8 h 00", "2026-11-21T13:00:00Z | en | tomorrow at 8:00 AM",
        "2026-11-20T21:00:00Z | fr | aujourd’hui à 16 h 00", "2026-11-20T04:59:00Z | fr | hier à 23 h 59", "2026-11-20T05:00:00Z | en | today at 12:00 AM",
        "2026-12-01T21:05:00Z | fr | 1 déc. 2026, 16 h 05", "2026-12-01T21:05:00Z | en | Dec 1, 2026, 4:05 PM"})
    void saysItAsTheReaderDoes(Instant moment, String language, String words) {
        assertEquals(words, Moments.phrase(moment, NOW, MONTREAL, Locale.forLanguageTag(language)).replace('\u00A0', ' '));
    }

    @Test void keepsTheHalfOfTheDayOnTheLineOfItsHour() {
        assertEquals("8:00\u00A0AM", Moments.phrase(Instant.parse("2026-11-21T13:00:00Z"), NOW, MONTREAL, Locale.ENGLISH).replace("tomorrow at ", ""));
    }
}
