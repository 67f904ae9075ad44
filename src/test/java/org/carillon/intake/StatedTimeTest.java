package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.carillon.fact.Invalid;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatedTimeTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

    @ParameterizedTest @DisplayName("REL-43: whatever offset it is told in, a due date is what the clock at the location shows")
    @CsvSource({"2026-11-25T17:00:00-05:00,2026-11-25T17:00", "2026-11-25T22:00:00Z,2026-11-25T17:00", "2026-11-25T23:00+01:00,2026-11-25T17:00",
        "2026-11-25T17:00,2026-11-25T17:00", "2026-11-25T17:00:30.123456789,2026-11-25T17:00:30", "2026-07-01T12:00:00Z,2026-07-01T08:00"})
    void showsLocalTime(String told, LocalDateTime local) { assertEquals(local, StatedTime.parse("dueAt", told).local(TORONTO)); }

    @ParameterizedTest
    @CsvSource({"2026-11-25T17:00:00-05:00,2026-11-25T22:00:00Z", "2026-11-25,2026-11-25T05:00:00Z", "2026-11-25T08:00,2026-11-25T13:00:00Z",
        "2026-03-08T02:30,2026-03-08T07:00:00Z"})
    void becomesAnInstant(String told, Instant instant) { assertEquals(instant, StatedTime.parse("openedAt", told).at(TORONTO)); }

    @Test
    void tellsADateFromATime() { assertTrue(StatedTime.parse("dueAt", "2026-11-25").dateOnly()); }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "25/11/2026", "2026-13-01", "2026-02-30", "2026-11-25T25:00", "2026-11-25 17:00", "17:00", "2026-11-25T17:00:00-25:00",
        "2026-11-25T17:00:00-05:00-and-a-very-long-tail"})
    void refusesWhatIsNoTime(String told) { assertEquals("time.shape", assertThrows(Unreadable.class, () -> StatedTime.parse("dueAt", told)).key()); }

    @ParameterizedTest
    @ValueSource(strings = {"0026-11-25T17:00", "1899-12-31", "2926-11-25T17:00:00Z"})
    void refusesYearsOfTypingErrors(String told) { assertEquals("time.range", assertThrows(Invalid.class, () -> StatedTime.parse("dueAt", told)).key()); }
}
