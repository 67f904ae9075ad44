package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REL-49 as a table. */
class BacklogDeciderTest {

    private static final Instant NOW = Instant.parse("2027-03-01T14:00:00Z");

    @ParameterizedTest(name = "REL-49: {0} overdue, {1} in a usual hour: holds {2}")
    @CsvSource({"0, 0, false", "500, 0, false", "501, 0, true", "501, 166, true", "501, 167, false", "3000, 1000, false", "3001, 1000, true", "502, 166.9, true", "501, 166.9, false",
        "1000000, 400000, false"})
    void holdsMoreThanThreeUsualHours(long overdue, double usualHour, boolean holds) { assertEquals(holds, BacklogDecider.holds(overdue, usualHour)); }

    @ParameterizedTest(name = "REL-49: last submit {0} ago: stands still {1}")
    @CsvSource(nullValues = "never", value = {"never, true", "PT0S, false", "PT14M59S, false", "PT15M, true", "PT8H, true"})
    void aChannelThatFlowsHasNoBacklog(Duration ago, boolean still) { assertEquals(still, BacklogDecider.standsStill(ago == null ? null : NOW.minus(ago), NOW)); }

    @ParameterizedTest(name = "REL-49: {0} a second allowed, asked every {1}: at most a quarter") @CsvSource({"20, PT1S", "20, PT0.1S", "100, PT1S", "1, PT1S", "2, PT1S", "3, PT0.7S"})
    void letsAQuarterOfTheRouteGo(double rate, Duration every) {
        Ration ration = new Ration(1, NOW);
        long gone = 0;
        Instant at = NOW;
        for (int i = 0; i < 2_000; i++) {
            at = at.plus(every);
            ration = ration.filled(rate, at);
            gone += ration.whole();
            ration = ration.taken(ration.whole());
        }
        double allowed = rate / 4 * every.toMillis() / 1_000 * 2_000;
        assertTrue(gone <= allowed + 1 && gone >= allowed - 2, gone + " of " + allowed);
    }

    @Test @DisplayName("REL-49: a pause saves up two seconds' worth and no more; a clock that goes back gives nothing")
    void savesUpLittle() {
        assertEquals(10, new Ration(0, NOW).filled(20, NOW.plusSeconds(3_600)).whole());
        assertEquals(1, new Ration(0, NOW).filled(1, NOW.plusSeconds(3_600)).whole());
        assertEquals(0, new Ration(0, NOW).filled(20, NOW.minusSeconds(3_600)).whole());
    }
}
