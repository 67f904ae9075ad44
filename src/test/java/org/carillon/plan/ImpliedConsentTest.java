package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.carillon.customer.ConsentLedger;
import org.carillon.customer.ConsentStatement;
import org.carillon.customer.Relationships;
import org.carillon.fact.Actor;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.Subject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** LAW-04: what a purchase and an inquiry imply, and for how long. An order was closed on Monday 2027-03-01 at 10:00 in Montréal. */
class ImpliedConsentTest {

    private static final String CLOSED = "2027-03-01T15:00:00Z";

    private final Shop shop = new Shop();
    private final ConsentLedger ledger = new ConsentLedger(shop.jdbi, shop.replanner);
    private final Relationships relationships = new Relationships(shop.jdbi, ledger, shop.clock);
    private final long customer;
    private int orders;

    ImpliedConsentTest() {
        shop.at(CLOSED);
        shop.run("update company set postal_address = '1 rue Masson, Montréal', offer_contact = 'rosemont.example', cap_offers_day = 100, cap_offers_month = 100");
        customer = shop.customer("Sophie", "fr", false, "+15145550142");
        ledger.record(customer, new ConsentStatement(true, null, null, Instant.parse(CLOSED), "FORM", "", "", ""), "fr", "America/Toronto", Actor.staff("Luc"), Instant.parse(CLOSED));
        long automation = shop.automation("ORDER_STATUS_CHANGED", "READY", "Rabais {order.reference}", "");
        shop.run("update template set purpose = 'MARKETING' where id = (select template_id from automation where id = " + automation + ")");
    }

    private void closes(String kind) {
        long order = shop.order(customer);
        shop.run("update work_order set status = 'CLOSED', status_group = 'CLOSED', kind = '" + kind + "', closed_at = '" + CLOSED + "' where id = " + order);
        happens(EventType.ORDER_CLOSED, Subject.order(order));
    }

    private void happens(EventType type, Subject subject) {
        shop.jdbi.useTransaction(h -> new EventLog(shop.jdbi, relationships::note).record(List.of(
            new BusinessEvent(type, subject, shop.location, customer, Instant.parse(CLOSED), "test", false, "CLOSED", Map.of()))));
    }

    /** What becomes of an offer at this moment. */
    private String offerAt(String now) {
        shop.frozen = Instant.parse(now);
        long order = shop.order(customer);
        shop.run("update work_order set reference = 'R" + orders++ + "' where id = " + order);
        shop.status(order, "READY");
        shop.releaser.releaseDue();
        List<String> plans = shop.plans();
        return plans.get(plans.size() - 1);
    }

    private Instant until() { return shop.jdbi.withHandle(h -> h.createQuery("select implied_until from customer where id = ?").bind(0, customer).mapTo(Instant.class).findOne().orElse(null)); }

    @Test @DisplayName("LAW-04: two years from the purchase, to the second, by the application clock; stored with its end and its basis")
    void endsTwoYearsAfterThePurchase() {
        closes("WORK_ORDER");
        assertEquals(Instant.parse("2029-03-01T15:00:00Z"), until());
        assertEquals(List.of("IMPLIED PURCHASE"), shop.jdbi.withHandle(h -> h.createQuery("select how || ' ' || basis from consent_event where until is not null").mapTo(String.class).list()));
        assertEquals("RELEASED", offerAt("2029-03-01T14:59:59Z"));
        assertEquals("SKIPPED NO_CONSENT", offerAt("2029-03-01T15:00:01Z"));
    }

    @Test @DisplayName("LAW-04: six months from an inquiry; a purchase prolongs it, an older one does not shorten it")
    void endsSixMonthsAfterTheInquiry() {
        shop.run("insert into lead_status (code, name_fr, name_en, status_group, position) values ('ASKED', 'Demande', 'Asked', 'OPEN', 1)");
        long lead = shop.id("insert into lead (location_id, customer_id, ref, status, status_group, created_at, status_changed_at) values (" + shop.location + ", " + customer
            + ", 'L1', 'ASKED', 'OPEN', '" + CLOSED + "', '" + CLOSED + "') returning id");
        happens(EventType.LEAD_CREATED, Subject.lead(lead));
        assertEquals(Instant.parse("2027-09-01T14:00:00Z"), until(), "the same wall time, in summer");
        assertEquals("RELEASED", offerAt("2027-09-01T13:59:59Z"));
        assertEquals("SKIPPED NO_CONSENT", offerAt("2027-09-01T14:00:01Z"));
        shop.frozen = Instant.parse(CLOSED);
        closes("WORK_ORDER");
        happens(EventType.LEAD_CREATED, Subject.lead(lead));
        assertEquals(Instant.parse("2029-03-01T15:00:00Z"), until());
    }

