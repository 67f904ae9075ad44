package org.carillon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.carillon.TestDatabase;
import org.carillon.report.CustomerList.Row;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two locations, each with its customers, orders, plans and messages; every reader is asked as somebody of Montréal, of Paris, and of nowhere. */
class ReportTest {

    private static final Jdbi JDBI = TestDatabase.fresh().jdbi();
    private static final Instant NOW = Instant.parse("2026-11-20T20:00:00Z");
    private static final Scope MTL = Scope.of(Set.of(1L));
    private static final Scope PAR = Scope.of(Set.of(2L));
    private static final Newest.Filter ALL_ORDERS = new Newest.Filter(null, null, null, null, null);
    private static final MessageLog.Filter ALL_MESSAGES = new MessageLog.Filter(null, null, null, null, null, null);

    @BeforeAll static void fill() {
        JDBI.useHandle(h -> {
            h.execute("insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr'), (2, 'PAR', 'Bastille', 'Europe/Paris', 'FR', 'fr')");
            h.execute("insert into order_status (id, code, name_fr, name_en, status_group, position) values (1, 'NEW', 'Nouveau', 'New', 'OPEN', 1), (2, 'READY', 'Prêt', 'Ready', 'READY', 2)");
            h.execute("insert into location_status values (1, 1), (1, 2), (2, 1)");
            // three of each location by turns; the last one lives in Paris and has an order in Montréal
            h.execute("insert into customer (id, location_id, ref, name, language, search_text, created_at) select g, 1 + g % 2, 'C' || g, 'Client ' || lpad(g::text, 3, '0'), 'fr', "
                + "'client ' || lpad(g::text, 3, '0') || ' 514555' || (1000 + g), ?::timestamptz from generate_series(1, 130) g", NOW.toString());
            h.execute("insert into work_order (id, location_id, customer_id, ref, status, status_group, opened_at, status_changed_at, last_time, created_at, search_text, object_label) "
                + "select g, 1 + g % 2, g, 'R' || g, case when g % 4 < 2 then 'NEW' else 'READY' end, case when g % 4 < 2 then 'OPEN' else 'READY' end, t, t, t, t, 'r' || g, 'Objet' "
                + "from generate_series(1, 130) g, (select ?::timestamptz t) x", NOW.toString());
            h.execute("insert into work_order (id, location_id, customer_id, ref, status, status_group, opened_at, status_changed_at, last_time, created_at) "
                + "select 500, 1, 1, 'away', 'NEW', 'OPEN', t, t, t, t from (select ?::timestamptz t) x", NOW.toString());
            h.execute("update work_order set due_local = '2026-11-20T16:00', due_at = '2026-11-20T21:00Z' where id = 4");
            h.execute("insert into message (id, location_id, customer_id, subject_type, subject_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, state, reason, settled_at) "
                + "select g, 1 + g % 2, g, 'ORDER', g, 'SMS', 'TRANSACTIONAL', '+1514555' || (1000 + g), 'texte ' || g, 'NO_RESEND', t - g * interval '7 minutes', t, "
                + "case when g % 5 = 0 then 'FAILED' else 'DELIVERED' end, case when g % 5 = 0 then 'PERMANENT_REFUSAL' end, t from generate_series(1, 130) g, (select ?::timestamptz t) x", NOW.toString());
            h.execute("insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, due_at, "
                + "expires_at, tz_version, state, reason, created_at, changed_at) select 1, 1, 1, 1 + g % 2, 'ORDER', g, g, 'e' || g, 'EMAIL', 'CUSTOMER', t + (g % 7) * interval '1 hour', t, 'x', "
                + "case when g % 3 = 0 then 'SKIPPED' when g % 3 = 1 then 'PLANNED' else 'HELD' end, case when g % 3 = 0 then 'NO_CONSENT' when g % 3 = 2 then 'MISSING_VALUE' end, "
                + "t - g * interval '5 minutes', t from generate_series(1, 130) g, (select ?::timestamptz t) x", NOW.toString());
            h.execute("insert into business_event (type, subject_type, subject_id, location_id, customer_id, at, actor, data) values "
                + "('ORDER_CREATED', 'ORDER', 2, 1, 2, ?::timestamptz, 'Karim', '{\"status\":\"NEW\"}'), ('ORDER_STATUS_CHANGED', 'ORDER', 2, 1, 2, ?::timestamptz, 'Karim', '{\"from\":\"NEW\",\"to\":\"READY\"}')",
                NOW.minusSeconds(60).toString(), NOW.minusSeconds(30).toString());
            h.execute("insert into consent_event (customer_id, purpose, granted, at, zone, recorded_at, how, language, actor, source) values (2, 'SMS', true, now(), 'UTC', now(), 'ORAL', 'fr', 'Karim', 'page')");
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (2, 0, '514 555-1002', '+15145551002', true)");
            h.execute("insert into suppression (channel, address, reason, at, actor) values ('SMS', '+15145551002', 'OPTED_OUT', now(), 'reply')");
        });
    }

