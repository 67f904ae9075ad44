package org.carillon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.carillon.TestDatabase;
import org.carillon.report.AutomationList.Row;
import org.carillon.report.AutomationList.Run;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AutomationListTest {

    private final Jdbi jdbi = TestDatabase.fresh().jdbi();
    private final AutomationList list = new AutomationList(jdbi);

    private long id(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    private void run(long automation, String zone, String slot, String state, int matched) {
        jdbi.useHandle(h -> h.execute("insert into audience_run (automation_id, zone, slot, state, next_try, considered, matched, planned, without_consent, finished_at) values (?, ?, ?::timestamptz, ?, now(), 100, ?, 3, 2, ?::timestamptz)",
            automation, zone, slot, state, matched, slot));
    }

    @Test @DisplayName("SEC-13, issue 5: the last look of each zone counts, each person sees what is theirs, and looks are paged newest first")
    void saysWhatEachDid() {
        long here = id("insert into location (code, name, zone, country, language) values ('H', 'Here', 'America/Toronto', 'CA', 'fr') returning id");
        long there = id("insert into location (code, name, zone, country, language) values ('T', 'There', 'Europe/Paris', 'FR', 'fr') returning id");
        String insert = "insert into automation (id, ref, name, state, trigger_kind, kind, channels, everywhere) select nextval('automation_id_seq'), '%1$s', '%1$s', 'DRAFT', 'DAILY', 'GENERAL', '', %2$s returning id";
        long ours = id(insert.formatted("ours", false));
        id(insert.formatted("all of us", true));
        jdbi.useHandle(h -> h.execute("insert into automation_location (automation_id, location_id) values (?, ?), (?, ?)", ours, here, ours, there));
        run(ours, "America/Toronto", "2026-11-20T15:00:00Z", "DONE", 50);
        run(ours, "America/Toronto", "2026-11-21T15:00:00Z", "DONE", 7);
        run(ours, "Europe/Paris", "2026-11-21T09:00:00Z", "DONE", 4);
        run(ours, "Europe/Paris", "2026-11-22T09:00:00Z", "MISSED", 0);
        List<Row> rows = list.page(Scope.everything(), Instant.parse("2026-11-22T12:00:00Z"), null).rows();
        assertEquals(List.of("all of us", "ours"), rows.stream().map(Row::name).toList());
        assertNull(rows.get(0).matched());
        assertEquals("11 2026-11-21T15:00:00Z Here, There", rows.get(1).matched() + " " + rows.get(1).last() + " " + rows.get(1).places());
        assertEquals(List.of("", "There"), list.page(Scope.of(Set.of(there)), Instant.now(), null).rows().stream().map(Row::places).toList());
        assertEquals(List.of("all of us"), list.page(Scope.of(Set.of(999L)), Instant.now(), null).rows().stream().map(Row::name).toList());
        assertEquals(List.of("MISSED", "DONE", "DONE", "DONE"), list.runs(Scope.of(Set.of(here)), ours, null).rows().stream().map(Run::state).toList());
        assertEquals(List.of(), list.runs(Scope.of(Set.of(999L)), ours, null).rows());
        assertEquals("11 true", list.page(Scope.of(Set.of(here, there)), Instant.now(), null).rows().get(1).matched() + " " + list.runs(Scope.of(Set.of(here, there)), ours, null).rows().get(1).told());
        assertNull(list.page(Scope.of(Set.of(there)), Instant.now(), null).rows().get(1).matched(), "a look is about all locations at once");
        assertEquals(List.of("0 null false"), list.runs(Scope.of(Set.of(here)), ours, null).rows().stream().map(r -> r.matched() + " " + r.considered() + " " + r.told()).distinct().toList());
        for (int i = 0; i < 60; i++) {
            run(ours, "America/Toronto", Instant.parse("2026-12-01T15:00:00Z").plusSeconds(86_400L * i).toString(), "DONE", i);
        }
        Part<Run> first = list.runs(Scope.everything(), ours, null);
        assertEquals("59 10", first.rows().get(0).matched() + " " + first.rows().get(49).matched());
        for (int i = 0; i < 50; i++) {
            id(insert.formatted("more " + i, true));
        }
        Part<Row> page = list.page(Scope.everything(), Instant.now(), null);
        assertEquals("50 ours", page.rows().size() + " " + list.page(Scope.everything(), Instant.now(), page.next()).rows().stream().map(Row::name).reduce((a, b) -> b).orElse(""));
        assertEquals(14, list.runs(Scope.everything(), ours, first.next()).rows().size());
    }

    @Test @DisplayName("SEC-13, issue 5: sent and answered are counted at the reader's locations, for seven days; a stop is no answer")
    void countsWhatWasSentAndAnswered() {
        long here = id("insert into location (code, name, zone, country, language) values ('H2', 'Here', 'America/Toronto', 'CA', 'fr') returning id");
        long there = id("insert into location (code, name, zone, country, language) values ('T2', 'There', 'Europe/Paris', 'FR', 'fr') returning id");
        long all = id("insert into automation (id, ref, name, state, trigger_kind, kind, channels, everywhere) select nextval('automation_id_seq'), 'r', '0 replies', 'DRAFT', 'DAILY', 'GENERAL', '', true returning id");
        String insert = "insert into message (location_id, automation_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, state, accepted_at) values (%d, %d, 'SMS', "
            + "'TRANSACTIONAL', '+15145550101', 'x', 'NO_RESEND', '%s', '2027-01-01Z', 'DELIVERED', '2026-11-20Z') returning id";
        long ours = id(insert.formatted(here, all, "2026-11-20T12:00:00Z"));
        long theirs = id(insert.formatted(there, all, "2026-11-20T12:00:00Z"));
        long old = id(insert.formatted(here, all, "2026-11-01T12:00:00Z"));
        answer(ours, "TEXT", "2026-11-21T12:00:00Z");
        answer(ours, "TEXT_STOP", "2026-11-21T13:00:00Z");
        answer(ours, "OPT_OUT", "2026-11-21T14:00:00Z");
        answer(theirs, "TEXT", "2026-11-21T12:00:00Z");
        answer(old, "TEXT", "2026-11-22T10:00:00Z");
        answer(old, "TEXT", "2026-11-02T10:00:00Z");
        answer(null, "TEXT", "2026-11-22T10:00:00Z");
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        assertEquals("2 4", said(list.page(Scope.everything(), now, null).rows().get(0)));
        assertEquals("1 3", said(list.page(Scope.of(Set.of(here)), now, null).rows().get(0)));
        assertEquals("1 1", said(list.page(Scope.of(Set.of(there)), now, null).rows().get(0)));
    }

    private static String said(Row row) { return row.sent() + " " + row.replies(); }

    private void answer(Long about, String reading, String at) {
        jdbi.useHandle(h -> h.execute("insert into inbound_message (route, sender, recipient, text, received_at, about_id, reading) values ('sim', '+15145550101', '+15145550100', 'x', ?::timestamptz, ?, ?)", at, about, reading));
    }
}
