package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Other products' bug reports (features.md 4), each as it is written there, on the clock of the application. */
class PainTest {

    private Shop shop;

    @BeforeEach void open() {
        shop = new Shop();
        at("2027-03-01T15:00:00Z");
    }

    private void at(String instant) { shop.frozen = Instant.parse(instant); }

    private List<String> due(String instant) {
        at(instant);
        shop.releaser.releaseDue();
        return shop.texts();
    }

    private long order() { return shop.order(shop.customer("Anne", "fr", true, "+15145550142")); }

    @Test @DisplayName("P-01: no outgoing body holds an unfilled placeholder; an empty value without fallback is HELD with MISSING_VALUE")
    void neverSendsARawTag() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Bonjour {customer.first_name}, total {order.total}", "");
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Dites {{merci}} {customer.first_name}", "");
        shop.status(order(), "READY");
        assertEquals(List.of("+15145550142 Dites {merci} Anne"), due("2027-03-01T15:00:01Z"), "braces that the author doubled stay");
        assertEquals(List.of("HELD MISSING_VALUE order.total", "RELEASED"), shop.plans());
    }

    @Test @DisplayName("P-02: two engines run the same tick on 1,000 matches: exactly 1,000 messages; ten saves without a change: none")
    void sendsOnce() throws Exception {
        shop.automation("ORDER_CREATED", null, "Bonjour {customer.first_name}", "");
        shop.jdbi.useTransaction(h -> {
            List<Long> customers = customers(h, 1_000);
            List<Long> orders = h.createQuery("insert into work_order (location_id, customer_id, ref, status, status_group, opened_at, status_changed_at, last_time, created_at) "
                + "select :place, id, gen_random_uuid()::text, 'NEW', 'OPEN', now(), now(), now(), now() from unnest(:ids) id returning id").bind("place", shop.location)
                .bindArray("ids", Long.class, customers).mapTo(Long.class).list();
            new EventLog(shop.jdbi, shop.planner::plan).record(IntStream.range(0, 1_000).mapToObj(i -> new BusinessEvent(EventType.ORDER_CREATED, Subject.order(orders.get(i)), shop.location,
                customers.get(i), shop.frozen, "test", false, "NEW", Map.of())).toList());
        });
        at("2027-03-01T15:00:01Z");
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Callable<Integer> release = shop.releaser::releaseDue;
            for (Future<Integer> done : two.invokeAll(Collections.nCopies(2, release))) {
                done.get();
            }
        } finally {
            two.shutdownNow();
        }
        assertEquals(1_000, shop.id("select count(*) from message"));
        assertEquals(1_000, shop.id("select count(distinct recipient) from message"));
        // what a save without a change records is nothing at all: StateIT
    }

    private List<Long> customers(Handle h, int count) {
        List<Long> ids = h.createQuery("insert into customer (location_id, ref, name, first_name, language, sms_consent, created_at) select :place, 'P' || n, 'P' || n, 'P' || n, 'fr', true, now() "
            + "from generate_series(1, :count) n returning id").bind("place", shop.location).bind("count", count).mapTo(Long.class).list();
        h.createUpdate("insert into customer_phone (customer_id, position, raw, e164, sms_able) select id, 0, p, p, true from (select id, '+1514' || (5550000 + row_number() over ()) p "
            + "from unnest(:ids) id) c").bindArray("ids", Long.class, ids).execute();
        return ids;
    }

    @Test @DisplayName("P-03: cancelled one minute before the reminder: none; moved from 08:00 to 15:00: one, with 15:00")
    void saysNothingOfWhatWasCancelledOrMoved() {
        shop.reminder(1, "DAYS", "A {order.due_at_time}", "");
        long cancelled = order();
        shop.due(cancelled, "2027-03-03T10:00");
        at("2027-03-02T14:59:00Z");
        shop.run("update work_order set status_group = 'CANCELLED' where id = " + cancelled);
        shop.record(cancelled, EventType.ORDER_STATUS_CHANGED, "CLOSED", Map.of("from", "NEW", "to", "CLOSED"), false);
        assertEquals(List.of(), due("2027-03-02T15:00:00Z"));
        assertEquals(List.of("CANCELLED ORDER_CLOSED"), shop.plans());
        long moved = order();
        shop.due(moved, "2027-03-05T08:00");
        shop.due(moved, "2027-03-05T15:00");
        assertEquals(List.of(), due("2027-03-04T13:00:01Z"));
        assertEquals(List.of("+15145550142 A 15 h 00"), due("2027-03-05T19:00:00Z"), "one, late or not");
    }

    @Test @DisplayName("P-04: the lead time changes from 24 h to 2 h: every future appointment has one re-planned reminder")
    void keepsAReminderForEach() {
        long reminder = shop.reminder(24, "HOURS", "Rappel", "");
        List<Long> orders = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            orders.add(order());
            shop.due(orders.get(i), LocalDateTime.parse("2027-03-08T09:00").plusHours(i % 8).plusDays(i % 5).toString());
        }
        shop.edit(reminder, "delay_n = 2");
        assertEquals(30, shop.id("select count(*) from planned_notification"));
        assertEquals(30, shop.id("select count(distinct p.subject_id) from planned_notification p join work_order o on o.id = p.subject_id where p.state = 'PLANNED' and "
            + "(p.due_at = o.due_at - interval '2 hours' or extract(hour from o.due_at at time zone 'UTC') in (13, 14) and p.due_at between o.due_at - interval '13 hours' and o.due_at)"));
    }

    @Test @DisplayName("P-05: due inside the lead time at creation: LEAD_TIME_PASSED, no send")
    void doesNotRemindOutsideItsWindow() {
        shop.reminder(72, "HOURS", "Rappel", "");
        shop.due(order(), "2027-03-02T10:00");
        assertEquals(List.of("SKIPPED LEAD_TIME_PASSED"), shop.plans());
        assertEquals(List.of(), due("2027-03-02T14:00:00Z"));
    }

    @Test @DisplayName("P-06: closed at the moment it should leave: it waits with OUTSIDE_HOURS and leaves at the next permitted instant")
    void waitsAndIsNotLost() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "opening_hours_only=true");
        shop.status(order(), "READY");  // Monday 10:00, open
        assertEquals(List.of(), due("2027-03-01T22:00:00Z"), "the engine looked at 17:00 only");
        assertEquals(List.of("PLANNED OUTSIDE_HOURS"), shop.plans());
        assertEquals(List.of(), due("2027-03-02T12:59:59Z"));
        assertEquals(1, due("2027-03-02T13:00:00Z").size());
    }

    @Test @DisplayName("P-07: three days after the closing, two days before the due date, each at its moment")
    void countsDays() {
        shop.automation("ORDER_STATUS_CHANGED", "CLOSED", "Votre avis", "delay_n, delay_unit=3, 'DAYS'");
        shop.reminder(2, "DAYS", "Rappel", "");
        shop.status(order(), "CLOSED");
        shop.due(order(), "2027-03-08T10:00");
        assertEquals(List.of(), due("2027-03-04T14:59:59Z"));
        assertEquals(List.of("+15145550142 Votre avis"), due("2027-03-04T15:00:00Z"));
        assertEquals(1, due("2027-03-06T14:59:59Z").size());
        assertEquals(List.of("+15145550142 Votre avis", "+15145550142 Rappel"), due("2027-03-06T15:00:00Z"));
    }

    @Test @DisplayName("P-08: what was being committed while the engine looked is found by the next look; a date set to today is processed today")
    void missesNothingBetweenTwoLooks() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "");
        shop.reminder(2, "HOURS", "Rappel", "");
        long order = order();
        try (Handle slow = shop.jdbi.open()) {
            slow.begin();
            slow.execute("insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, due_at, "
                + "expires_at, tz_version, state, created_at, changed_at) select a.id, 1, 1, o.location_id, 'ORDER', o.id, o.customer_id, 'e1', 'SMS', 'CUSTOMER', ?, ?, 'x', 'PLANNED', now(), now() "
                + "from automation a, work_order o where a.trigger_kind = 'ON_EVENT'", java.sql.Timestamp.from(shop.frozen), java.sql.Timestamp.from(shop.frozen.plusSeconds(3_600)));
            assertEquals(List.of(), due("2027-03-01T15:00:10Z"), "not committed yet");
            slow.commit();
        }
        assertEquals(List.of("+15145550142 Pret"), due("2027-03-01T15:00:11Z"));
        shop.due(order, "2027-03-01T15:00");  // at 10:00, for 15:00 today
        assertEquals(1, due("2027-03-01T17:59:59Z").size());
        assertEquals(2, due("2027-03-01T18:00:00Z").size());
    }

    @Test @DisplayName("P-09: 2026-11-22 19:30 in Montréal, the server elsewhere: the text says 22 November, 19:30")
    void saysTheLocationsHour() {
        at("2026-11-20T15:00:00Z");
        shop.reminder(2, "HOURS", "Le {order.due_at_date} a {order.due_at_time}", "");
        shop.due(order(), "2026-11-22T19:30");
        assertEquals(List.of("+15145550142 Le 22 novembre 2026 a 19 h 30"), due("2026-11-22T22:30:00Z"));
    }

    @Test @DisplayName("P-10: 02:30 on the day that skips it leaves once, at 03:00; 01:30 on the day that has it twice leaves once, at the first")
    void leavesOnceWhereTheClocksChange() {
        shop.run("update location set quiet_from = '00:00', quiet_to = '00:00'");
        shop.reminder(1, "DAYS", "Rappel", "");
        at("2026-03-01T15:00:00Z");
        shop.due(order(), "2026-03-09T02:30");
        assertEquals(List.of("2026-03-08T07:00:00Z"), minutes("2026-03-08T05:00:00Z"), "the instant of the change, 03:00");
        shop.due(order(), "2026-11-02T01:30");
        assertEquals(List.of("2026-11-01T05:30:00Z"), minutes("2026-11-01T04:00:00Z"), "the first 01:30, and not the second");
        shop.reminder(24, "HOURS", "Ecoule", "");
        shop.due(order(), "2027-03-15T00:30");
        assertEquals(List.of("PLANNED 2027-03-15T00:30 2027-03-14T05:30:00Z", "PLANNED 2027-03-15T00:30 2027-03-14T04:30:00Z"), shop.reminders(), "a calendar day, and 24 hours");
    }

    /** The minutes of five hours at which something left. */
    private List<String> minutes(String from) {
        List<String> left = new ArrayList<>();
        for (int minute = 0; minute < 300; minute++) {
            int before = shop.texts().size();
            shop.frozen = Instant.parse(from).plus(Duration.ofMinutes(minute));
            shop.releaser.releaseDue();
            for (int i = before; i < shop.texts().size(); i++) {
                left.add(shop.frozen.toString());
            }
        }
        return left;
    }

    @Test @DisplayName("P-19: paused, all that is pending is held within the tick, and nothing leaves after")
    void stopsWhenSwitchedOff() {
        long automation = shop.automation("ORDER_STATUS_CHANGED", "CLOSED", "Suivi", "delay_n, delay_unit=2, 'HOURS'");
        long reminder = shop.reminder(2, "HOURS", "Rappel", "");
        shop.status(order(), "CLOSED");
        shop.due(order(), "2027-03-01T14:00");
        shop.edit(automation, "state = 'PAUSED'");
        shop.edit(reminder, "state = 'PAUSED'");
        assertEquals(List.of("HELD AUTOMATION_PAUSED", "HELD AUTOMATION_PAUSED"), shop.plans());
        for (int hour = 16; hour < 24; hour += 2) {
            assertEquals(List.of(), due("2027-03-01T" + hour + ":00:00Z"));
        }
    }

    @Test @DisplayName("P-39: the quiet hours that a new location shows hold although nobody saved them")
    void keepsTheDefaultsItShows() {
        shop.reminder(1, "HOURS", "Rappel", "");
        shop.due(order(), "2027-03-02T22:30");  // 21:30 is quiet by default
        assertTrue(due("2027-03-03T01:44:59Z").isEmpty());
        assertEquals(1, due("2027-03-03T01:45:00Z").size(), "a quarter of an hour before 21:00");
    }
}