    private void buys(String deliveredOn) {
        happens(EventType.SALE_RECORDED, Subject.sale(shop.id("insert into sale (location_id, customer_id, ref, vehicle_make, delivered_on, created_at) values (" + shop.location + ", " + customer
            + ", gen_random_uuid()::text, 'Kia', " + deliveredOn + ", '" + CLOSED + "') returning id")));
    }

    @Test @DisplayName("LAW-04: a vehicle that was bought founds it as an order does: two years from the delivery, or from the day we heard of it where that is still to come")
    void endsTwoYearsAfterASale() {
        buys("'2024-02-01'");
        assertEquals(null, until(), "three years ago");
        buys("'2026-03-02'");
        assertEquals(Instant.parse("2028-03-02T05:00:00Z"), until(), "the beginning of that day in Montréal");
        assertEquals("RELEASED", offerAt("2028-03-01T19:00:00Z"));
        assertEquals("SKIPPED NO_CONSENT", offerAt("2028-03-02T15:00:00Z"));
        shop.frozen = Instant.parse(CLOSED);
        buys("'2027-04-01'");
        assertEquals(Instant.parse("2029-03-01T15:00:00Z"), until(), "bought, and handed over later");
        buys("null");
        assertEquals(Instant.parse("2029-03-01T15:00:00Z"), until());
        assertEquals(List.of("PURCHASE", "PURCHASE"), shop.jdbi.withHandle(h -> h.createQuery("select basis from consent_event where until is not null").mapTo(String.class).list()));
    }

    @Test @DisplayName("LAW-04: neither a sale after a no, nor one outside Canada, allows offers")
    void aSaleYieldsToANo() {
        shop.run("update location set country = 'FR'");
        buys("'2027-02-20'");
        assertEquals(null, until());
        shop.run("update location set country = 'CA'");
        assertTrue(ledger.refuseOffers(customer, "STAFF", "fr", "America/Toronto", Actor.staff("Luc"), Instant.parse("2027-02-28T15:00:00Z")));
        buys("'2027-02-20'");
        assertEquals(null, until());
        assertEquals("SKIPPED NO_CONSENT", offerAt("2027-03-02T16:00:00Z"));
    }

    @Test @DisplayName("LAW-04: an explicit no always wins, before the purchase and after it; only an explicit yes undoes it")
    void yieldsToANo() {
        Actor luc = Actor.staff("Luc");
        closes("WORK_ORDER");
        assertTrue(ledger.refuseOffers(customer, "STAFF", "fr", "America/Toronto", luc, Instant.parse("2027-03-02T15:00:00Z")));
        assertFalse(ledger.refuseOffers(customer, "STAFF", "fr", "America/Toronto", luc, Instant.parse("2027-03-02T15:00:01Z")), "said before");
        assertEquals("SKIPPED NO_CONSENT", offerAt("2027-03-02T16:00:00Z"));
        shop.run("update work_order set closed_at = '2027-03-03T15:00:00Z'");
        closes("WORK_ORDER");
        assertEquals("SKIPPED NO_CONSENT", offerAt("2027-03-03T16:00:00Z"), "a later purchase implies nothing against a no");
        ledger.record(customer, new ConsentStatement(null, null, true, Instant.parse("2027-03-04T15:00:00Z"), "FORM", "", "", ""), "fr", "America/Toronto", luc,
            Instant.parse("2027-03-04T15:00:00Z"));
        assertEquals("RELEASED", offerAt("2027-03-04T16:00:00Z"));
    }

    @Test @DisplayName("LAW-04: neither outside Canada, nor where the shop makes no use of it, nor from an estimate")
    void needsCanadaAndAPurchase() {
        closes("ESTIMATE");
        assertEquals(null, until());
        shop.run("update location set country = 'FR'");
        closes("WORK_ORDER");
        assertEquals(null, until());
        shop.run("update location set country = 'CA'");
        closes("WORK_ORDER");
        assertEquals("RELEASED", offerAt("2027-03-02T16:00:00Z"));
        shop.run("update company set implied_consent = false");
        assertEquals("SKIPPED NO_CONSENT", offerAt("2027-03-02T16:30:00Z"));
    }
}
