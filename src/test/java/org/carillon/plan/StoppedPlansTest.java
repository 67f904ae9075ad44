package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.carillon.customer.Suppressions;
import org.carillon.customer.Suppressions.Scope;
import org.carillon.fact.Channel;
import org.carillon.fact.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Monday 2027-03-01, 10:00 in Montréal, is the present. */
@DisplayName("T18: a stop of an address stops what is planned for it, in its own transaction")
class StoppedPlansTest {

    private static final String NUMBER = "+15145550142", OTHER = "+15145550143";

    private final Shop shop = new Shop();
    private final Suppressions suppressions = new Suppressions(shop.jdbi, shop.clock, shop.replanner);
    private final long customer;

    StoppedPlansTest() {
        shop.at("2027-03-01T15:00:00Z");
        customer = shop.customer("Sophie", "fr", true, NUMBER);
    }

    private void stop(Channel channel, String address, Scope scope) {
        shop.jdbi.useTransaction(h -> suppressions.stop(channel, address, scope, Reason.OPTED_OUT, "STOP", "customer"));
    }

    private void start() { shop.jdbi.useTransaction(h -> suppressions.start(Channel.SMS, NUMBER, "customer")); }

    private void eventIsPlanned(long of) {
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "delay_n=60");
        shop.status(shop.order(of), "READY");
        assertEquals(List.of("PLANNED"), shop.plans());
    }

    private void number(long of, int position, String e164, boolean able) {
        shop.run("insert into customer_phone (customer_id, position, raw, e164, sms_able, problem) values (" + of + ", " + position + ", '" + e164 + "', '" + e164 + "', " + able
            + (able ? ", null)" : ", 'FIXED_LINE')"));
    }

    @Test @DisplayName("STOP suppresses the plans of whoever has that number, and of nobody else")
    void stopsWhatIsPlanned() {
        eventIsPlanned(customer);
        shop.status(shop.order(shop.customer("Anne", "fr", true, OTHER)), "READY");
        stop(Channel.SMS, NUMBER, Scope.ALL);
        assertEquals(List.of("SUPPRESSED OPTED_OUT", "PLANNED"), shop.plans());
    }

    @Test @DisplayName("no stop, no suppressed plan: what is rolled back stops nothing")
    void stopsInOneTransaction() {
        eventIsPlanned(customer);
        assertThrows(IllegalStateException.class, () -> shop.jdbi.useTransaction(h -> {
            suppressions.stop(Channel.SMS, NUMBER, Scope.ALL, Reason.OPTED_OUT, "STOP", "customer");
            throw new IllegalStateException("cut");
        }));
        assertEquals(List.of("PLANNED"), shop.plans());
    }

    @Test @DisplayName("what goes to another usable number stays; a number that takes no SMS is none")
    void leavesWhatGoesElsewhere() {
        number(customer, 1, OTHER, true);
        eventIsPlanned(customer);
        stop(Channel.SMS, OTHER, Scope.ALL);
        assertEquals(List.of("PLANNED"), shop.plans());
        stop(Channel.EMAIL, NUMBER, Scope.ALL);
        assertEquals(List.of("PLANNED"), shop.plans());
        shop.run("update customer_phone set sms_able = false, problem = 'FIXED_LINE' where e164 = '" + NUMBER + "'");
        shop.jdbi.useTransaction(h -> suppressions.start(Channel.SMS, OTHER, "customer"));
        stop(Channel.SMS, OTHER, Scope.ALL);
        assertEquals(List.of("SUPPRESSED OPTED_OUT"), shop.plans());
    }

    @Test @DisplayName("LAW-16: a stop of offers leaves what is none")
    void stopsOffersOnly() {
        eventIsPlanned(customer);
        stop(Channel.SMS, NUMBER, Scope.MARKETING);
        assertEquals(List.of("PLANNED"), shop.plans());
        start();
        shop.run("update template set purpose = 'MARKETING'");
        stop(Channel.SMS, NUMBER, Scope.MARKETING);
        assertEquals(List.of("SUPPRESSED OPTED_OUT"), shop.plans());
    }

    @Test @DisplayName("e-mail too, however the address is written")
    void stopsMail() {
        shop.run("insert into customer_email (customer_id, position, raw, address) values (" + customer + ", 0, 'Sophie@Example.test', 'Sophie@Example.test')");
        eventIsPlanned(customer);
        shop.run("update planned_notification set channel = 'EMAIL'");
        stop(Channel.EMAIL, "sophie@example.test", Scope.ALL);
        assertEquals(List.of("SUPPRESSED OPTED_OUT"), shop.plans());
    }

    @Test @DisplayName("P-12: START brings reminders back, as they are now; an event's message stays where it was")
    void bringsRemindersBack() {
        shop.reminder(1, "DAYS", "Rappel", "");
        long order = shop.order(customer);
        shop.due(order, "2027-03-04T09:00");
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "delay_n=60");
        shop.status(order, "READY");
        stop(Channel.SMS, NUMBER, Scope.ALL);
        assertEquals(List.of("SUPPRESSED OPTED_OUT", "SUPPRESSED OPTED_OUT"), shop.plans());
        shop.due(order, "2027-03-05T09:00");
        assertEquals(List.of(), shop.reminders(), "a change of the order brings nothing back to whoever has stopped");
        start();
        assertEquals(List.of("PLANNED 2027-03-05T09:00 2027-03-04T14:00:00Z"), shop.reminders());
        assertEquals(1, shop.plans().stream().filter("SUPPRESSED OPTED_OUT"::equals).count(), "the event's");
    }

    @Test @DisplayName("P-12: START without consent brings nothing back")
    void asksForConsentToo() {
        shop.reminder(1, "DAYS", "Rappel", "");
        shop.due(shop.order(customer), "2027-03-04T09:00");
        stop(Channel.SMS, NUMBER, Scope.ALL);
        shop.run("update customer set sms_consent = false where id = " + customer);
        start();
        assertEquals(List.of(), shop.reminders());
    }
}
