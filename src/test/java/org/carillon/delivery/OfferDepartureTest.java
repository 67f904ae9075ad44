package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The last look at an offer (T6), on a Tuesday; it was released at noon in Montréal and waits in the queue. */
class OfferDepartureTest {

    private final DeliveryFixture shop = new DeliveryFixture();

    private long offer(Duration life) { return shop.enqueue(shop.message(Channel.SMS, Purpose.MARKETING, "+15145550142", "Rabais", life)); }

    @Test @DisplayName("LAW-10, T6b: hours are open again before the attempt; else it goes back to the queue until the next window")
    void waitsForTheNextWindow() {
        long id = offer(Duration.ofHours(30));
        shop.advance(Duration.ofMinutes(8 * 60 + 30));
        shop.drain();
        assertEquals("QUEUED OUTSIDE_OFFER_HOURS", shop.state(id) + " " + shop.reason(id));
        Instant next = ((java.sql.Timestamp) shop.jdbi.withHandle(h -> h.createQuery("select next_attempt_at from message_due where message_id = ?").bind(0, id)
            .map((r, c) -> r.getTimestamp(1)).one())).toInstant();
        assertEquals("2026-11-25T09:00".substring(10), next.atZone(ZoneId.of("America/Toronto")).toLocalDateTime().toString().substring(10), "nine the next morning");
        shop.advance(Duration.between(shop.now(), next.plusSeconds(1)));
        shop.drain();
        assertEquals("NEW>QUEUED>CLAIMED>QUEUED>CLAIMED>SENDING>ACCEPTED", shop.path(id));
    }

    @Test @DisplayName("LAW-10, T6b: what is over before the next window expires, with the reason")
    void expiresWhereTheWindowComesTooLate() {
        long id = offer(Duration.ofHours(12));
        shop.advance(Duration.ofMinutes(8 * 60 + 30));
        shop.drain();
        assertEquals("EXPIRED OUTSIDE_OFFER_HOURS", shop.state(id) + " " + shop.reason(id));
    }

    @Test @DisplayName("KI-44, T6b: what real time found waits in the queue for the automation's own period, whenever the shop is open")
    void waitsForItsOwnPeriod() {
        long template = shop.count("insert into template (name) values ('Ce soir') returning id");
        long automation = shop.count("insert into automation (ref, state, trigger_kind, kind, audience, channels, template_id, active_since, opening_hours_only, period_from, period_to, days) values "
            + "('soir', 'ACTIVE', 'REAL_TIME', 'GENERAL', '[]', 'SMS', " + template + ", now(), false, '18:00', '20:00', 'MON,TUE,WED,THU,FRI,SAT,SUN') returning id");
        NewMessage m = shop.sms("+15145550142", "Ce soir");
        long id = shop.enqueue(new NewMessage(null, 1, 1, automation, m.locationId(), m.customerId(), m.subject(), null, m.channel(), m.purpose(), m.recipient(), m.sender(), m.subjectLine(), m.text(),
            m.expiresAt(), false));
        shop.drain();
        assertEquals("QUEUED OUTSIDE_HOURS", shop.state(id) + " " + shop.reason(id));
        shop.advance(Duration.ofMinutes(6 * 60 + 1));
        shop.drain();
        assertEquals("ACCEPTED", shop.state(id));
    }

    @Test @DisplayName("LAW-04: consent that the law implied and that ended in the queue no longer lets an offer go")
    void asksForTheImpliedConsentAgain() {
        shop.execute("insert into company (name) select 'Garage' where not exists (select from company)");
        shop.execute("update customer set marketing_consent = false, implied_until = ?", java.sql.Timestamp.from(shop.now().plusSeconds(60)));
        long goes = offer(Duration.ofHours(2));
        shop.drain();
        assertEquals("ACCEPTED", shop.state(goes));
        shop.advance(Duration.ofSeconds(61));
        long stays = offer(Duration.ofHours(2));
        shop.drain();
        assertEquals("SUPPRESSED CONSENT_WITHDRAWN", shop.state(stays) + " " + shop.reason(stays));
    }
}
