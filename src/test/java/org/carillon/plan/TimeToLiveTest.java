package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("REL-50: how long a message is worth sending, counted from its resolved send time")
class TimeToLiveTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "EVENT, 2027-03-01T15:00:00Z, -, -, 2027-03-02T03:00:00Z",
        "EVENT, 2027-03-01T15:00:00Z, -, PT30M, 2027-03-01T15:30:00Z",
        "EVENT, 2027-03-01T15:00:00Z, -, P3D, 2027-03-04T15:00:00Z",
        "DUE_DATE_REMINDER, 2027-03-03T14:00:00Z, 2027-03-04T14:00:00Z, -, 2027-03-04T14:00:00Z",
        "DUE_DATE_REMINDER, 2027-03-03T14:00:00Z, 2027-03-04T14:00:00Z, PT2H, 2027-03-03T16:00:00Z",
        "DUE_DATE_REMINDER, 2027-03-03T14:00:00Z, 2027-03-04T14:00:00Z, P7D, 2027-03-04T14:00:00Z"})
    void isATable(TimeToLive row, Instant send, Instant date, Duration own, Instant end) { assertEquals(end, row.expiry(send, date, own)); }

    private static List<String> ends(Shop shop) {
        return shop.jdbi.withHandle(h -> h.createQuery("select state, due_at, expires_at from planned_notification order by id")
            .map((r, x) -> r.getString(1) + " " + r.getTimestamp(2).toInstant() + " " + r.getTimestamp(3).toInstant()).list());
    }

    @Test void anEventsMessageMayHaveItsOwnAfterDelayAndHours() {
        Shop shop = new Shop();
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "ttl_minutes=90");
        shop.run("update automation set opening_hours_only = true");
        shop.at("2027-03-05T23:05:00Z");
        shop.status(shop.order(shop.customer("A", "fr", true, "+15145550101")), "READY");
        assertEquals(List.of("PLANNED 2027-03-08T13:00:00Z 2027-03-08T14:30:00Z"), ends(shop));
        shop.at("2027-03-08T14:31:00Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("EXPIRED EXPIRED"), shop.plans());
    }

    @Test void aReminderIsWorthlessOnceTheDateIsThere() {
        Shop shop = new Shop();
        shop.at("2027-03-01T15:00:00Z");
        shop.reminder(1, "DAYS", "Rappel", "");
        shop.reminder(1, "DAYS", "Rappel court", "ttl_minutes=120");
        shop.reminder(1, "DAYS", "Rappel long", "ttl_minutes=20160");
        shop.due(shop.order(shop.customer("A", "fr", true, "+15145550101")), "2027-03-04T09:00");
        assertEquals(List.of("PLANNED 2027-03-03T14:00:00Z 2027-03-04T14:00:00Z", "PLANNED 2027-03-03T14:00:00Z 2027-03-03T16:00:00Z",
            "PLANNED 2027-03-03T14:00:00Z 2027-03-04T14:00:00Z"), ends(shop));
    }

    @Test void followsAMovedDate() {
        Shop shop = new Shop();
        shop.at("2027-03-01T15:00:00Z");
        shop.reminder(1, "DAYS", "Rappel court", "ttl_minutes=120");
        long order = shop.order(shop.customer("A", "fr", true, "+15145550101"));
        shop.due(order, "2027-03-04T09:00");
        shop.due(order, "2027-03-05T09:00");
        assertEquals(List.of("PLANNED 2027-03-04T14:00:00Z 2027-03-04T16:00:00Z"), ends(shop));
    }
}
