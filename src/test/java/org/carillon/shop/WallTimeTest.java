package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WallTimeTest {

    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2031-01-01T00:00:00Z");

    @ParameterizedTest(name = "REL-45, 3.1: {0} {1} -> {2}") @CsvSource(textBlock = """
        America/Toronto,     2026-03-08T02:30, 2026-03-08T03:00-04:00
        America/Toronto,     2026-11-01T01:30, 2026-11-01T01:30-04:00
        Europe/Paris,        2026-03-29T02:30, 2026-03-29T03:00+02:00
        Europe/Paris,        2026-10-25T02:30, 2026-10-25T02:30+02:00
        America/St_Johns,    2026-03-08T02:30, 2026-03-08T03:00-02:30
        Australia/Lord_Howe, 2026-10-04T02:15, 2026-10-04T02:30+11:00
        Africa/Cairo,        2026-04-24T00:00, 2026-04-24T01:00+03:00
        America/Toronto,     2026-11-22T19:30, 2026-11-22T19:30-05:00
        """)
    void meansTheTransitionInAGapAndTheFirstComingInAnOverlap(String zone, LocalDateTime local, OffsetDateTime expected) {
        assertEquals(expected.toInstant(), WallTime.at(local, ZoneId.of(zone)));
    }

    @Test @DisplayName("REL-45: in every zone at every change of 2024 to 2030 a wall time is one instant, never missed, never going back")
    void everyTransitionOfEveryZone() {
        int seen = 0;
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            ZoneRules rules = zone.getRules();
            for (ZoneOffsetTransition change = rules.nextTransition(FROM); change != null && change.getInstant().isBefore(TO); change = rules.nextTransition(change.getInstant())) {
                seen++;
                assertEquals(0, change.toEpochSecond() % 900, id + ": the minute scan would miss this change");
                LocalDateTime start = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
                LocalDateTime end = start.plus(change.getDuration().abs());
                Instant last = Instant.MIN;
                for (LocalDateTime local = start.minusMinutes(10); local.isBefore(end.plusMinutes(10)); local = local.plusMinutes(5)) {
                    Instant instant = WallTime.at(local, zone);
                    boolean inside = !local.isBefore(start) && local.isBefore(end);
                    if (inside && change.isGap()) {
                        assertEquals(change.getInstant(), instant, id + " " + local);
                    } else {
                        assertEquals(local, instant.atZone(zone).toLocalDateTime(), id);
                        assertTrue(!inside || instant.isBefore(change.getInstant()), () -> id + ": not the first coming");
                    }
                    assertTrue(!instant.isBefore(last), id + " goes back at " + local);
                    assertTrue(!WallTime.opening(local, zone).isBefore(instant) && WallTime.closing(local, zone).equals(instant), id);
                    assertTrue(Duration.between(instant, WallTime.opening(local, zone)).compareTo(change.getDuration().abs()) <= 0);
                    last = instant;
                }
            }
        }
        assertTrue(seen > 1_000, "only " + seen + " changes seen");
    }
}
