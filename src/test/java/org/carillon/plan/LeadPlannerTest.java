package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.automation.AutomationState;
import org.carillon.automation.Revision;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.Subject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What leads fire: for the whole company, in the words of a lead, and what becomes of it when the lead becomes an order. */
class LeadPlannerTest {

    private final Shop shop = new Shop();

    LeadPlannerTest() {
        shop.at("2027-03-01T15:00:00Z");
        for (String status : List.of("ASKED:OPEN", "QUOTED:OPEN", "ORDERED:WON")) {
            String code = status.substring(0, status.indexOf(':'));
            shop.run("insert into lead_status (code, name_fr, name_en, status_group, position) values ('" + code + "', '" + code + " fr', '" + code + " en', '"
                + status.substring(status.indexOf(':') + 1) + "', 1)");
        }
    }

    @Test @DisplayName("RO-34, RO-36, RO-39: a lead created at any location wakes the company's notification, in its words")
    void tellsOfTheCreationAtEveryLocation() {
        companyWide("LEAD_CREATED", null, "Bonjour {customer.first_name}, {lead.object} : {lead.status}", "");
        long paris = shop.id("insert into location (code, name, zone, country, language) values ('PAR', 'Bercy', 'Europe/Paris', 'FR', 'fr') returning id");
        created(lead(shop.customer("Sophie", "fr", true, "+15145550142"), shop.location));
        created(lead(shop.customer("Luc", "fr", true, "+15145550143"), paris));
        shop.releaser.releaseDue();
        assertEquals(List.of("+15145550142 Bonjour Sophie, iPhone 14 : ASKED fr", "+15145550143 Bonjour Luc, iPhone 14 : ASKED fr"), shop.texts());
    }

    @Test @DisplayName("RO-35: only the chosen status")
    void waitsForTheChosenStatus() {
        companyWide("LEAD_STATUS_CHANGED", "QUOTED", "Soumission", "");
        long lead = lead(shop.customer("Sophie", "fr", true, "+15145550142"), shop.location);
        created(lead);
        reach(lead, "ASKED", "ORDERED");
        assertEquals(List.of(), shop.plans());
        reach(lead, "ORDERED", "QUOTED");
        shop.releaser.releaseDue();
        assertEquals(List.of("+15145550142 Soumission"), shop.texts());
    }

    @Test @DisplayName("RO-36, RO-15, RO-16: a lead's contact has the same conditions as a customer with an order")
    void asksForConsentAndNumber() {
        companyWide("LEAD_CREATED", null, "Merci", "");
        created(lead(shop.customer("A", "fr", false, "+15145550101"), shop.location));
        created(lead(shop.customer("B", "fr", true, null), shop.location));
        shop.releaser.releaseDue();
        assertEquals(List.of("SKIPPED NO_CONSENT", "SKIPPED NO_PHONE"), shop.plans());
    }

