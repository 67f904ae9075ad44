package org.carillon.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.automation.AutomationState;
import org.carillon.automation.Revision;
import org.carillon.booking.StartTimes;
import org.carillon.delivery.Outbox;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Database;
import org.carillon.plan.Reminders;
import org.carillon.plan.Replanner;
import org.carillon.repair.DueDates;
import org.carillon.simulator.Simulator;
import org.carillon.simulator.SubmitLog;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * kill -9 in the middle of the re-planning job. The test holds the lock of one location, so that the node stands in that location's step when it is
 * killed: some steps are done, one is half done, the others have not begun.
 */
class ReplanKillIT {

    private static final int LOCATIONS = 12;
    private static final int ORDERS = 600;
    /** Orders of each location whose reminder was due under the old lead time while the node was being killed. */
    private static final int SOON = 20;
    private static final int DONE = 5;
    private static final Path HOME = Path.of("target", "replan-kill");

    private Jdbi jdbi;
    private ApplicationClock clock;

    @Test @DisplayName("REL-47, P-04: kill -9 within the job that follows an edited reminder of 7,200 orders; the rest is done, nothing outdated leaves")
    void goesOnAfterAKill() throws Exception {
        Postgres.stopLeftOver(HOME.resolve("pg"));
        Directories.delete(HOME);
        try (Postgres postgres = Postgres.start(HOME.resolve("pg"), 0, HOME.resolve("postgres.log"));
             Simulator simulator = Simulator.start(Simulator.Settings.anyPorts().withDatabase(postgres.as("carillon")).withLog(HOME.resolve("submits.log")))) {
            Map<String, String> settings = new LinkedHashMap<>(postgres.settings());
            settings.putAll(simulator.settings());
            settings.put("carillon.delivery.dead", "PT10S");
            jdbi = Database.prepare(Jdbi.create(postgres.as("carillon")));
            Node node = Node.start(HOME.resolve("node1"), Ports.free(), settings).awaitReady();
            try {
                clock = new ApplicationClock(jdbi);
                long reminder = shop();
                List<Long> places = places();
                kill(node, reminder, places);
                assertEquals(0, count("select count(*) from message"), "outdated ones left");
                simulator.clock().moveBy(Duration.ofMinutes(3));  // meanwhile the old moments pass
                node = Node.start(HOME.resolve("node2"), Ports.free(), settings).awaitReady();
                await("the task is done", () -> count("select count(*) from replan_task where state = 'DONE'") == 1);
                judge(reminder);
                assertEquals(0, count("select count(*) from message"), "outdated ones left");
                // an hour later, by the new lead time, exactly those leave
                simulator.clock().moveTo(clock.refresh().plus(62, ChronoUnit.MINUTES));
                await("what is due now has left", () -> count("select count(*) from message where state in ('ACCEPTED', 'DELIVERED')") == LOCATIONS * SOON);
                assertEquals(LOCATIONS * SOON, SubmitLog.read(HOME.resolve("submits.log")).stream().filter(line -> line.protocol().equalsIgnoreCase("smpp"))
                    .map(SubmitLog.Line::destination).distinct().count());
                assertEquals(LOCATIONS * SOON, count("select count(*) from message"));
            } finally {
                node.stop();
            }
        }
    }

    private void kill(Node node, long reminder, List<Long> places) throws Exception {
        try (Handle lock = jdbi.open()) {
            lock.begin();
            lock.createQuery("select pg_advisory_xact_lock(:reminders, :place) is null").bind("reminders", 0x52454d).bind("place", places.get(DONE).intValue()).mapTo(Boolean.class).one();
            edit(reminder, places);
            await("the node stands before the lock", () -> count("select count(*) from replan_step where done_at is not null") == DONE
                && count("select count(*) from pg_locks where locktype = 'advisory' and not granted") == 1);
            node.kill();
            lock.rollback();
        }
        await("the dead node's transaction is gone", () -> count("select count(*) from pg_locks where locktype = 'advisory'") == 0);
        assertEquals(DONE, count("select count(*) from replan_step where done_at is not null"));
        assertEquals(LOCATIONS - DONE, count("select count(*) from replan_step where done_at is null"));
        assertEquals(1, count("select count(*) from replan_task where state = 'RUNNING'"));
    }

