package org.carillon.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.carillon.TestDatabase;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.Node;
import org.carillon.fact.ApplicationClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** REL-51: the database's own time leaps. */
class LeapTest {

    @Test void onlyALeapIsOne() {
        ClockWatch watch = new ClockWatch();
        Instant at = Instant.parse("2026-11-23T08:00:00Z");
        long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);  // the monotonic clock may wrap
        assertEquals(Duration.ZERO, watch.leapt(at, nanos));
        assertEquals(Duration.ZERO, watch.leapt(at.plusSeconds(10), nanos + TimeUnit.SECONDS.toNanos(10)));
        assertEquals(Duration.ZERO, watch.leapt(at.plusSeconds(310), nanos + TimeUnit.SECONDS.toNanos(11)), "five minutes may be a machine that was suspended");
        assertEquals(Duration.ofHours(1), watch.leapt(at.plusSeconds(311).plus(Duration.ofHours(1)), nanos + TimeUnit.SECONDS.toNanos(12)));
        assertEquals(Duration.ofHours(-1), watch.leapt(at.plusSeconds(312), nanos + TimeUnit.SECONDS.toNanos(13)));
    }

    @Test @DisplayName("REL-51: an hour forward holds the node, back does not, and the test offset is no leap")
    void anHourForwardHoldsTheNode() {
        TestDatabase database = TestDatabase.fresh();
        // a clock of our own before the server's, as if somebody had set it
        database.owner().useHandle(h -> {
            h.execute("create schema skewed");
            h.execute("create table skewed.leap (by interval not null)");
            h.execute("insert into skewed.leap values ('0')");
            h.execute("create function skewed.clock_timestamp() returns timestamptz language sql volatile as 'select pg_catalog.clock_timestamp() + by from skewed.leap'");
            h.execute("grant usage on schema skewed to carillon_app");
            h.execute("grant select on skewed.leap to carillon_app");
            h.execute("do $$ begin execute format('alter role carillon_app in database %I set search_path = skewed, public, pg_catalog', current_database()); end $$");
        });
        ApplicationClock clock = new ApplicationClock(database.jdbi());
        Node node = new Node(database.jdbi());
        Listener listener = new Listener(database.as("carillon_app"), clock, node, "shop", Deadlines.DEFAULT, "", (work, routes) -> { });
        Thread thread = new Thread(listener, "listener");
        thread.setDaemon(true);
        thread.start();
        until(() -> node.life().isPresent() && !node.held());
        database.owner().useHandle(h -> h.execute("update application_clock set offset_ms = 7200000"));
        until(() -> clock.now().isAfter(Instant.now().plus(Duration.ofMinutes(110))));
        assertFalse(node.held(), "tests move the clock this way");
        database.owner().useHandle(h -> h.execute("update skewed.leap set by = '-1 hour'"));
        until(() -> clock.now().isBefore(Instant.now().plus(Duration.ofMinutes(70))));
        assertFalse(node.held(), "back: what was sent stays sent");
        database.owner().useHandle(h -> h.execute("update skewed.leap set by = '1 hour'"));
        until(node::held);
        listener.stop();
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertTrue(condition.getAsBoolean());
    }
}
