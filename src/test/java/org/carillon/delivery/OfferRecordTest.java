package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.carillon.customer.ConsentWatch;
import org.carillon.customer.Suppressions;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A feed of complaints and bounces, and what becomes of a location's offers. */
class OfferRecordTest {

    private final DeliveryFixture shop = new DeliveryFixture();
    private final Returns returns = new Returns(shop.jdbi, shop.clock, new Suppressions(shop.jdbi, shop.clock, new ConsentWatch() {
        @Override public void withdrawn(long customerId, Channel channel, String actor) { }

        @Override public void given(long customerId, Channel channel) { }

        @Override public void stopped(Channel channel, String address, boolean offersOnly, Reason reason, String actor) { }
    }), Deadlines.DEFAULT);

    private List<Long> offers(int count) {
        List<Long> ids = shop.outbox.enqueue(IntStream.range(0, count).mapToObj(i -> shop.message(Channel.EMAIL, Purpose.MARKETING, "n" + System.nanoTime() + "x" + i + "@home.example", "Rabais", Duration.ofHours(12))).toList());
        shop.drain();
        return ids;
    }

    private void comes(List<Long> messages, Returned.Kind kind) { messages.forEach(id -> shop.jdbi.useTransaction(h -> returns.record(id, kind, ""))); }

    private long holds() { return shop.count("select count(*) from marketing_hold where released_at is null"); }

    @Test @DisplayName("LAW-18: the third complaint of a thousand offers holds the location's offers, and nothing else, until somebody lets them go")
    void holdsOnComplaints() {
        List<Long> sent = offers(1_000);
        comes(sent.subList(0, 2), Returned.Kind.COMPLAINT);
        assertEquals(0, holds());
        long offer = shop.enqueue(shop.message(Channel.EMAIL, Purpose.MARKETING, "next@home.example", "Rabais", Duration.ofHours(12)));
        long ready = shop.enqueue(shop.mail("ready@home.example", "Prêt"));
        comes(sent.subList(2, 4), Returned.Kind.COMPLAINT);
        assertEquals(1, holds());
        assertEquals(List.of("HELD", "MARKETING_HELD", "QUEUED"), List.of(shop.state(offer), shop.reason(offer), shop.state(ready)));
        assertEquals(3, shop.count("select complaints from marketing_hold"));
        shop.jdbi.useTransaction(h -> assertTrue(OfferRecord.release(h, shop.location, "Ève", shop.now())));
        assertEquals("QUEUED", shop.state(offer));
        shop.jdbi.useTransaction(h -> assertFalse(OfferRecord.release(h, shop.location, "Ève", shop.now())));
        shop.advance(Duration.ofMinutes(1));
        comes(offers(10).subList(0, 2), Returned.Kind.COMPLAINT);
        assertEquals(0, holds(), "what was before counts no more");
    }

    @Test @DisplayName("LAW-18: five percent of addresses that are no good hold the offers; soft bounces and other letters do not count")
    void holdsOnBounces() {
        List<Long> sent = offers(200);
        comes(sent.subList(0, 9), Returned.Kind.HARD);
        comes(sent.subList(9, 60), Returned.Kind.SOFT);
        long ready = shop.enqueue(shop.mail("ready@home.example", "Prêt"));
        shop.drain();
        comes(List.of(ready), Returned.Kind.HARD);
        assertEquals(0, holds());
        comes(sent.subList(60, 61), Returned.Kind.HARD);
        assertEquals(1, holds());
    }

    @Test @DisplayName("LAW-18: the limits, and small shops")
    void knowsTheLimits() {
        assertTrue(new OfferRecord(1_000, 2, 49).good());
        assertFalse(new OfferRecord(1_000, 3, 0).good());
        assertFalse(new OfferRecord(1_000, 0, 50).good());
        assertTrue(new OfferRecord(3, 1, 2).good(), "one wrong address of three says nothing");
        assertFalse(new OfferRecord(20, 0, 5).good());
    }
}
