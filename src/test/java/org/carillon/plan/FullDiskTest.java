package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.automation.AutomationState;
import org.carillon.automation.Revision;
import org.carillon.booking.StartTimes;
import org.carillon.job.batch.ReplanBatchlet;
import org.carillon.repair.DueDates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the planner and the releaser make of a database that is out of something, on a real one that says so. */
class FullDiskTest {

    private final Shop shop = new Shop();

    @BeforeEach void open() { shop.at("2027-03-01T15:00:00Z"); }

    @AfterEach void heal() {
        owner("drop trigger if exists refused on message");
        owner("drop trigger if exists refused on planned_notification");
    }

    private void owner(String sql) { shop.owner().useHandle(h -> h.execute(sql)); }

    /** @param when of the trigger: which rows cannot be written */
    private void refuse(String table, String errcode, String when) {
        owner("create or replace function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused' using errcode = '" + errcode + "'; end $$");
        owner("create trigger refused before insert or update on " + table + " for each row when (" + when + ") execute function refuse()");
    }

    private void due(int orders) {
        long customer = shop.customer("Sophie", "fr", true, "+15145550142");
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Votre voiture est prete", "");
        for (int i = 0; i < orders; i++) {
            shop.status(shop.order(customer), "READY");
        }
    }

    private Map<String, Long> plans() {
        return shop.jdbi.withHandle(h -> h.createQuery("select state || coalesce(' ' || reason, '') as state, count(*) as n from planned_notification group by 1")
            .reduceRows(new java.util.TreeMap<>(), (all, row) -> {
                all.put(row.getColumn("state", String.class), row.getColumn("n", Long.class));
                return all;
            }));
    }

    @ParameterizedTest(name = "REL-30: SQLSTATE {0}: what is due stays planned, and leaves when there is room") @ValueSource(strings = {"53100", "53200", "53300", "57P03"})
    void staysPlanned(String errcode) {
        due(12);
        refuse("message", errcode, "true");
        assertThrows(RuntimeException.class, shop.releaser::releaseDue);
        assertEquals(Map.of("PLANNED", 12L), plans());
        heal();
        shop.releaser.releaseDue();
        assertEquals(Map.of("RELEASED", 12L), plans());
    }

    @Test @DisplayName("A row that nothing else is wrong with is put aside with its error, and the others leave")
    void putsAsideWhatIsBroken() {
        due(12);
        refuse("message", "22000", "new.plan_id = " + shop.id("select min(id) from planned_notification"));
        shop.releaser.releaseDue();
        assertEquals(Map.of("HELD INTERNAL_ERROR", 1L, "RELEASED", 11L), plans());
    }

    @Test @DisplayName("REL-30: a re-planning task that finds the disk full is given back, and another node ends it")
    void givesTheTaskBack() {
        long reminder = shop.reminder(24, "HOURS", "Rappel", "");
        shop.due(shop.order(shop.customer("Sophie", "fr", true, "+15145550142")), "2027-03-10T11:00");
        shop.jdbi.useTransaction(h -> shop.replanner.follow(h, new Revision(reminder, Set.of(shop.location), AutomationState.ACTIVE, false, 1), shop.clock.now()));
        shop.run("update automation set delay_n = 2, rev = rev + 1 where id = " + reminder);
        Replanning replanning = new Replanning(shop.jdbi, shop.clock, shop.replanner, new DueDates(shop.jdbi), new StartTimes(shop.jdbi)) {
            @Override public void run(long task, Step step) { shop.jdbi.useTransaction(h -> super.run(task, step)); }
        };
        shop.jdbi.useTransaction(h -> Replanning.request(h, List.of(reminder), List.of(shop.location), "test", shop.clock.now()));
        shop.run("insert into node (id, started_at, heartbeat_at) values ('a', now(), now()), ('b', now(), now())");
        long task = replanning.claim("a", 1, 30_000).orElseThrow();
        refuse("planned_notification", "53100", "true");
        assertEquals("GIVEN_BACK", new ReplanBatchlet(Long.toString(task), replanning).process());
        heal();
        assertEquals(task, replanning.claim("b", 1, 30_000).orElseThrow());
        assertEquals("DONE", new ReplanBatchlet(Long.toString(task), replanning).process());
        assertEquals(1, shop.id("select count(*) from planned_notification where plan_rev = 2 and state = 'PLANNED'"));
    }
}