    private final OrderList orders = new OrderList(JDBI);
    private final MessageLog log = new MessageLog(JDBI);
    private final PlannedList planned = new PlannedList(JDBI);
    private final CustomerList customers = new CustomerList(JDBI);

    @Test @DisplayName("SEC-13: a foreign location's rows never appear in any list")
    void showsOnlyOnesOwnLocations() {
        assertTrue(every(a -> orders.read(MTL, new Newest.Filter(null, null, null, null, a))).stream().allMatch(o -> o.location().equals("Rosemont")));
        assertTrue(every(a -> log.read(PAR, new MessageLog.Filter(null, null, null, null, null, a))).stream().allMatch(m -> m.location().equals("Bastille")));
        for (Look look : List.of(Look.PLANNED, Look.HELD)) {
            assertTrue(every(a -> planned.ahead(PAR, look, a, 10)).stream().allMatch(p -> p.location().equals("Bastille")));
        }
        assertTrue(every(a -> planned.refused(MTL, a)).stream().allMatch(p -> p.location().equals("Rosemont")));
        assertEquals(List.of("Rosemont"), every(a -> customers.read(MTL, null, a)).stream().filter(c -> c.id() != 1).map(Row::location).distinct().toList());
        assertTrue(customers.suggest(PAR, "client").stream().allMatch(c -> c.id() % 2 == 1));
    }

    @Test @DisplayName("SEC-13: nobody's scope is empty everywhere, and a foreign card is not there")
    void hidesForeignCards() {
        Scope nothing = Scope.nothing();
        assertTrue(orders.read(nothing, ALL_ORDERS).isEmpty() && log.read(nothing, ALL_MESSAGES).isEmpty() && customers.read(nothing, null, null).isEmpty());
        assertTrue(orders.counts(nothing, ALL_ORDERS).isEmpty() && log.counts(nothing, ALL_MESSAGES).isEmpty() && planned.counts(nothing, NOW).isEmpty());
        assertTrue(new OrderCard(JDBI).find(PAR, 2).isEmpty());
        assertTrue(new OrderFeed(JDBI).read(PAR, 2).isEmpty());
        assertTrue(new MessageCard(JDBI).find(PAR, 2).isEmpty());
        assertTrue(new CustomerCard(JDBI).find(PAR, 2).isEmpty());
        assertTrue(customers.pick(PAR, 2).isEmpty());
        assertTrue(new HomeFigures(JDBI).days(nothing, NOW, 14).isEmpty());
    }

    @Test void showsACustomerWhereThereIsAnOrderOfTheirs() {
        assertTrue(new CustomerCard(JDBI).find(MTL, 1).isPresent());
        assertTrue(new CustomerCard(JDBI).find(MTL, 3).isEmpty());
        assertTrue(customers.pick(MTL, 1).isPresent());
    }

    @Test void pagesThroughEveryRowOnce() {
        assertEquals(131, distinct(every(a -> orders.read(Scope.everything(), new Newest.Filter(null, null, null, null, a))), OrderList.Row::id));
        assertEquals(130, distinct(every(a -> customers.read(Scope.everything(), null, a)), Row::id));
        assertEquals(260, distinct(every(a -> log.read(Scope.everything(), new MessageLog.Filter(null, null, null, null, null, a), 17)), m -> m.plan() + ":" + m.id()));
        assertEquals(44, distinct(every(a -> planned.ahead(Scope.everything(), Look.PLANNED, a, 7)), PlannedList.Row::id));
        assertEquals(43, distinct(every(a -> planned.refused(Scope.everything(), a)), PlannedList.Row::id));
    }

    @Test void forgivesACursorThatIsNone() {
        for (String junk : List.of("x", "-1", "99999999999999999999", "1.", "'; drop table message", "1.2.3")) {
            assertFalse(orders.read(MTL, new Newest.Filter(null, null, null, null, junk)).isEmpty(), junk);
            assertFalse(log.read(MTL, new MessageLog.Filter(null, null, null, null, null, junk)).isEmpty(), junk);
            assertFalse(planned.ahead(MTL, Look.PLANNED, junk, 5).isEmpty(), junk);
        }
        assertFalse(customers.read(MTL, null, "x").isEmpty());
    }

