package org.carillon.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.carillon.TestDatabase;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.Node;
import org.carillon.fact.ApplicationClock;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private final BlockingQueue<Set<Work>> rings = new LinkedBlockingQueue<>();
    private TestDatabase database;
    private Jdbi jdbi;
    private ApplicationClock clock;
    private Node node;
    private Listener listener;

    @BeforeEach void start() throws InterruptedException {
        database = TestDatabase.fresh();
        jdbi = database.jdbi();
        clock = new ApplicationClock(jdbi);
        node = new Node(jdbi);
        listener = listen(node);
        assertEquals(Work.values().length, rings.poll(20, TimeUnit.SECONDS).size(), "looks at everything at first");
    }

    @AfterEach void stop() { listener.stop(); }

    private Listener listen(Node of) {
        Listener ear = new Listener(database.as("carillon_app"), clock, of, "shop", Deadlines.DEFAULT, "", (work, routes) -> {
            if (!work.isEmpty()) {
                rings.add(work);
            }
        });
        Thread thread = new Thread(ear, "listener");
        thread.setDaemon(true);
        thread.start();
        return ear;
    }

    @Test void hearsNotificationsAtOnce() throws InterruptedException {
        jdbi.useHandle(h -> h.execute("notify carillon_plan"));
        assertEquals(Set.of(Work.PLANS), rings.poll(20, TimeUnit.SECONDS));
        jdbi.useHandle(h -> h.execute("notify carillon_due"));
        assertEquals(Set.of(Work.SEND), rings.poll(20, TimeUnit.SECONDS));
    }

    @Test @DisplayName("REL-20: with the notification lost the poll finds it")
    void findsWhatNobodyToldOf() throws InterruptedException {
        jdbi.useHandle(h -> h.execute("insert into message_due (message_id, location_id, channel, priority, state, next_attempt_at, expires_at, route) "
            + "values (1, 1, 'SMS', 2, 'QUEUED', clock_timestamp(), clock_timestamp() + interval '1 hour', 'smpp')"));
        assertEquals(Set.of(Work.SEND), rings.poll(20, TimeUnit.SECONDS));
    }

    @Test void followsTheMovedClock() throws InterruptedException {
        Instant before = clock.now();
        jdbi.useTransaction(h -> {
            h.execute("update application_clock set offset_ms = 86400000");
            h.execute("notify carillon_clock");
        });
        assertNotNull(rings.poll(20, TimeUnit.SECONDS));
        assertTrue(Duration.between(before, clock.now()).toHours() >= 23);
    }

    @Test @DisplayName("REL-07: beats, and comes back under the same name and life after its connection was cut")
    void comesBack() {
        Node.Life life = node.life().orElseThrow();
        assertEquals("shop", life.id());
        database.owner().useHandle(h -> h.execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' "
            + "and database = (select oid from pg_database where datname = current_database())"));
        rings.clear();
        until(() -> rings.stream().anyMatch(w -> w.size() == Work.values().length));
        assertEquals(life, node.life().orElseThrow());
        jdbi.useHandle(h -> h.execute("update node set heartbeat_at = 'epoch'"));
        until(() -> jdbi.withHandle(h -> h.createQuery("select heartbeat_at > clock_timestamp() - interval '10 seconds' from node").mapTo(Boolean.class).one()));
    }

    @Test void twoProcessesOnOneMachineHaveTwoNames() {
        Node twin = new Node(jdbi);
        Listener other = listen(twin);
        until(() -> twin.life().isPresent());
        assertEquals("shop-2", twin.life().orElseThrow().id());
        other.stop();
    }

    @Test void aRestartIsANewLife() throws InterruptedException {
        listener.stop();
        Node again = new Node(jdbi);
        until(() -> jdbi.withHandle(h -> h.createQuery("select count(*) = 0 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())")
            .mapTo(Boolean.class).one()));
        Listener restarted = listen(again);
        until(() -> again.life().isPresent());
        assertEquals(new Node.Life("shop", node.life().orElseThrow().epoch() + 1), again.life().orElseThrow());
        restarted.stop();
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertTrue(condition.getAsBoolean());
    }
}