    /** As the desk does it: the change and the task in one transaction. */
    private void edit(long reminder, List<Long> places) {
        jdbi.useTransaction(h -> {
            h.execute("update automation set delay_n = 1, rev = rev + 1 where id = ?", reminder);
            int rev = h.createQuery("select rev from automation where id = ?").bind(0, reminder).mapTo(Integer.class).one();
            Outbox outbox = new Outbox(jdbi, clock);
            new Replanner(jdbi, clock, outbox, new DueDates(jdbi), new StartTimes(jdbi), new Reminders(outbox)).changedMany(List.of(new Revision(reminder, Set.copyOf(places), AutomationState.ACTIVE, false, rev)), "test");
        });
        assertEquals(LOCATIONS, count("select total from replan_task"), "left to the job");
    }

    private void judge(long reminder) {
        assertEquals(LOCATIONS * ORDERS, count("select count(*) from planned_notification where automation_id = " + reminder), "one each");
        assertEquals(LOCATIONS * ORDERS, count("select count(distinct p.subject_id) from planned_notification p join work_order o on o.id = p.subject_id join automation a on a.id = p.automation_id "
            + "where p.state = 'PLANNED' and p.plan_rev = a.rev and p.occurrence = o.due_local and p.due_at = o.due_at - interval '1 hour'"), "the right one");
        assertEquals(LOCATIONS, count("select count(*) from replan_step where done_at is not null"));
    }

    /** Orders due in two hours and a few seconds, and in three days, with a reminder two hours before. */
    private long shop() {
        Instant now = clock.refresh();
        long reminder = jdbi.inTransaction(h -> {
            h.execute("insert into order_status (code, name_fr, name_en, status_group, position) values ('NEW', 'Nouveau', 'New', 'OPEN', 1) on conflict do nothing");
            h.execute("insert into location (code, name, zone, country, language, quiet_from, quiet_to) select 'L' || n, 'Atelier ' || n, 'Etc/UTC', 'CA', 'fr', '00:00', '00:00' "
                + "from generate_series(1, ?) n", LOCATIONS);
            h.execute("insert into customer (location_id, ref, name, language, sms_consent, created_at) select l.id, l.code || '-' || n, 'Anne', 'fr', true, now() from location l, generate_series(1, ?) n", ORDERS);
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) select id, 0, p, p, true from (select id, '+1514' || (5550000 + row_number() over (order by id)) p from customer) c");
            h.execute("insert into work_order (location_id, customer_id, ref, status, status_group, due_local, due_at, opened_at, status_changed_at, last_time, created_at) "
                + "select location_id, id, 'O-' || id, 'NEW', 'OPEN', to_char(t at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI'), t, now(), now(), now(), now() from (select c.*, "
                + "date_trunc('minute', ?::timestamptz + case when split_part(ref, '-', 2)::int <= ? then interval '2 hours 2 minutes' else interval '3 days' end) t from customer c) s", java.sql.Timestamp.from(now), SOON);
            long template = h.createQuery("insert into template (name, purpose) values ('Rappel', 'REMINDER') returning id").mapTo(Long.class).one();
            h.execute("insert into template_translation (template_id, language, sms) values (?, 'fr', 'À tout à l''heure')", template);
            long id = h.createQuery("insert into automation (ref, state, trigger_kind, anchor, delay_n, delay_unit, channels, template_id) values ('kill', 'ACTIVE', 'AROUND_DATE', 'order.due', "
                + "2, 'HOURS', 'SMS', ?) returning id").bind(0, template).mapTo(Long.class).one();
            h.execute("insert into automation_location select ?, id from location", id);
            return id;
        });
        Reminders reminders = new Reminders(new Outbox(jdbi, clock));
        places().forEach(place -> jdbi.useTransaction(h -> reminders.follow(h, reminder, place, "test", now)));
        assertEquals(LOCATIONS * ORDERS, count("select count(*) from planned_notification where state = 'PLANNED'"));
        return reminder;
    }

    private List<Long> places() { return jdbi.withHandle(h -> h.createQuery("select id from location order by id").mapTo(Long.class).list()); }

    private long count(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    private interface Condition { boolean holds() throws Exception; }

    private static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(150).toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, () -> "not in time: " + what);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000L);
        }
    }
}
