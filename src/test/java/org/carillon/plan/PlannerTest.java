package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.carillon.fact.EventType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From what happened to what will be sent, on a real database. Monday 2027-03-01 is the present; the garage opens 8 to 17 on weekdays. */
class PlannerTest {

    private final Shop shop = new Shop();

    PlannerTest() { shop.at("2027-03-01T15:00:00Z"); }

    @Test @DisplayName("RO-10, RO-14, B-23: the chosen status is reached and the customer is told in words of the template")
    void tellsTheCustomerWhenTheStatusIsReached() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Bonjour { customer.name }, {company.name} : {order.status}", "");
        long order = shop.order(shop.customer("Sophie", "fr", true, "+15145550142"));
        shop.status(order, "READY");
        assertEquals(List.of("PLANNED"), shop.plans());
        shop.releaser.releaseDue();
        assertEquals(List.of("RELEASED"), shop.plans());
        assertEquals(List.of("+15145550142 Bonjour Sophie, Garage Rosemont : READY fr"), shop.texts());
    }

    @Test @DisplayName("RO-05, RO-10: another status or another location wakes nothing")
    void staysSilentForOtherStatusesAndLocations() {
        long automation = shop.automation("ORDER_STATUS_CHANGED", "CLOSED", "x", "");
        long order = shop.order(shop.customer("Sophie", "fr", true, "+15145550142"));
        shop.status(order, "READY");
        long elsewhere = shop.id("insert into location (code, name, zone, country, language) values ('PAR', 'Bercy', 'Europe/Paris', 'FR', 'fr') returning id");
        shop.run("update automation_location set location_id = " + elsewhere + " where automation_id = " + automation);
        shop.status(order, "CLOSED");
        assertEquals(List.of(), shop.plans());
    }

    @Test @DisplayName("RO-16, RO-18, RO-15, B-03: no consent, no number, opted out: not sent, and the reason is stored")
    void storesWhyNothingIsSent() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "");
        shop.status(shop.order(shop.customer("A", "fr", false, "+15145550101")), "READY");
        shop.status(shop.order(shop.customer("B", "fr", true, null)), "READY");
        long fixed = shop.customer("C", "fr", true, null);
        shop.run("insert into customer_phone (customer_id, position, raw, e164, sms_able, problem) values (" + fixed + ", 0, '1-800', '+18005550100', false, 'TOLL_FREE')");
        shop.status(shop.order(fixed), "READY");
        shop.status(shop.order(shop.customer("D", "fr", true, "+15145550104")), "READY");
        shop.run("insert into suppression (channel, address, reason, at, actor) values ('SMS', '+15145550104', 'STOP', now(), 'D')");
        shop.releaser.releaseDue();
        assertEquals(List.of("SKIPPED NO_CONSENT", "SKIPPED NO_PHONE", "SKIPPED NUMBER_UNUSABLE TOLL_FREE", "SUPPRESSED OPTED_OUT"), shop.plans());
        assertEquals(List.of(), shop.texts());
    }

    @Test @DisplayName("RO-19, RO-20, A-39: an hour after the closing, and not at all when the order was reopened")
    void waitsForTheDelayAndLooksAgain() {
        shop.automation("ORDER_STATUS_CHANGED", "CLOSED", "Votre avis ?", "delay_n=60");
        long stays = shop.order(shop.customer("A", "fr", true, "+15145550101"));
        long reopened = shop.order(shop.customer("B", "fr", true, "+15145550102"));
        shop.status(stays, "CLOSED");
        shop.status(reopened, "CLOSED");
        shop.releaser.releaseDue();
        assertEquals(List.of(), shop.texts());
        shop.status(reopened, "NEW");
        shop.at("2027-03-01T16:00:30Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("RELEASED", "CANCELLED STATUS_MOVED_ON"), shop.plans());
        assertEquals(List.of("+15145550101 Votre avis ?"), shop.texts());
    }

    @Test @DisplayName("P-37: a changed template leaves what was rendered alone, and speaks from the next message on")
    void keepsTheTextOfWhatWasRendered() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Ancien", "");
        shop.status(shop.order(shop.customer("A", "fr", true, "+15145550101")), "READY");
        shop.releaser.releaseDue();
        shop.run("update template_translation set sms = 'Nouveau'");
        shop.status(shop.order(shop.customer("B", "fr", true, "+15145550102")), "READY");
        shop.releaser.releaseDue();
        assertEquals(List.of("+15145550101 Ancien", "+15145550102 Nouveau"), shop.texts());
    }

    @Test @DisplayName("A-39: the option sends all the same")
    void sendsAnywayWhereItIsWanted() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "delay_n, send_anyway=60, true");
        long order = shop.order(shop.customer("A", "fr", true, "+15145550101"));
        shop.status(order, "READY");
        shop.status(order, "NEW");
        shop.at("2027-03-01T16:00:30Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("RELEASED"), shop.plans());
    }

    @Test @DisplayName("RO-21, RO-23, P-06: outside the hours it waits for the opening and is not lost")
    void waitsForTheOpening() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "opening_hours_only=true");
        shop.at("2027-03-05T23:30:00Z");
        shop.status(shop.order(shop.customer("A", "fr", true, "+15145550101")), "READY");
        assertEquals("2027-03-08T13:00:00Z", shop.due());
        shop.releaser.releaseDue();
        assertEquals(List.of(), shop.texts());
        shop.at("2027-03-08T13:00:01Z");
        shop.releaser.releaseDue();
        assertEquals(1, shop.texts().size());
    }

    @Test @DisplayName("A location that never opens: HELD with reason NO_OPENING")
    void holdsWhereNothingEverOpens() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "opening_hours_only=true");
        shop.run("update location set opening_hours = '{}'");
        shop.status(shop.order(shop.customer("A", "fr", true, "+15145550101")), "READY");
        shop.releaser.releaseDue();
        assertEquals(List.of("HELD NO_OPENING"), shop.plans());
    }

    @Test @DisplayName("P-01, MSG-09: a missing value without fallback is held; it leaves when the value comes")
    void holdsAMissingValue() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Votre {customer.vehicle} : {order.total | a voir}", "");
        long customer = shop.customer("A", "fr", true, "+15145550101");
        shop.status(shop.order(customer), "READY");
        shop.releaser.releaseDue();
        assertEquals(List.of("HELD MISSING_VALUE customer.vehicle"), shop.plans());
        assertEquals(List.of(), shop.texts());
        shop.run("insert into vehicle (customer_id, make, model) values (" + customer + ", 'Mazda', 'CX-5')");
        shop.at("2027-03-01T15:02:00Z");
        shop.step.recheckHeld();
        assertEquals(List.of("+15145550101 Votre Mazda CX-5 : a voir"), shop.texts());
    }

    @Test @DisplayName("A-37: two automations with one text send it once for one event; other texts both leave")
    void collapsesTheSameTextOfOneEvent() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "");
        shop.automation("ORDER_STATUS_CHANGED", null, "Pret", "");
        shop.automation("ORDER_STATUS_CHANGED", null, "Statut : {order.status}", "");
        long order = shop.order(shop.customer("A", "fr", true, "+15145550101"));
        shop.status(order, "READY");
        shop.releaser.releaseDue();
        assertEquals(List.of("RELEASED", "SKIPPED DUPLICATE_TEXT", "RELEASED"), shop.plans());
        assertEquals(2, shop.texts().size());
    }

    @Test @DisplayName("RO-11, RO-12, A-38: a moved due date tells the last date only; a cleared one tells nothing")
    void tellsTheLatestDueDate() {
        shop.automation("ORDER_SCHEDULED_TIME_CHANGED", null, "Rendez-vous le {order.due_at_date} a {order.due_at_time}", "delay_n=5");
        long order = shop.order(shop.customer("A", "fr", true, "+15145550101"));
        shop.due(order, "2027-04-07T13:00");
        shop.due(order, "2027-04-08T14:00");
        shop.at("2027-03-01T15:06:00Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("SKIPPED SUPERSEDED", "RELEASED"), shop.plans());
        assertEquals(List.of("+15145550101 Rendez-vous le 8 avril 2027 a 14 h 00"), shop.texts());
        shop.record(order, EventType.ORDER_SCHEDULED_TIME_CHANGED, "NEW", Map.of("from", "2027-04-08T14:00", "to", ""), false);
        assertEquals(2, shop.plans().size());
    }

    @Test @DisplayName("Silent events plan nothing that leaves, and say so")
    void keepsSilentEventsSilent() {
        shop.automation("ORDER_CREATED", null, "Recu", "");
        long order = shop.order(shop.customer("A", "fr", true, "+15145550101"));
        shop.record(order, EventType.ORDER_CREATED, "NEW", Map.of(), true);
        shop.releaser.releaseDue();
        assertEquals(List.of("SKIPPED SILENT"), shop.plans());
    }

    @Test @DisplayName("REL-02: what is rolled back leaves neither event nor plan")
    void plansNothingForWhatIsRolledBack() {
        shop.automation("ORDER_CREATED", null, "Recu", "");
        long order = shop.order(shop.customer("A", "fr", true, "+15145550101"));
        for (int i = 0; i < 50; i++) {
            assertThrows(IllegalStateException.class, () -> shop.jdbi.useTransaction(h -> {
                shop.record(order, EventType.ORDER_CREATED, "NEW", Map.of(), false);
                throw new IllegalStateException("no");
            }));
        }
        assertEquals(List.of(), shop.plans());
        assertEquals(0, shop.id("select count(*) from business_event"));
    }

    @Test @DisplayName("P-02, REL-04: two releasers at once on 300 due plans make 300 messages")
    void releasesOnceWithTwoReleasers() throws Exception {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret {customer.name}", "");
        for (int i = 0; i < 300; i++) {
            shop.status(shop.order(shop.customer("K" + i, "fr", true, "+1514555" + (1000 + i))), "READY");
        }
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Callable<Integer> release = shop.releaser::releaseDue;
            two.invokeAll(Collections.nCopies(2, release)).forEach(done -> assertTrue(done.isDone()));
        } finally {
            two.shutdownNow();
        }
        assertEquals(300, shop.texts().size());
        assertEquals(300, shop.id("select count(distinct recipient) from message"));
    }

    @Test @DisplayName("T18: consent withdrawn stops what is planned, in the same transaction")
    void stopsWhenConsentIsWithdrawn() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "delay_n=60");
        long customer = shop.customer("A", "fr", true, "+15145550101");
        shop.status(shop.order(customer), "READY");
        shop.replanner.withdrawn(customer, org.carillon.fact.Channel.SMS, "Sophie");
        assertEquals(List.of("SUPPRESSED CONSENT_WITHDRAWN"), shop.plans());
    }

    @Test @DisplayName("REL-47: a plan of an older revision is made anew before it leaves")
    void makesAStalePlanAnew() {
        long automation = shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "");
        shop.status(shop.order(shop.customer("A", "fr", true, "+15145550101")), "READY");
        shop.run("update automation set rev = rev + 1, delay_n = 60 where id = " + automation);
        shop.releaser.releaseDue();
        assertEquals(List.of("PLANNED"), shop.plans());
        shop.at("2027-03-01T16:00:30Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("RELEASED"), shop.plans());
    }

    @Test @DisplayName("REL-50: not released in twelve hours, the event's message expires and says so")
    void expires() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "");
        shop.status(shop.order(shop.customer("A", "fr", true, "+15145550101")), "READY");
        shop.at("2027-03-02T03:01:00Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("EXPIRED EXPIRED"), shop.plans());
        assertEquals(List.of(), shop.texts());
    }

    @Test @DisplayName("RO-23: hours that are added in the past do not lose what waited for the next opening")
    void keepsWhatWaitedWhenHoursAreAdded() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "opening_hours_only=true");
        shop.at("2027-03-05T23:05:00Z");
        shop.status(shop.order(shop.customer("A", "fr", true, "+15145550101")), "READY");
        assertEquals("2027-03-08T13:00:00Z", shop.due());
        shop.at("2027-03-07T15:00:00Z");
        shop.run("update location set opening_hours = '{\"SAT\":[[\"08:00\",\"12:00\"]],\"MON\":[[\"09:00\",\"17:00\"]]}', calendar_rev = calendar_rev + 1");
        shop.jdbi.useTransaction(h -> shop.replanner.followLocation(h, shop.location, shop.clock.now()));
        assertEquals(List.of("PLANNED"), shop.plans());
        assertEquals("2027-03-08T14:00:00Z", shop.due());
    }

    @Test @DisplayName("RO-05: an order that was corrected to another customer tells nobody else")
    void tellsNobodyElse() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "delay_n=60");
        long order = shop.order(shop.customer("A", "fr", true, "+15145550101"));
        shop.status(order, "READY");
        shop.run("update work_order set customer_id = " + shop.customer("B", "fr", true, "+15145550102") + " where id = " + order);
        shop.at("2027-03-01T16:00:01Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("CANCELLED REASSIGNED"), shop.plans());
        assertEquals(List.of(), shop.texts());
    }
}
