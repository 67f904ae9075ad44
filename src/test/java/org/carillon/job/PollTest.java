package org.carillon.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.carillon.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @BeforeEach void empty() { DATABASE.emptied(); }

    private static Set<Work> due() throws SQLException {
        try (Connection connection = DATABASE.as("carillon_app").getConnection()) {
            return Poll.look(connection, Duration.ofSeconds(30)).due();
        }
    }

    @DisplayName("MSG-09: what is held for a value or an opening is looked at again where nothing else happens in the shop")
    @ParameterizedTest(name = "{0}, due {1}, last looked at {2}: {3}")
    @CsvSource({"MISSING_VALUE, -1 minute, -61 seconds, true", "NO_OPENING, -1 minute, -61 seconds, true", "TEXT_TOO_LONG, -1 minute, -61 seconds, true",
        "MISSING_VALUE, -1 minute, -50 seconds, false", "MISSING_VALUE, 1 hour, -61 seconds, false", "INTERNAL_ERROR, -1 minute, -61 seconds, false"})
    void ringsForWhatIsHeld(String reason, String due, String changed, boolean rings) throws SQLException {
        DATABASE.jdbi().useHandle(h -> h.execute("insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, "
            + "occurrence, channel, recipient, due_at, expires_at, tz_version, state, reason, created_at, changed_at) values (1, 1, 1, 1, 'ORDER', 1, 1, 'e1', 'SMS', 'CUSTOMER', "
            + "clock_timestamp() + ?::interval, clock_timestamp() + interval '1 day', '2026e', 'HELD', ?, clock_timestamp(), clock_timestamp() + ?::interval)", due, reason, changed));
        assertEquals(rings ? Set.of(Work.PLANS) : Set.of(), due());
    }

    @Test @DisplayName("I6: a line whose attempt has outlived its lease is rung, to see whether it still knows of it")
    void ringsTheLineOfAnOverdueAttempt() throws SQLException {
        DATABASE.jdbi().useHandle(h -> {
            h.execute("insert into node (id, started_at, heartbeat_at) values ('n1', clock_timestamp(), clock_timestamp())");
            h.execute("insert into message_due (message_id, location_id, channel, priority, state, next_attempt_at, expires_at, route) "
                + "values (1, 1, 'EMAIL', 0, 'QUEUED', clock_timestamp(), clock_timestamp() + interval '1 hour', 'smtp')");
            h.execute("update message_due set state = 'CLAIMED', owner_node = 'n1', owner_epoch = 1, lease_until = clock_timestamp() + interval '1 minute'");
            h.execute("update message_due set state = 'SENDING'");
        });
        assertEquals(Set.of(), due());
        DATABASE.jdbi().useHandle(h -> h.execute("update message_due set lease_until = clock_timestamp() - interval '1 second'"));
        assertEquals(Set.of(Work.SEND, Work.SWEEP), due());
    }

    @Test @DisplayName("B-16: rings for locations whose alerts are due, by the application clock, and not where nothing is switched on")
    void ringsForAlerts() throws SQLException {
        DATABASE.owner().useHandle(h -> {
            h.execute("insert into location (id, code, name, zone, country, language) select n, 'L' || n, 'x', 'America/Toronto', 'CA', 'fr' from generate_series(1, 2) n");
            h.execute("insert into alert_place (location_id, next_at) values (1, clock_timestamp() + interval '1 minute'), (2, null)");
        });
        assertEquals(Set.of(), due());
        DATABASE.owner().useHandle(h -> h.execute("update application_clock set offset_ms = 61000"));
        assertEquals(Set.of(Work.ALERTS), due());
    }
}
