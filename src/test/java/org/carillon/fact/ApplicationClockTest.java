package org.carillon.fact;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.carillon.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ApplicationClockTest {

    @Test @DisplayName("REL-51: the stored offset moves the clock, the machine's clock does not")
    void followsTheDatabaseAndItsOffset() {
        Jdbi jdbi = TestDatabase.fresh().jdbi();
        ApplicationClock clock = new ApplicationClock(jdbi);
        Instant before = clock.now();
        jdbi.useHandle(h -> h.execute("update application_clock set offset_ms = 3600000"));
        Duration moved = Duration.between(before, clock.refresh());
        assertTrue(moved.compareTo(Duration.ofMinutes(59)) > 0 && moved.compareTo(Duration.ofMinutes(61)) < 0, moved.toString());
    }
}
