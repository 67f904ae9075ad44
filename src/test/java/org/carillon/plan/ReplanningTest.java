package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.carillon.automation.AutomationState;
import org.carillon.automation.Revision;
import org.carillon.booking.StartTimes;
import org.carillon.repair.DueDates;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Re-planning by a task, on a real database. */
class ReplanningTest {

    private final Shop shop = new Shop();
    private final Replanning replanning = new Replanning(shop.jdbi, shop.clock, shop.replanner, new DueDates(shop.jdbi), new StartTimes(shop.jdbi)) {
        @Override public int followZoneData() { return shop.jdbi.inTransaction(h -> super.followZoneData()); }
        // the container's transactions, by hand
        @Override public java.util.Optional<Long> claim(String node, long epoch, long dead) { return shop.jdbi.inTransaction(h -> super.claim(node, epoch, dead)); }
        @Override public void run(long task, Step step) { shop.jdbi.useTransaction(h -> super.run(task, step)); }
    };
    private long reminder;

    /** 6,000 open orders due by day within two weeks, more than follow at once. */
    private void many() {
        shop.at("2027-03-01T15:00:00Z");
        long customer = shop.customer("Sophie", "fr", true, "+15145550142");
        shop.run("insert into work_order (location_id, customer_id, ref, status, status_group, due_local, due_at, opened_at, status_changed_at, last_time, created_at) select " + shop.location
            + ", " + customer + ", 'O' || n, 'NEW', 'OPEN', to_char(t, 'YYYY-MM-DD\"T\"HH24:MI'), t at time zone 'America/Toronto', now(), now(), now(), now() from (select n, timestamp '2027-03-10 11:00' "
            + "+ n % 480 * interval '1 minute' + n / 480 * interval '1 day' t from generate_series(1, 6000) n) s");
        reminder = shop.reminder(24, "HOURS", "Rappel", "");
        shop.jdbi.useTransaction(h -> shop.replanner.follow(h, new Revision(reminder, Set.of(shop.location), AutomationState.ACTIVE, false, 1), shop.clock.now()));
    }

    private long count(String which) { return shop.id("select count(*) from planned_notification where " + which); }

    @Test @DisplayName("REL-47, P-04: a task re-plans all orders, goes on after a kill, and nothing of the older revision leaves before")
    void goesOnAfterAKill() {
        many();
        assertEquals(6000, count("state = 'PLANNED' and due_at = (select o.due_at from work_order o where o.id = subject_id) - interval '24 hours'"));
        shop.run("update automation set delay_n = 2, rev = rev + 1 where id = " + reminder);
        shop.jdbi.useTransaction(h -> Replanning.request(h, List.of(reminder), List.of(shop.location), "test", shop.clock.now()));
        shop.run("insert into node (id, started_at, heartbeat_at) values ('dead', now(), now() - interval '1 hour')");
        long task = replanning.claim("dead", 1, 30_000).orElseThrow();
        assertEquals(java.util.Optional.of(task), replanning.claim("alive", 1, 30_000), "its node is dead");
        shop.run("insert into node (id, started_at, heartbeat_at) values ('alive', now(), now())");
        assertTrue(replanning.claim("other", 1, 30_000).isEmpty(), "somebody works on it");
        replanning.remaining(task).forEach(step -> replanning.run(task, step));
        assertEquals(List.of(), replanning.remaining(task));
        replanning.finish(task, null);
        assertEquals(6000, count("plan_rev = 2 and state = 'PLANNED'"));
        assertEquals(6000, count("due_at = (select o.due_at from work_order o where o.id = subject_id) - interval '2 hours'"));
        assertEquals("DONE 6000", shop.jdbi.withHandle(h -> h.createQuery("select state || ' ' || changed from replan_task").mapTo(String.class).one()));
    }

    @Test @DisplayName("REL-42: newer time zone data; every reminder keeps its wall time")
    void followsNewerZoneData() {
        shop.at("2027-03-01T15:00:00Z");
        shop.reminder(60, "MINUTES", "Rappel", "");
        shop.due(shop.order(shop.customer("Sophie", "fr", true, "+15145550142")), "2027-03-04T15:00");
        assertEquals(0, replanning.followZoneData(), "nothing is newer");
        // as older data, an hour off, had planned it
        shop.run("update planned_notification set tz_version = '2020a', due_at = due_at + interval '1 hour', expires_at = expires_at + interval '1 hour'");
        shop.run("update work_order set due_at = due_at + interval '1 hour'");
        assertEquals(1, replanning.followZoneData());
        long task = replanning.claim("node", 1, 30_000).orElseThrow();
        replanning.remaining(task).forEach(step -> replanning.run(task, step));
        assertEquals(List.of("PLANNED 2027-03-04T15:00 2027-03-04T19:00:00Z"), shop.reminders());
        assertEquals(0, replanning.followZoneData());
    }
}
