package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.carillon.fact.EventType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reminders of due dates on a real database. Monday 2027-03-01, 10:00 in Montréal, is the present; the garage opens 8 to 17 on weekdays, nights are quiet from 21 to 8. */
class ReminderTest {

    private final Shop shop = new Shop();

    ReminderTest() { shop.at("2027-03-01T15:00:00Z"); }

    private long order() { return shop.order(shop.customer("Sophie", "fr", true, "+15145550142")); }

    @Test @DisplayName("RO-26, RO-30, RO-32: planned as soon as the order has a due date, and sent when its moment comes")
    void remindsADayBefore() {
        shop.reminder(1, "DAYS", "Rappel { order.due_at_date }", "");
        long order = order();
        shop.due(order, "2027-03-04T09:00");
        assertEquals(List.of("PLANNED 2027-03-04T09:00 2027-03-03T14:00:00Z"), shop.reminders());
        shop.at("2027-03-03T13:59:59Z");
        shop.releaser.releaseDue();
        assertEquals(List.of(), shop.texts());
        shop.at("2027-03-03T14:00:00Z");
        shop.releaser.releaseDue();
        assertEquals(1, shop.texts().size());
    }

    @Test @DisplayName("RO-27: without a due date nothing is planned")
    void needsADueDate() {
        shop.reminder(1, "DAYS", "Rappel", "");
        shop.record(order(), EventType.ORDER_CREATED, "NEW", Map.of(), false);
        assertEquals(List.of(), shop.reminders());
    }

    @Test @DisplayName("RO-33, B-01, P-03: cleared, closed and moved; one reminder, with the new time")
    void followsTheOrder() {
        shop.reminder(60, "MINUTES", "Rappel", "");
        long order = order();
        shop.due(order, "2027-03-04T10:00");
        shop.due(order, "2027-03-04T15:00");
        assertEquals(List.of("PLANNED 2027-03-04T15:00 2027-03-04T19:00:00Z"), shop.reminders());
        shop.due(order, null);
        assertEquals(List.of("CANCELLED DUE_CLEARED"), shop.plans());
        shop.due(order, "2027-03-05T15:00");
        assertEquals(List.of("PLANNED 2027-03-05T15:00 2027-03-05T19:00:00Z"), shop.reminders());
        shop.status(order, "CLOSED");
        assertEquals(List.of("CANCELLED ORDER_CLOSED"), shop.plans());
        shop.status(order, "NEW");
        assertEquals(List.of("PLANNED 2027-03-05T15:00 2027-03-05T19:00:00Z"), shop.reminders(), "reopened");
    }

    @Test @DisplayName("P-05, A-41: inside the lead time it is not sent and says why; with the option it goes at once")
    void isNotSentLateUnlessWanted() {
        shop.reminder(3, "DAYS", "Tot", "");
        shop.reminder(3, "DAYS", "Tard", "send_late=true");
        long order = order();
        shop.due(order, "2027-03-02T14:00");
        assertEquals(List.of("SKIPPED LEAD_TIME_PASSED", "PLANNED"), shop.plans());
        shop.releaser.releaseDue();
        assertEquals(List.of("+15145550142 Tard"), shop.texts());
    }

    @Test @DisplayName("After release another date is another occurrence, the same date is not")
    void remindsAgainOfAnotherDate() {
        shop.reminder(60, "MINUTES", "Rappel", "");
        long order = order();
        shop.due(order, "2027-03-01T10:30");
        shop.at("2027-03-01T15:01:00Z");
        shop.due(order, "2027-03-01T11:00");
        assertEquals(List.of("SKIPPED LEAD_TIME_PASSED"), shop.plans());
        shop.due(order, "2027-03-01T13:00");
        shop.at("2027-03-01T17:00:00Z");
        shop.releaser.releaseDue();
        assertEquals(1, shop.texts().size());
        shop.due(order, "2027-03-02T13:00");
        assertEquals(List.of("PLANNED 2027-03-02T13:00 2027-03-02T17:00:00Z"), shop.reminders());
    }

    @Test @DisplayName("P-04, P-19: the lead time is edited, the reminder paused, resumed and deleted")
    void followsTheReminder() {
        long reminder = shop.reminder(24, "HOURS", "Rappel", "");
        shop.due(order(), "2027-03-04T15:00");
        shop.edit(reminder, "delay_n = 2");
        assertEquals(List.of("PLANNED 2027-03-04T15:00 2027-03-04T18:00:00Z"), shop.reminders());
        shop.edit(reminder, "state = 'PAUSED'");
        assertEquals(List.of("HELD AUTOMATION_PAUSED"), shop.plans());
        shop.edit(reminder, "state = 'ACTIVE'");
        assertEquals(List.of("PLANNED 2027-03-04T15:00 2027-03-04T18:00:00Z"), shop.reminders());
        shop.edit(reminder, "deleted = true");
        assertEquals(List.of("CANCELLED AUTOMATION_DELETED"), shop.plans());
    }

