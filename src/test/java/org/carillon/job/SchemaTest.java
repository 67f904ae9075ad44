package org.carillon.job;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.util.Map;
import org.carillon.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("REL-01 a database that may forget what it acknowledged is refused")
class SchemaTest {

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "full_page_writes"})
    void refusesTheUnsafeSettingByName(String unsafe) {
        IllegalStateException refused = assertThrows(IllegalStateException.class,
            () -> Schema.refuseForgetfulDatabase(name -> name.equals(unsafe) ? "off" : "on"));
        assertTrue(refused.getMessage().contains(unsafe));
    }

    @Test
    void onlyWarnsWhenCommitsDoNotWait() {
        assertDoesNotThrow(() -> Schema.refuseForgetfulDatabase(Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "off")::get));
    }

    @Test
    void refusesARealServerThatWasToldToForget() throws Exception {
        try (Connection connection = TestDatabase.fresh().as("carillon_app").getConnection()) {  // embedded servers run without fsync
            assertThrows(IllegalStateException.class, () -> Schema.refuseForgetfulDatabase(name -> Schema.setting(connection, name)));
        }
    }
}
