package org.carillon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.carillon.TestDatabase;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HomeFiguresTest {

    private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

    @Test @DisplayName("The first page reads the plans that were given up, not the history of all that left")
    void countsWithoutReadingEveryPlan() {
        Jdbi jdbi = TestDatabase.fresh().owner();
        jdbi.useHandle(h -> h.createScript("""
            insert into location (id, code, name, zone, country, language) select n, 'L' || n, 'L' || n, 'America/Toronto', 'CA', 'fr' from generate_series(1, 3) n;
            insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, due_at, expires_at,
                tz_version, state, reason, message_id, created_at, changed_at)
              select 1, 1, 1, 1 + n % 3, 'ORDER', n, 1, 'event:' || n, 'SMS', 'CUSTOMER', t, t, 'x', case when n % 1000 = 0 then 'SKIPPED' else 'RELEASED' end,
                case when n % 1000 = 0 then 'NO_CONSENT' end, case when n % 1000 = 0 then null else n end, t, t
              from (select n, timestamptz '2026-11-22 17:00Z' - n * interval '2 minutes' t from generate_series(1, 30000) n) rows;
            analyze planned_notification;
            """).execute());
        jdbi.useTransaction(h -> {
            List<HomeFigures.Day> days = new HomeFigures(jdbi).days(Scope.everything(), NOW, 14);
            assertEquals(9, days.stream().mapToLong(day -> day.counts().values().stream().mapToLong(n -> n).sum()).sum());
            long read = h.createQuery("select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where relname = 'planned_notification'").mapTo(Long.class).one();
            assertTrue(read <= 100, "read " + read + " plans");
        });
    }
}
