package org.carillon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.carillon.TestDatabase;
import org.carillon.fact.Channel;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the settings pages read, each within a scope. */
class SettingsTest {

    private static final Scope MTL = Scope.of(Set.of(101L));
    private static final Scope PAR = Scope.of(Set.of(102L));
    private static Jdbi jdbi;

    @BeforeAll static void furnish() {
        jdbi = TestDatabase.fresh().owner();
        jdbi.useHandle(h -> h.createScript("""
            insert into location (id, code, name, zone, country, language) values (101, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr'), (102, 'PAR', 'Bastille', 'Europe/Paris', 'FR', 'fr');
            insert into order_status (id, code, name_fr, name_en, status_group, position) values (101, 'READY', 'Prêt', 'Ready', 'READY', 1), (102, 'CLOSED', 'Clos', 'Closed', 'CLOSED', 2);
            insert into location_status values (101, 101), (102, 101);
            insert into template (id, name) values (101, 'Prêt'), (102, 'Seul'), (103, 'Ancien');
            update template set deleted = true where id = 103;
            insert into template_translation (template_id, language, sms) values (101, 'fr', 'Bonjour'), (101, 'en', 'Hello'), (102, 'fr', 'Seul');
            insert into automation (id, ref, state, trigger_kind, event_type, status, channels, template_id) values
              (101, 'a', 'ACTIVE', 'ON_EVENT', 'ORDER_SCHEDULED_TIME_CHANGED', null, 'SMS', 101), (102, 'b', 'PAUSED', 'ON_EVENT', 'ORDER_STATUS_CHANGED', 'READY', 'SMS,EMAIL', 101),
              (103, 'c', 'ACTIVE', 'ON_EVENT', 'ORDER_STATUS_CHANGED', 'CLOSED', 'SMS', 101), (104, 'd', 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', null, 'SMS', 102),
              (105, 'e', 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', null, 'SMS', 101);
            insert into automation_location values (101, 101), (102, 101), (103, 101), (104, 101), (105, 102);
            insert into customer (id, location_id, ref, name, language, sms_consent, search_text, created_at) values (101, 101, '1', 'Joignable', 'fr', true, 'joignable', now()),
              (102, 101, '2', 'Sans accord', 'fr', false, 'sans accord', now()), (103, 101, '3', 'Sans mobile', 'fr', true, 'sans mobile', now()),
              (104, 101, '4', 'Désabonné', 'fr', true, 'desabonne', now()), (105, 102, '5', 'Ailleurs', 'en', true, 'ailleurs', now());
            insert into customer_phone (customer_id, position, raw, e164, sms_able, problem) values (101, 0, '1', '+15145550101', true, null), (102, 0, '2', '+15145550102', true, null),
              (103, 0, '3', '+15145550103', false, 'EXTENSION'), (104, 0, '4', '+15145550104', true, null);
            insert into suppression (channel, address, reason, at, actor) values ('SMS', '+15145550104', 'STOP', now(), 'test');
            insert into work_order (id, location_id, customer_id, ref, status, status_group, reference, opened_at, status_changed_at, last_time, created_at, search_text) values
              (101, 101, 101, 'o1', 'READY', 'READY', '24-1187', now(), now(), now(), now(), '24-1187'), (102, 102, 105, 'o2', 'READY', 'READY', '', now(), now(), now(), now(), 'o2');
            insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, due_at, expires_at,
                tz_version, state, reason, created_at, changed_at) values
              (102, 1, 1, 101, 'ORDER', 101, 101, 'e:1', 'SMS', 'CUSTOMER', now(), now(), 'x', 'PLANNED', null, now(), now()),
              (102, 1, 1, 101, 'ORDER', 101, 101, 'e:2', 'SMS', 'CUSTOMER', now(), now(), 'x', 'HELD', 'MISSING_VALUE', now(), now()),
              (102, 1, 1, 101, 'ORDER', 101, 101, 'e:3', 'SMS', 'CUSTOMER', now(), now(), 'x', 'SKIPPED', 'NO_CONSENT', now(), now());
            """).execute());
    }