    @Test @DisplayName("RO-37, A-39: after the delay, unless the lead has left the status meanwhile")
    void waitsForTheDelayAndLooksAgain() {
        companyWide("LEAD_STATUS_CHANGED", "QUOTED", "Votre soumission ?", "delay_n=60");
        long stays = lead(shop.customer("A", "fr", true, "+15145550101"), shop.location);
        long lost = lead(shop.customer("B", "fr", true, "+15145550102"), shop.location);
        reach(stays, "ASKED", "QUOTED");
        reach(lost, "ASKED", "QUOTED");
        assertEquals("2027-03-01T16:00", shop.due().substring(0, 16));
        reach(lost, "QUOTED", "ASKED");
        shop.at("2027-03-01T16:00:30Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("RELEASED", "CANCELLED STATUS_MOVED_ON"), shop.plans());
    }

    @Test @DisplayName("A-39: the releaser looks at the lead's own status, not at an order's with the same number")
    void looksAtTheLeadsStatus() {
        companyWide("LEAD_STATUS_CHANGED", "QUOTED", "Votre soumission ?", "delay_n=60");
        long lead = lead(shop.customer("A", "fr", true, "+15145550101"), shop.location);
        reach(lead, "ASKED", "QUOTED");
        shop.run("update lead set status = 'ASKED' where id = " + lead);
        shop.at("2027-03-01T16:00:30Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("CANCELLED STATUS_MOVED_ON"), shop.plans());
    }

    @Test @DisplayName("B-28: once the lead is an order what waited for it is cancelled with its reason, what was to be sent anyway is kept")
    void cancelsWhatWaitedForTheLead() {
        companyWide("LEAD_CREATED", null, "On vous rappelle", "delay_n=60");
        companyWide("LEAD_STATUS_CHANGED", "QUOTED", "Un conseil", "delay_n, send_anyway=60, true");
        long lead = lead(shop.customer("A", "fr", true, "+15145550101"), shop.location);
        created(lead);
        reach(lead, "ASKED", "QUOTED");
        happened(lead, EventType.LEAD_CONVERTED, "QUOTED", Map.of("order", "1001"));
        assertEquals(List.of("CANCELLED LEAD_CONVERTED", "PLANNED"), shop.plans());
    }

    @Test @DisplayName("P-24: each event of leads offers both channels")
    void writesOnBothChannels() {
        for (String event : List.of("LEAD_CREATED", "LEAD_STATUS_CHANGED")) {
            companyWide(event, null, event, "");
        }
        shop.run("update automation set channels = 'SMS,EMAIL'");
        shop.run("update template_translation set subject = 'Objet', body = sms");
        long customer = shop.customer("A", "fr", true, "+15145550101");
        shop.run("update customer set email_consent = true");
        shop.run("insert into customer_email (customer_id, position, raw, address) values (" + customer + ", 0, 'a@example.com', 'a@example.com')");
        long lead = lead(customer, shop.location);
        created(lead);
        reach(lead, "ASKED", "QUOTED");
        shop.releaser.releaseDue();
        assertEquals(List.of("+15145550101 LEAD_CREATED", "a@example.com LEAD_CREATED", "+15145550101 LEAD_STATUS_CHANGED", "a@example.com LEAD_STATUS_CHANGED"), shop.texts());
    }

    @Test @DisplayName("RO-05, RO-39: an order's notification stays with its location, and nothing of a lead wakes it")
    void keepsTheTwoApart() {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "");
        companyWide("LEAD_STATUS_CHANGED", null, "Prospect", "");
        shop.status(shop.order(shop.customer("A", "fr", true, "+15145550101")), "READY");
        reach(lead(shop.customer("B", "fr", true, "+15145550102"), shop.location), "ASKED", "QUOTED");
        shop.releaser.releaseDue();
        assertEquals(List.of("+15145550101 Pret", "+15145550102 Prospect"), shop.texts());
    }

    @Test @DisplayName("REL-47, P-19: a changed delay moves what a lead waits for, a pause holds it back")
    void followsItsNotification() {
        companyWide("LEAD_CREATED", null, "Merci", "delay_n=60");
        created(lead(shop.customer("A", "fr", true, "+15145550101"), shop.location));
        long id = shop.id("update automation set delay_n = 30, rev = rev + 1 returning id");
        shop.jdbi.useTransaction(h -> shop.replanner.changedMany(List.of(new Revision(id, Set.of(), AutomationState.ACTIVE, false, 2)), "test"));
        assertEquals("2027-03-01T15:30", shop.due().substring(0, 16));
        shop.jdbi.useTransaction(h -> shop.replanner.changedMany(List.of(new Revision(id, Set.of(), AutomationState.PAUSED, false, 3)), "test"));
        assertEquals(List.of("HELD AUTOMATION_PAUSED"), shop.plans());
    }

    private void companyWide(String event, String status, String text, String more) {
        String columns = more.isEmpty() ? "everywhere" : more.split("=", 2)[0] + ", everywhere";
        String values = more.isEmpty() ? "true" : more.split("=", 2)[1] + ", true";
        shop.run("delete from automation_location where automation_id = " + shop.automation(event, status, text, columns + "=" + values));
    }

    private long lead(long customer, long location) {
        return shop.id("insert into lead (location_id, customer_id, ref, status, status_group, object_label, status_changed_at, created_at) values (" + location + ", "
            + customer + ", gen_random_uuid()::text, 'ASKED', 'OPEN', 'iPhone 14', now(), now()) returning id");
    }

    private void created(long lead) { happened(lead, EventType.LEAD_CREATED, "ASKED", Map.of("status", "ASKED")); }

    private void reach(long lead, String from, String to) {
        shop.run("update lead set status = '" + to + "' where id = " + lead);
        happened(lead, EventType.LEAD_STATUS_CHANGED, to, Map.of("from", from, "to", to));
    }

    private void happened(long lead, EventType type, String status, Map<String, String> data) {
        long customer = shop.id("select customer_id from lead where id = " + lead);
        long location = shop.id("select location_id from lead where id = " + lead);
        shop.jdbi.useTransaction(h -> new EventLog(shop.jdbi, shop.planner::plan)
            .record(List.of(new BusinessEvent(type, Subject.lead(lead), location, customer, shop.clock.now(), "test", false, status, data))));
    }
}
