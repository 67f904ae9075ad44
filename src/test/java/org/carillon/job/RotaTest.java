package org.carillon.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.carillon.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one node does for all. */
class RotaTest {

    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestDatabase database = TestDatabase.fresh();
    private final Rota one = new Rota(database.jdbi());
    private final Rota other = new Rota(database.jdbi());

    @Test void oneDoesItEachTime() {
        for (Instant now = NOON; now.isBefore(NOON.plus(HOUR.multipliedBy(3))); now = now.plus(HOUR)) {
            assertTrue(one.takes("mailbox", now, now.plus(HOUR)));
            assertFalse(other.takes("mailbox", now, now.plus(HOUR)));
            assertFalse(one.takes("mailbox", now.plusSeconds(3_599), now.plusSeconds(9_999)));
            assertFalse(other.takes("mailbox", now.plusSeconds(3_599), now.plusSeconds(9_999)));
            assertTrue(other.takes("backup", now, now.plus(HOUR)), "each task has a time of its own");
        }
    }

    @Test void theFirstTimeMayBeLater() {
        assertFalse(one.takes("retention", NOON, NOON.plus(HOUR), NOON.plus(HOUR)));
        assertTrue(other.takes("retention", NOON.plus(HOUR), NOON.plus(HOUR.multipliedBy(2)), NOON));
        assertFalse(one.takes("retention", NOON.plus(HOUR), NOON.plus(HOUR.multipliedBy(2)), NOON));
    }

    @Test @DisplayName("PERF-05: until it is time again nobody asks, whoever took it")
    void asksWhenItMayBeTime() {
        assertTrue(one.takes("mailbox", NOON, NOON.plus(HOUR)));
        assertFalse(other.takes("mailbox", NOON, NOON.plus(HOUR)));
        database.jdbi().useHandle(h -> assertEquals(1, h.execute("delete from rota")));
        assertFalse(one.takes("mailbox", NOON.plusSeconds(3_599), NOON.plus(HOUR)));
        assertFalse(other.takes("mailbox", NOON.plusSeconds(3_599), NOON.plus(HOUR)));
        assertTrue(other.takes("mailbox", NOON.plus(HOUR), NOON.plus(HOUR)));
    }
}
