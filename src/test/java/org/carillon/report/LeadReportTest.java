package org.carillon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.TestDatabase;
import org.carillon.fact.Channel;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Leads in lists, cards and feeds, asked as somebody of Montréal, of Paris, and of both. */
class LeadReportTest {

    private static final Jdbi JDBI = TestDatabase.fresh().jdbi();
    private static final Scope MTL = Scope.of(Set.of(1L));
    private static final Scope PAR = Scope.of(Set.of(2L));
    private static final Newest.Filter ALL = new Newest.Filter(null, null, null, null, null);

    @BeforeAll static void fill() {
        JDBI.useHandle(h -> {
            h.execute("insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr'), (2, 'PAR', 'Bercy', 'Europe/Paris', 'FR', 'fr')");
            h.execute("insert into order_status (code, name_fr, name_en, status_group, position) values ('NEW', 'Nouveau', 'New', 'OPEN', 1)");
            h.execute("insert into lead_status (code, name_fr, name_en, status_group, position) values ('NEW', 'Demande', 'Asked', 'OPEN', 1), ('WON', 'Converti', 'Converted', 'WON', 2)");
            // the customer lives in Paris and asked in Montréal
            h.execute("insert into customer (id, location_id, ref, name, language, search_text, created_at) values (1, 2, 'C1', 'Ida', 'fr', 'ida', now()), (2, 2, 'C2', 'Luc', 'fr', 'luc', now())");
            h.execute("insert into work_order (id, location_id, customer_id, ref, status, status_group, opened_at, status_changed_at, last_time, created_at) values (5, 1, 1, 'O5', 'NEW', 'OPEN', now(), now(), now(), now())");
            h.execute("insert into lead (id, location_id, customer_id, ref, status, status_group, object_label, order_id, status_changed_at, created_at, search_text) values "
                + "(5, 2, 2, 'L5', 'NEW', 'OPEN', 'Peugeot', null, now(), now(), 'l5 peugeot'), (7, 1, 1, 'L7', 'WON', 'WON', 'iPhone 14', 5, now(), now(), 'l7 iphone 14')");
            h.execute("insert into business_event (type, subject_type, subject_id, location_id, customer_id, at, actor, data) values "
                + "('LEAD_CREATED', 'LEAD', 7, 1, 1, now(), 'Karim', '{\"status\":\"NEW\"}'), ('ORDER_CREATED', 'ORDER', 5, 1, 1, now(), 'Karim', '{\"status\":\"NEW\"}'), "
                + "('LEAD_CONVERTED', 'LEAD', 7, 1, 1, now(), 'Karim', '{}'), ('LEAD_STATUS_CHANGED', 'LEAD', 7, 1, 1, now(), 'Karim', '{\"from\":\"NEW\",\"to\":\"WON\"}'), "
                + "('LEAD_CREATED', 'LEAD', 5, 2, 2, now(), 'Karim', '{\"status\":\"NEW\"}')");
            h.execute("insert into message (id, location_id, customer_id, subject_type, subject_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, state, settled_at) values "
                + "(1, 1, 1, 'LEAD', 7, 'SMS', 'TRANSACTIONAL', '+15145550101', 'Bien reçu', 'NO_RESEND', now(), now(), 'DELIVERED', now())");
        });
    }

    @Test @DisplayName("B-28, RO-32: an order's feed goes on from its lead's, in the words of each")
    void goesOnFromTheLead() {
        List<OrderFeed.Item> feed = new OrderFeed(JDBI).read(MTL, 5);
        assertEquals(Set.of("LEAD_CREATED", "ORDER_CREATED", "LEAD_CONVERTED", "LEAD_STATUS_CHANGED"), types(feed));
        assertTrue(feed.stream().anyMatch(item -> item instanceof OrderFeed.Written message && message.text().equals("Bien reçu")));
        assertEquals("Demande", word(feed, "LEAD_CREATED"));
        assertEquals("Nouveau", word(feed, "ORDER_CREATED"));
        assertEquals("Converti", word(feed, "LEAD_STATUS_CHANGED"));
        assertEquals(Set.of("LEAD_CREATED", "LEAD_CONVERTED", "LEAD_STATUS_CHANGED"), types(new OrderFeed(JDBI).readLead(MTL, 7)));
        assertEquals("L7", new LeadCard(JDBI).ofOrder(MTL, 5).orElseThrow().ref());
    }

    @Test @DisplayName("SEC-13: a lead is seen at its location only; who asks there is seen there too")
    void keepsToLocations() {
        assertEquals(List.of("L7"), new LeadList(JDBI).read(MTL, ALL).rows().stream().map(LeadList.Row::ref).toList());
        assertEquals(List.of("L5"), new LeadList(JDBI).read(PAR, ALL).rows().stream().map(LeadList.Row::ref).toList());
        assertEquals(List.of(), new OrderFeed(JDBI).readLead(PAR, 7));
        assertTrue(new LeadCard(JDBI).find(PAR, 7).isEmpty());
        assertTrue(new PreviewRecords(JDBI).findLead(PAR, 7).isEmpty());
        assertEquals(List.of("Ida"), new CustomerList(JDBI).read(MTL, null, null).rows().stream().map(CustomerList.Row::name).toList());
        assertEquals(0, new Reach(JDBI).of(MTL, Channel.SMS).customers(), "who lives elsewhere is counted there");
        assertEquals(2, new Reach(JDBI).of(Scope.everything(), Channel.SMS).customers());
    }

    @Test void findsAndCounts() {
        LeadList list = new LeadList(JDBI);
        assertEquals(List.of("L7"), list.read(Scope.everything(), new Newest.Filter("iphone", null, null, null, null)).rows().stream().map(LeadList.Row::ref).toList());
        assertEquals(List.of("L5"), list.read(Scope.everything(), new Newest.Filter("Luc", "OPEN", null, null, null)).rows().stream().map(LeadList.Row::ref).toList());
        assertEquals(java.util.Map.of("OPEN", 1L, "WON", 1L), list.counts(Scope.everything(), ALL));
        assertEquals("O5", list.read(MTL, ALL).rows().get(0).order());
        assertEquals("DELIVERED", list.read(MTL, ALL).rows().get(0).message());
    }

    private static Set<String> types(List<OrderFeed.Item> feed) {
        return feed.stream().filter(OrderFeed.Happened.class::isInstance).map(item -> ((OrderFeed.Happened) item).type()).collect(Collectors.toSet());
    }

    private static String word(List<OrderFeed.Item> feed, String type) {
        return feed.stream().filter(item -> item instanceof OrderFeed.Happened event && event.type().equals(type)).map(item -> ((OrderFeed.Happened) item).to().fr()).findFirst().orElseThrow();
    }
}