    @Test void filtersAndCounts() {
        assertEquals(Set.of("READY"), new HashSet<>(orders.read(MTL, new Newest.Filter(null, "READY", null, null, null)).rows().stream().map(OrderList.Row::group).toList()));
        assertEquals(66, orders.counts(MTL, ALL_ORDERS).values().stream().mapToLong(n -> n).sum());
        assertEquals(1, orders.read(MTL, new Newest.Filter("514 555-1002", null, null, null, null)).rows().size());
        assertEquals(List.of(2L), customers.read(MTL, "CLIENT 002", null).rows().stream().map(Row::id).toList());
        assertEquals(26, log.counts(Scope.everything(), ALL_MESSAGES).get(Look.FAILED));
        assertEquals(43, log.counts(Scope.everything(), ALL_MESSAGES).get(Look.SKIPPED));
        assertTrue(log.read(MTL, new MessageLog.Filter(Look.FAILED, null, null, null, null, null)).rows().stream().allMatch(m -> m.state().equals("FAILED")));
        assertTrue(log.read(MTL, new MessageLog.Filter(null, "EMAIL", null, null, null, null)).rows().stream().allMatch(MessageLog.Row::plan));
        assertTrue(customers.read(MTL, "%", null).isEmpty(), "a wildcard is taken literally");
    }

    @Test void tellsAnOrdersStoryBackwards() {
        List<OrderFeed.Item> feed = new OrderFeed(JDBI).read(MTL, 2);
        assertEquals(List.of("Intended", "Written", "Happened", "Happened"), feed.stream().map(i -> i.getClass().getSimpleName()).toList());
        assertTrue(feed.get(0).ahead());
        OrderFeed.Happened changed = (OrderFeed.Happened) feed.get(2);
        assertEquals("Prêt", changed.to().in("fr"));
        assertEquals("New", changed.from().in("en"));
        assertFalse(OrderFeed.isMoving(feed, NOW.plusSeconds(3600)), "a delivered message and a held plan do not move");
    }

    @Test void keepsTheWholeCard() {
        OrderCard.Card card = new OrderCard(JDBI).find(MTL, 2).orElseThrow();
        assertEquals("Karim", card.openedBy());
        assertNull(card.dueAt());
        assertEquals(java.time.LocalDateTime.of(2026, 11, 20, 16, 0), new OrderCard(JDBI).find(MTL, 4).orElseThrow().dueLocal());
        assertEquals(List.of("NEW", "READY"), new OrderCard(JDBI).steps(1).stream().map(OrderCard.Step::code).toList());
        assertEquals(List.of("NEW"), new OrderCard(JDBI).steps(2).stream().map(OrderCard.Step::code).toList());
        CustomerCard.Card person = new CustomerCard(JDBI).find(MTL, 2).orElseThrow();
        assertTrue(person.last("SMS").granted());
        assertNull(person.last("EMAIL"));
        assertEquals("OPTED_OUT", person.phones().get(0).stopped());
        assertTrue(customers.read(MTL, "client 002", null).rows().get(0).suppressed());
    }

    @Test
    void countsByTheLocationsOwnDay() {
        List<HomeFigures.Day> days = new HomeFigures(JDBI).days(MTL, NOW, 14);
        assertEquals(14, days.size());
        HomeFigures.Day today = days.get(13);
        assertEquals(java.time.LocalDate.of(2026, 11, 20), today.date());
        // Montréal has even numbers; its day began at 05:00 UTC, 15 hours before now: messages 7 minutes apart, up to number 128
        assertEquals(64, today.of(Look.DELIVERED) + today.of(Look.FAILED));
        assertEquals(21, today.of(Look.SKIPPED));
    }

    private static <T> List<T> every(Function<String, Part<T>> reader) {
        List<T> all = new ArrayList<>();
        String after = null;
        do {
            Part<T> part = reader.apply(after);
            all.addAll(part.rows());
            after = part.next();
        } while (after != null);
        return all;
    }

    private static <T> int distinct(List<T> rows, Function<T, Object> key) {
        assertEquals(rows.size(), new HashSet<>(rows.stream().map(key).toList()).size(), "a row was shown twice");
        return rows.size();
    }
}
