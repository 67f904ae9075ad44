package org.carillon.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carillon.Seeded;
import org.carillon.TestDatabase;
import org.carillon.customer.RetentionRule.Kind;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.Reason;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");

    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private final ApplicationClock clock = new ApplicationClock(jdbi) {
        @Override public Instant now() { return NOW; }
    };
    private final ErasureDesk erasures = new ErasureDesk(jdbi, clock, null, new ConsentWatch() {
        @Override public void withdrawn(long customerId, Channel channel, String actor) { }

        @Override public void given(long customerId, Channel channel) { }

        @Override public void stopped(Channel channel, String address, boolean offersOnly, Reason reason, String actor) { }
    });
    private final RetentionDesk desk = new RetentionDesk(jdbi, clock, erasures);
    private long location;

    @BeforeEach void open() {
        // the database bounds what it lets go by its own application clock: the same time there, whatever the machine's
        jdbi.useHandle(h -> h.createUpdate("update application_clock set offset_ms = ceil(extract(epoch from :now::timestamptz - clock_timestamp()) * 1000)").bind("now", NOW).execute());
        location = jdbi.withHandle(h -> h.createQuery("insert into location (code, name, zone, country, language) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr') returning id").mapTo(Long.class).one());
    }

    private Instant ago(int months, int seconds) { return NOW.atOffset(java.time.ZoneOffset.UTC).minusMonths(months).toInstant().plusSeconds(seconds); }

    private long insert(String sql, Object... values) { return jdbi.withHandle(h -> h.select(sql + " returning id", values).mapTo(Long.class).one()); }

    private long message(Instant at, boolean live) {
        return insert("insert into message (location_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, state) values (?, 'SMS', 'REMINDER', '+15145550199', 'Bonjour', 'NO_RESEND', ?, ?, ?)",
            location, at, at, live ? null : "DELIVERED");
    }

    private long customer(Instant at, boolean offers) {
        return insert("insert into customer (location_id, ref, name, language, marketing_consent, created_at) values (?, gen_random_uuid()::text, 'Anne', 'fr', ?, ?)", location, offers, at);
    }

    private long said(long customer, String purpose, boolean granted, Instant at) {
        return insert("insert into consent_event (customer_id, purpose, granted, at, zone, recorded_at, how, language, actor, source) values (?, ?, ?, ?, 'UTC', ?, 'ORAL', 'fr', 'x', 'page')", customer, purpose, granted, at, at);
    }

    private long stop(String address, Instant at, Instant lifted) {
        return insert("insert into suppression (channel, address, reason, at, actor, released_at) values ('SMS', ?, 'OPTED_OUT', ?, 'x', ?)", address, at, lifted);
    }

    private Map<String, Long> due() { return desk.dryRun().stream().collect(Collectors.toMap(l -> l.kind().name(), RetentionDesk.Line::due, (a, b) -> a, TreeMap::new)); }

    private void night() {
        for (Kind kind : Kind.values()) {
            long[] done = {0};
            for (long step = RetentionDesk.AT_ONCE; step >= RetentionDesk.AT_ONCE; done[0] += step) {
                step = jdbi.inTransaction(h -> desk.step(kind));
            }
            desk.note(kind, done[0]);
        }
    }

    private List<String> texts(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(String.class).list()); }

    @Test @DisplayName("LAW-19: a second decides, for every kind, and the dry run says exactly what the night does")
    void decidesByTheSecond() {
        long old = message(ago(12, -1), false);
        long young = message(ago(12, 1), false);
        long live = message(ago(12, -1), true);
        insert("insert into inbound_message (route, sender, recipient, text, received_at, reading) values ('smpp', '+1', 'us', 'old', ?, 'TEXT')", ago(12, -1));
        insert("insert into inbound_message (route, sender, recipient, text, received_at, reading) values ('smpp', '+1', 'us', 'young', ?, 'TEXT')", ago(12, 1));
        long gone = customer(ago(36, -1), true);
        long stays = customer(ago(36, 1), true);
        long wrote = customer(ago(60, 0), true);
        insert("insert into inbound_message (route, sender, recipient, text, received_at, reading, customer_id) values ('smpp', '+1', 'us', '', ?, 'TEXT', ?)", ago(36, 1), wrote);
        long ended = said(wrote, "MARKETING", true, ago(60, 0));
        long no = said(wrote, "MARKETING", false, ago(36, -1));  // stays with the person: silence might imply consent again (LAW-04)
        long lives = said(wrote, "SMS", true, ago(60, 0));
        stop("+15145550101", ago(36, -1), null);
        stop("+15145550102", ago(36, 1), null);
        stop("+15145550103", ago(60, 0), ago(36, -1));
        stop("+15145550104", ago(60, 0), ago(36, 1));
        stop("+15145550105", ago(60, 0), null);
        jdbi.useHandle(h -> h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 1, 'x', '+15145550105', true)", stays));
        assertEquals(Map.of("TEXTS", 1L, "WRITTEN", 1L, "CONTACTS", 1L, "PROOFS", 1L, "STOPS", 1L, "LIFTED", 1L), due());
        night();
        assertEquals(List.of(old + "", young + "Bonjour", live + "Bonjour"), texts("select id || text from message order by id"));
        assertEquals(List.of("", "young", ""), texts("select text from inbound_message order by id"));
        assertEquals(List.of(String.valueOf(gone)), texts("select id::text from customer where erased_at is not null"));
        assertEquals(List.of(String.valueOf(no), String.valueOf(lives)), texts("select id::text from consent_event order by id"));
        assertTrue(ended < lives);
        assertEquals(List.of("hash:", "+15145550102", "+15145550104", "+15145550105"), texts("select case when address like 'hash:%' then 'hash:' else address end from suppression order by id"));
        assertEquals(Map.of("TEXTS", 0L, "WRITTEN", 0L, "CONTACTS", 0L, "PROOFS", 0L, "STOPS", 0L, "LIFTED", 0L), due());
        assertEquals(List.of("CONTACTS 1", "LIFTED 1", "PROOFS 1", "STOPS 1", "TEXTS 1", "WRITTEN 1"), texts("select kind || ' ' || done from retention_run order by kind"));
    }

    @Test @DisplayName("LAW-02, LAW-19: a cut-off beyond the rule reaches nothing more")
    void believesNoCaller() {
        message(ago(11, 0), false);
        said(customer(ago(1, 0), true), "SMS", true, ago(1, 0));
        for (Kind kind : List.of(Kind.TEXTS, Kind.WRITTEN, Kind.PROOFS, Kind.STOPS, Kind.LIFTED)) {
            assertEquals(Long.valueOf(0), jdbi.withHandle(h -> h.createQuery("select retention_apply(:kind, 'infinity', 'infinity', 1000000)").bind("kind", kind).mapTo(Long.class).one()), kind.name());
        }
        assertEquals(List.of("Bonjour"), texts("select text from message"));
        assertEquals(1, texts("select id::text from consent_event").size());
    }

    @Test @DisplayName("LAW-19: whatever the mix, the night lets go exactly the due rows")
    void letsGoExactlyWhatIsDue() {
        Seeded.run(3, random -> {
            DATABASE.emptied();
            open();
            List<Long> expected = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                Instant at = NOW.minus(Duration.ofHours(random.nextInt(24 * 365 * 2)));
                boolean live = random.nextInt(10) == 0;
                long id = message(at, live);
                if (live || !at.isBefore(RetentionRule.USUAL.before(Kind.TEXTS, NOW))) {
                    expected.add(id);
                }
            }
            List<Long> people = people(random);
            night();
            assertEquals(expected, jdbi.withHandle(h -> h.createQuery("select id from message where text <> '' order by id").mapTo(Long.class).list()));
            assertEquals(people, jdbi.withHandle(h -> h.createQuery("select id from customer where erased_at is null order by id").mapTo(Long.class).list()));
        });
    }

    /** @return those that stay */
    private List<Long> people(Random random) {
        List<Long> stay = new ArrayList<>();
        Instant before = RetentionRule.USUAL.before(Kind.CONTACTS, NOW);
        for (int i = 0; i < 80; i++) {
            Instant at = NOW.minus(Duration.ofHours(random.nextInt(24 * 365 * 6)));
            Instant wrote = random.nextBoolean() ? NOW.minus(Duration.ofHours(random.nextInt(24 * 365 * 6))) : null;
            long id = customer(at, random.nextBoolean());
            if (wrote != null) {
                insert("insert into inbound_message (route, sender, recipient, text, received_at, reading, customer_id) values ('smpp', '+1', 'us', 'x', ?, 'TEXT', ?)", wrote, id);
            }
            if (!at.isBefore(before) || wrote != null && !wrote.isBefore(before)) {
                stay.add(id);
            }
        }
        return stay;
    }

    @Test @DisplayName("LAW-19: the company chooses, within the law, and only an administrator")
    void isTheCompanysChoice() {
        Person boss = new Person(1, "a@b.example", "Alex", Role.ADMINISTRATOR, "fr", Person.Appearance.SYSTEM, Scope.everything(), 1);
        message(ago(7, 0), false);
        assertEquals(0, due().get("TEXTS"));
        jdbi.useTransaction(h -> desk.change(boss, new RetentionRule(6, 24, 48, 36)));
        assertEquals(new RetentionRule(6, 24, 48, 36), desk.rule());
        assertEquals(1, due().get("TEXTS"));
        assertThrows(Invalid.class, () -> desk.change(boss, new RetentionRule(6, 24, 35, 36)));
        assertThrows(Invalid.class, () -> desk.change(boss, new RetentionRule(0, 24, 36, 36)));
        assertThrows(Invalid.class, () -> desk.change(new Person(1, "a@b.example", "Alex", Role.MANAGER, "fr", Person.Appearance.SYSTEM, Scope.everything(), 1), RetentionRule.USUAL));
    }
}