    @Test @DisplayName("A-40: out of quiet hours, and into opening hours where that is wanted")
    void keepsGoodHours() {
        shop.reminder(2, "HOURS", "Calme", "");
        shop.reminder(2, "HOURS", "Ouvert", "into_opening_hours=true");
        long order = order();
        shop.due(order, "2027-03-08T08:00");
        assertEquals(List.of("PLANNED 2027-03-08T08:00 2027-03-08T01:45:00Z", "PLANNED 2027-03-08T08:00 2027-03-05T21:45:00Z"), shop.reminders());
        shop.due(order, "2027-03-08T09:30");
        assertEquals(List.of("PLANNED 2027-03-08T09:30 2027-03-08T13:00:00Z", "PLANNED 2027-03-08T09:30 2027-03-05T21:45:00Z"), shop.reminders());
    }

    @Test @DisplayName("REL-48 b: of two reminders that are both overdue only the newer is sent")
    void sendsOneOfTwoThatAreLate() {
        shop.reminder(24, "HOURS", "Demain", "");
        shop.reminder(2, "HOURS", "Bientot", "");
        shop.due(order(), "2027-03-04T15:00");
        shop.at("2027-03-04T18:30:00Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("SKIPPED SUPERSEDED", "RELEASED"), shop.plans());
        assertEquals(List.of("+15145550142 Bientot"), shop.texts());
    }

    @Test @DisplayName("REL-48 a, c: nothing after the date; late at night it waits for the morning where the date is later")
    void neverComesAfterTheDate() {
        shop.reminder(24, "HOURS", "Rappel", "");
        shop.due(order(), "2027-03-04T15:00");
        shop.due(order(), "2027-03-05T15:00");
        shop.at("2027-03-05T03:00:00Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("EXPIRED EXPIRED", "PLANNED OUTSIDE_HOURS"), shop.plans());
        assertEquals("2027-03-05T13:00:00Z", shop.due());
        shop.calendarChanges();
        assertEquals("2027-03-05T13:00:00Z", shop.due(), "a change of hours does not lose what was on its way");
    }

    @Test @DisplayName("B-01: the order is handed to another location, whose own reminders take over")
    void followsTheLocation() {
        shop.reminder(60, "MINUTES", "Ici", "");
        long order = order();
        shop.due(order, "2027-03-04T15:00");
        long elsewhere = shop.id("insert into location (code, name, zone, country, language) values ('PAR', 'Bercy', 'Europe/Paris', 'FR', 'fr') returning id");
        long there = shop.reminder(120, "MINUTES", "La-bas", "");
        shop.run("update automation_location set location_id = " + elsewhere + " where automation_id = " + there);
        shop.run("delete from planned_notification where automation_id = " + there);
        shop.moveTo(order, elsewhere, "2027-03-04T14:00:00Z");
        assertEquals(List.of("CANCELLED REASSIGNED", "PLANNED"), shop.plans());
        assertEquals(List.of("PLANNED 2027-03-04T15:00 2027-03-04T12:00:00Z"), shop.reminders());
    }

    @Test @DisplayName("REL-47: planned under an older revision it is not sent, but made anew at once")
    void refusesAnOlderRevision() {
        long reminder = shop.reminder(24, "HOURS", "Rappel", "");
        shop.due(order(), "2027-03-04T15:00");
        shop.run("update automation set delay_n = 2, rev = rev + 1 where id = " + reminder);
        shop.at("2027-03-03T20:00:01Z");
        shop.releaser.releaseDue();
        assertEquals(List.of(), shop.texts());
        assertEquals(List.of("PLANNED 2027-03-04T15:00 2027-03-04T18:00:00Z"), shop.reminders());
    }

    @Test @DisplayName("A-38, A-39: a message that was just released and has not left is recalled when the date moves, and planned again when it comes back")
    void recallsWhatHasNotLeft() {
        shop.reminder(60, "MINUTES", "Rappel", "");
        long order = order();
        shop.due(order, "2027-03-01T11:30");
        shop.at("2027-03-01T15:30:00Z");
        shop.releaser.releaseDue();
        shop.due(order, "2027-03-02T11:30");
        assertEquals(List.of("PLANNED 2027-03-02T11:30 2027-03-02T15:30:00Z"), shop.reminders());
        assertEquals(List.of("CANCELLED"), shop.jdbi.withHandle(h -> h.createQuery("select state from message").mapTo(String.class).list()));
        shop.at("2027-03-02T15:30:00Z");
        shop.releaser.releaseDue();
        assertEquals(2, shop.texts().size());
    }

    @Test @DisplayName("A consent that is withdrawn stops the reminder, given back it returns")
    void followsConsent() {
        shop.reminder(60, "MINUTES", "Rappel", "");
        long customer = shop.customer("Sophie", "fr", true, "+15145550142");
        shop.due(shop.order(customer), "2027-03-04T15:00");
        shop.run("update customer set sms_consent = false where id = " + customer);
        shop.jdbi.useTransaction(h -> shop.replanner.withdrawn(customer, org.carillon.fact.Channel.SMS, "test"));
        assertEquals(List.of("SUPPRESSED CONSENT_WITHDRAWN"), shop.plans());
        shop.run("update customer set sms_consent = true where id = " + customer);
        shop.jdbi.useTransaction(h -> shop.replanner.given(customer, org.carillon.fact.Channel.SMS));
        assertEquals(List.of("PLANNED"), shop.plans());
    }
}
