package org.carillon.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.util.List;
import org.carillon.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("REL-40 the edition of the time zone data is known")
class TimeZoneDataTest {

    @Test
    void namesOnlyTheZonesThatChangedSince() {
        TimeZoneData of2025 = new TimeZoneData("2025a", "");
        assertEquals(List.of("America/Vancouver"), of2025.stale(List.of("America/Toronto", "America/Vancouver", "Europe/Paris")));
        assertTrue(of2025.old());
        TimeZoneData of2026c = new TimeZoneData("2026c", "");
        assertEquals(List.of("America/Winnipeg"), of2026c.stale(List.of("America/Edmonton", "America/Vancouver", "America/Winnipeg")));
        assertFalse(new TimeZoneData("2026e", "").old());
    }

    @Test
    void readsBothEditions() throws Exception {
        try (Connection connection = TestDatabase.fresh().as("carillon_app").getConnection()) {
            TimeZoneData read = TimeZoneData.read(connection);
            assertTrue(read.jdk().matches("20\\d\\d[a-z]"), read.toString());
            assertFalse(read.postgresql().isEmpty());
            assertTrue(connection.getAutoCommit());
        }
    }
}
