package org.carillon.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.carillon.TestDatabase;
import org.carillon.automation.AudienceShelf;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.Node;
import org.carillon.delivery.Overdue;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.plan.AudienceRecheck;
import org.carillon.plan.AudienceRuns;
import org.carillon.plan.AudienceSearch;
import org.carillon.plan.BacklogGate;
import org.carillon.plan.RestoreDesk;
import org.carillon.report.RestoreFigures;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** REL-29: the database was restored. */
class RestoreTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final FieldCatalogue NO_FIELDS = new FieldCatalogue(List.of());
    private static final Person LEA = person(Role.OPERATOR), PAUL = person(Role.MANAGER);

    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private final ApplicationClock clock = new ApplicationClock(jdbi);
    private final RestoreFigures figures = new RestoreFigures(jdbi, clock);
    private final RestoreDesk desk = new RestoreDesk(jdbi, clock, new BacklogGate(jdbi, clock, new Overdue()),
        new AudienceRuns(jdbi, clock, new AudienceShelf(NO_FIELDS), new AudienceSearch(NO_FIELDS, new AudienceRecheck(NO_FIELDS, new AudienceShelf(NO_FIELDS)))));

    private static Person person(Role role) { return new Person(1, "lea@shop.example", "Léa", role, "fr", Person.Appearance.SYSTEM, Scope.everything(), 1); }

    /** As a node that starts, or whose connection came back. */
    private static String look(RestoreWatch watch) throws SQLException {
        try (Connection connection = DATABASE.as("carillon_app").getConnection()) {
            watch.look(connection);
            return RestoreWatch.holds(connection) ? "held" : "free";
        }
    }

    private void release(boolean aside) { jdbi.useTransaction(h -> desk.release(LEA, aside)); }

    private List<String> actions() { return jdbi.withHandle(h -> h.createQuery("select action || ' ' || split_part(detail, ' ', 1) from restore_action order by id").mapTo(String.class).list()); }

    private void set(String sql) { jdbi.useHandle(h -> h.execute(sql)); }

    @Test @DisplayName("REL-29: the first look makes the marker; another system identifier or timeline holds, once, until a person lets go")
    void anotherDatabaseHolds() throws Exception {
        assertEquals("free", look(new RestoreWatch("")));
        String marker = jdbi.withHandle(h -> h.createQuery("select marker from restore_gate").mapTo(String.class).one());
        assertTrue(marker.matches("\\d{15,20}/0000000\\d"), "the application role may ask: " + marker);
        assertEquals("free", look(new RestoreWatch("")), "a restart is none");
        for (String other : List.of(marker.replaceFirst("/.*", "/0000000A"), "7000000000000000001/00000001")) {
            set("update restore_gate set marker = '" + other + "'");  // what the restored rows remember
            assertEquals("held", look(new RestoreWatch("")));
            assertEquals("held", look(new RestoreWatch("")), "the second node, and a restart, change nothing");
            assertEquals("OTHER_DATABASE", figures.standing(Scope.everything()).orElseThrow().cause());
            release(false);
            assertEquals("free", look(new RestoreWatch("")));
        }
        assertEquals(List.of("HELD OTHER_DATABASE", "RELEASED 0", "HELD OTHER_DATABASE", "RELEASED 0"), actions());
    }

    @Test @DisplayName("REL-29: the operator's word holds once a word, also the first time ever")
    void theOperatorsWordHolds() throws Exception {
        assertEquals("held", look(new RestoreWatch("monday")));
        assertEquals("OPERATOR", figures.standing(Scope.everything()).orElseThrow().cause());
        release(false);
        assertEquals("free", look(new RestoreWatch("monday")), "a restart with the same word");
        assertEquals("free", look(new RestoreWatch("")), "taken away");
        assertEquals("held", look(new RestoreWatch("tuesday")));
    }

    @Test @DisplayName("REL-29: a log that ends before what this process saw is a snapshot put back under it")
    void seesTheDatabaseGoBack() throws Exception {
        RestoreWatch watch = new RestoreWatch("");
        assertEquals("free", look(watch));
        DATABASE.owner().useHandle(h -> h.execute("create schema if not exists earlier"));
        DATABASE.owner().useHandle(h -> {
            h.execute("create or replace function earlier.pg_current_wal_flush_lsn() returns pg_lsn language sql as $$ select '0/1000000'::pg_lsn $$");
            h.execute("grant usage on schema earlier to carillon_app");
        });
        try (Connection connection = DATABASE.as("carillon_app").getConnection(); var statement = connection.createStatement()) {
            statement.execute("set search_path = earlier, public, pg_catalog");
            watch.look(connection);
            assertTrue(RestoreWatch.holds(connection));
        }
        assertEquals("WENT_BACK", figures.standing(Scope.everything()).orElseThrow().cause());
        assertEquals("held", look(new RestoreWatch("")), "for whoever starts next too");
    }

    @Test @DisplayName("REL-29: a node that finds it restored neither releases nor sends; let go, it does within seconds")
    void aNodeIsHeld() throws Exception {
        look(new RestoreWatch(""));
        set("update restore_gate set marker = '1/00000001'");
        Node node = new Node(jdbi);
        Listener listener = new Listener(DATABASE.as("carillon_app"), clock, node, "shop", Deadlines.DEFAULT, "", (work, routes) -> { });
        Thread thread = new Thread(listener, "listener");
        thread.setDaemon(true);
        thread.start();
        until(() -> node.life().isPresent() && figures.since().isPresent());
        assertTrue(node.held());
        assertFalse(node.leaping());
        release(false);
        until(() -> !node.held());
        set("update restore_gate set since = now(), cause = 'OPERATOR'");
        until(node::held);  // another node saw it
        listener.stop();
    }

    @Test @DisplayName("REL-29: a person sees how many are due and may set them aside; a manager sees and does not decide")
    void setsAsideWhatMayHaveLeftBefore() throws Exception {
        jdbi.useHandle(h -> {
            long place = h.createQuery("insert into location (code, name, zone, country, language) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr') returning id").mapTo(Long.class).one();
            for (int i = 0; i < 3; i++) {
                long id = h.createQuery("insert into message (location_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at) values (:l, 'SMS', 'REMINDER', '+15145550199', 'x', 'NO_RESEND', "
                    + "now() - interval '10 minutes', now() + interval '1 hour') returning id").bind("l", place).mapTo(Long.class).one();
                h.execute("insert into message_due (message_id, location_id, channel, priority, state, next_attempt_at, expires_at, route) values (?, ?, 'SMS', 1, 'QUEUED', now() - interval '10 minutes', now() + interval '1 hour', 'smpp')", id, place);
            }
        });
        assertEquals("held", look(new RestoreWatch("w")));
        assertEquals(3, figures.standing(Scope.everything()).orElseThrow().due());
        assertEquals(0, figures.standing(Scope.of(Set.of(-1L))).orElseThrow().due());
        assertThrows(Invalid.class, () -> desk.release(PAUL, false));
        release(true);
        assertEquals("free", look(new RestoreWatch("w")));
        assertEquals(3, (long) jdbi.withHandle(h -> h.createQuery("select count(*) from message_due where state = 'HELD' and reason = 'BACKLOG'").mapTo(Long.class).one()));
        assertEquals(1, (long) jdbi.withHandle(h -> h.createQuery("select count(*) from backlog_gate where since is not null and released_at is null").mapTo(Long.class).one()));
        release(true);
        assertEquals(List.of("HELD OPERATOR", "SET_ASIDE 3"), actions(), "twice is once");
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end);
            Thread.onSpinWait();
        }
    }
}