    @Test @DisplayName("RO-05: a location lists its own notifications, in the order of what happens, with what each has planned")
    void listsTheNotificationsOfOneLocation() {
        List<NotificationList.Row> rows = new NotificationList(jdbi).at(Scope.everything(), 101, false);
        assertEquals(List.of(104L, 102L, 103L, 101L), rows.stream().map(NotificationList.Row::id).toList());
        NotificationList.Row ready = rows.get(1);
        assertEquals(2, ready.planned(), "one planned and one held; what was skipped is over");
        assertEquals(List.of("SMS", "EMAIL"), ready.channelList());
        assertFalse(ready.active());
        assertEquals("Ready", ready.statusName("en"));
        assertTrue(ready.usable());
        assertFalse(rows.get(2).usable(), "the location does not use CLOSED");
    }

    @Test @DisplayName("RO-42, PERF-12: across locations by filter, part by part, each once and within the scope")
    void findsNotificationsAcrossLocations() {
        NotificationSearch search = new NotificationSearch(jdbi);
        assertEquals(List.of(105L, 101L, 102L, 103L, 104L), found(search, Scope.everything(), null, null, null, null, null), "by the location's name");
        assertEquals(List.of(101L, 102L, 103L, 104L), found(search, MTL, null, null, null, null, null));
        assertEquals(List.of(105L, 104L), found(search, Scope.everything(), "ORDER_CREATED", null, null, null, null));
        assertEquals(List.of(102L, 103L), found(search, Scope.everything(), "REACHED", null, null, null, null));
        assertEquals(List.of(102L), found(search, Scope.everything(), null, "EMAIL", null, null, null));
        assertEquals(List.of(104L), found(search, Scope.everything(), null, null, 102L, null, null));
        assertEquals(List.of(102L), found(search, Scope.everything(), null, null, null, "OFF", null));
        assertEquals(List.of(103L), found(search, Scope.everything(), null, null, null, "UNUSABLE", null));
        assertEquals(List.of(105L), found(search, Scope.everything(), null, null, null, null, "bastil"));
        assertEquals(List.of(), found(search, Scope.everything(), null, null, null, null, "100%"), "a percent sign is one");
        assertEquals(2, search.planned(MTL, List.of(101L, 102L)));
        assertEquals(0, search.planned(PAR, List.of(101L, 102L)));
    }

    private static List<Long> found(NotificationSearch search, Scope scope, String event, String channel, Long template, String state, String q) {
        NotificationSearch.Filter filter = new NotificationSearch.Filter(event, channel, template, state, q);
        List<Long> ids = search.page(scope, filter, null).rows().stream().map(NotificationSearch.Row::id).toList();
        assertEquals(ids.size(), search.count(scope, filter));
        assertEquals(Set.copyOf(ids), search.versions(scope, filter, 100).keySet());
        return ids;
    }

    @Test @DisplayName("PERF-12: 10,000 notifications of 200 locations, each found once by keyset")
    void pagesThroughThousands() {
        Jdbi many = TestDatabase.fresh().owner();
        many.useHandle(h -> h.createScript("""
            insert into location (id, code, name, zone, country, language) select n, 'L' || n, 'Garage ' || n % 40, 'America/Toronto', 'CA', 'fr' from generate_series(1, 200) n;
            insert into template (id, name) values (1, 'T');
            insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id) select n, n, 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'SMS', 1 from generate_series(1, 10000) n;
            insert into automation_location select n, 1 + n % 200 from generate_series(1, 10000) n; analyze;
            """).execute());
        NotificationSearch search = new NotificationSearch(many);
        NotificationSearch.Filter any = new NotificationSearch.Filter(null, null, null, null, null);
        Set<Long> seen = new java.util.HashSet<>();
        int parts = 0;
        String after = null;
        do {
            Part<NotificationSearch.Row> part = search.page(Scope.everything(), any, after);
            part.rows().forEach(row -> seen.add(row.id()));
            after = part.next();
            parts++;
        } while (after != null);
        assertEquals(10_000, seen.size());
        assertEquals(200, parts);
        assertEquals(10_000, search.versions(Scope.everything(), any, 20_000).size());
    }

    @Test @DisplayName("SEC-13: another location's notifications are not to be seen")
    void showsNothingOfAnotherLocation() {
        assertEquals(List.of(), new NotificationList(jdbi).at(PAR, 101, false));
        assertEquals(0, new Reach(jdbi).of(PAR, 101, Channel.SMS).customers());
        assertTrue(new PreviewRecords(jdbi).find(PAR, 101).isEmpty());
    }

    @Test @DisplayName("A-43: each unreachable customer counts once, under the first reason")
    void countsWhoCannotBeReached() {
        assertEquals(new Reach.Count(4, 1, 1, 1), new Reach(jdbi).of(MTL, 101, Channel.SMS));
        assertEquals(4, new Reach(jdbi).of(MTL, 101, Channel.EMAIL).unreachable());
    }

