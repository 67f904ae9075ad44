package org.carillon.plan;

import static org.carillon.plan.Finder.all;
import static org.carillon.plan.Finder.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.carillon.audience.Operator;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.automation.Schedule;
import org.carillon.job.batch.AudienceBatchlet;
import org.carillon.report.AutomationList;
import org.carillon.shop.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The job that makes the runs: it can be killed, stopped and started again, and each run stands alone")
class AudienceJobTest {

    private final Finder f = new Finder();
    private final Shop shop = f.shop;
    /** Within the transaction of a run, when all is planned. */
    private LongConsumer then = id -> { };
    private int made;
    private final AudienceRuns runs = new AudienceRuns(shop.jdbi, shop.clock, f.shelf, new AudienceSearch(shop.fields, shop.recheck)) {
        @Override public boolean make(long id) {
            return shop.jdbi.inTransaction(h -> {
                boolean done = super.make(id);
                made++;
                then.accept(id);
                return done;
            });
        }
    };
    private final AudienceBatchlet job = new AudienceBatchlet(runs);

    @BeforeEach void threeAreDue() {
        shop.frozen = Instant.parse("2027-02-10T13:30:00Z");
        for (String text : List.of("Un", "Deux", "Trois")) {
            f.on(f.draft(all(rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(1))), new Schedule.Daily(LocalTime.of(11, 0), EnumSet.allOf(DayOfWeek.class)), text));
        }
        f.closed(f.customer("Sophie", "+15145550142"), "2027-02-09T20:00:00Z");
        shop.frozen = Instant.parse("2027-02-10T16:00:00Z");
        f.runs.request();
    }

    private List<String> states() { return shop.jdbi.withHandle(h -> h.createQuery("select concat_ws(' ', state, planned, error::json ->> 'cause') from audience_run order by id").mapTo(String.class).list()); }

    @Test void goesOnAfterAKillInTheMiddle() {
        then = id -> {
            if (made == 2) {
                throw new AssertionError("killed");
            }
        };
        assertThrows(AssertionError.class, job::process);
        assertEquals(List.of("DONE 1", "REQUESTED 0", "REQUESTED 0"), states());
        assertEquals(List.of("PLANNED"), shop.plans(), "the second left nothing");
        then = id -> { };
        assertEquals("DONE", new AudienceBatchlet(runs).process());
        assertEquals(List.of("DONE 1", "DONE 1", "DONE 1"), states());
        assertEquals(3, f.at("2027-02-10T16:00:01Z").size());
    }

    @Test void stopsBetweenTwoRuns() {
        then = id -> job.stop();
        assertEquals("STOPPED", job.process());
        assertEquals(List.of("DONE 1", "REQUESTED 0", "REQUESTED 0"), states());
    }

    @Test void leavesOneThatFailsForLater() {
        then = id -> {
            if (made == 1) {
                throw new IllegalStateException("the database said something that nobody should read here");
            }
        };
        assertEquals("DONE", job.process());
        assertEquals(List.of("REQUESTED 0 INTERNAL", "DONE 1", "DONE 1"), states());
        assertTrue(!row(0).error().contains("Exception") && !row(0).error().contains("nobody"), row(0).error());
        assertEquals("FAILED", new AutomationList(shop.jdbi).page(Scope.everything(), shop.frozen, null).rows().stream().map(AutomationList.Row::trouble).filter(t -> t != null).findFirst().orElse(null));
        shop.frozen = Instant.parse("2027-02-10T16:02:00Z");
        assertEquals("DONE", job.process());
        assertEquals(List.of("DONE 1", "DONE 1", "DONE 1"), states());
        assertEquals(0, new AutomationList(shop.jdbi).page(Scope.everything(), shop.frozen, null).rows().stream().filter(r -> r.trouble() != null).count());
    }

    private AutomationList.Run row(int n) {
        long automation = shop.id("select automation_id from audience_run order by id limit 1 offset " + n);
        return new AutomationList(shop.jdbi).runs(Scope.everything(), automation, null).rows().get(0);
    }

    @Test @DisplayName("A run that is being made is seen as under way by whoever looks at its history, the others wait or are done")
    void isSeenUnderWay() {
        StringBuilder seen = new StringBuilder();
        then = id -> seen.append(CompletableFuture.supplyAsync(() -> row(0).state() + " " + row(1).state() + " " + row(2).state()).join()).append('\n');
        job.process();
        assertEquals("RUNNING REQUESTED REQUESTED\nDONE RUNNING REQUESTED\nDONE DONE RUNNING\n", seen.toString());
    }
}