    @Test void tellsWhichTemplatesOthersUseToo() {
        List<TemplateList.Row> rows = new TemplateList(jdbi).all(MTL, "en");
        assertEquals(List.of("Prêt", "Seul"), rows.stream().map(TemplateList.Row::name).toList());
        assertEquals("Hello", rows.get(0).text(), "in the reader's language first");
        assertEquals("en, fr", rows.get(0).languages());
        assertEquals(3, rows.get(0).notifications(), "within the scope");
        assertTrue(rows.get(0).elsewhere());
        assertFalse(new TemplateList(jdbi).free(MTL, 101), "Bastille uses it");
        assertTrue(new TemplateList(jdbi).free(MTL, 102));
        assertTrue(new TemplateList(jdbi).free(Scope.everything(), 101));
        assertFalse(new TemplateList(jdbi).free(Scope.everything(), 103), "it is deleted");
    }

    @Test void findsRealRecordsByCustomerOrNumber() {
        PreviewRecords records = new PreviewRecords(jdbi);
        assertEquals(List.of(102L, 101L), records.matching(Scope.everything(), "").stream().map(PreviewRecords.Choice::orderId).toList(), "the newest first");
        assertEquals("Joignable", records.matching(MTL, "24-118").get(0).customer());
        assertEquals("o2", records.matching(Scope.everything(), "AILLEURS").get(0).reference());
        assertEquals(List.of(), records.matching(MTL, "%"));
    }

    @Test void countsWhatHangsOnAStatusAndALocation() {
        assertEquals(List.of("READY:2:1", "CLOSED:0:1"), new StatusList(jdbi).all().stream().map(s -> s.code() + ":" + s.places() + ":" + s.notifications()).toList());
        assertEquals(List.of("PAR:1", "MTL:3"), new LocationList(jdbi).all(Scope.everything()).stream().map(l -> l.code() + ":" + l.notifications()).toList());
        assertEquals(1, new LocationList(jdbi).all(PAR).size());
    }

    @Test @DisplayName("P-37: deleted templates are listed with who deleted them, the last one first")
    void listsWhatWasDeleted() {
        jdbi.useHandle(h -> {
            h.execute("insert into template (id, name, deleted, revision) values (104, 'Retiré', true, 2)");
            h.execute("insert into template_version values (104, 2, 'DELETED', null, 'Retiré', 'TRANSACTIONAL', '{}', '2026-11-22T17:00:00Z', 'Marie Côté')");
        });
        assertEquals(List.of("Retiré Marie Côté 2026-11-22T17:00:00Z", "Ancien  null"),
            new TemplateList(jdbi).deleted().stream().map(t -> t.name() + " " + t.actor() + " " + t.at()).toList());
    }

    @Test @DisplayName("RO-28: which active order types show no due date, and what an order's page knows of its type")
    void tellsForWhichTypesRemindersDoNotWork() {
        OrderTypeList types = new OrderTypeList(jdbi);
        assertEquals(List.of(), types.withoutDueDate());
        jdbi.useHandle(h -> h.execute("insert into order_type (code, name_fr, name_en, shown, position, active) values ('TYRES', 'Pneus', 'Tyres', 'OBJECT', 2, true), "
            + "('OLD', 'Ancien', 'Old', '', 3, false)"));
        assertEquals(List.of("Tyres"), types.withoutDueDate().stream().map(t -> t.name("en")).toList());
        assertEquals(List.of("STANDARD", "TYRES"), types.active().stream().map(OrderTypeList.Row::code).toList());
        assertTrue(types.active().get(0).shows("DUE_DATE"));
        assertFalse(types.active().get(1).shows("REFERENCE"));
        OrderCard cards = new OrderCard(jdbi);
        assertEquals("Standard", cards.find(MTL, 101).orElseThrow().type().fr(), "where none was said");
        assertTrue(cards.find(MTL, 101).orElseThrow().dated());
        jdbi.useHandle(h -> h.execute("update work_order set order_type = 'TYRES' where id = 101"));
        assertEquals("Pneus", cards.find(MTL, 101).orElseThrow().type().fr());
        assertFalse(cards.find(MTL, 101).orElseThrow().dated());
        OrderList.Row row = new OrderList(jdbi).read(MTL, new Newest.Filter(null, null, null, null, null)).rows().get(0);
        assertEquals("Tyres", row.type().en());
    }
}
