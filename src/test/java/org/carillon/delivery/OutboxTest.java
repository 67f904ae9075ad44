package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.carillon.fact.Channel;
import org.carillon.fact.Reason;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final String LONG = "Votre appareil est prêt. ".repeat(7);  // ê: UCS-2, 175 units, 3 parts
    private static DeliveryFixture shop;

    @BeforeAll static void open() { shop = new DeliveryFixture(); }

    @Test @DisplayName("REL-02: a thousand business transactions rolled back leave no message, a thousand committed leave a thousand")
    void commitsWithWhatCalledForIt() {
        long before = shop.count("select count(*) from message");
        for (int i = 0; i < 1_000; i++) {
            NewMessage message = shop.sms("+15145550100", "n" + i);
            assertThrows(IllegalStateException.class, () -> shop.jdbi.useTransaction(h -> {
                shop.outbox.enqueue(List.of(message));
                throw new IllegalStateException("the business change fails");
            }));
        }
        assertEquals(before, shop.count("select count(*) from message"));
        assertEquals(0, shop.count("select count(*) from message_event e where not exists (select 1 from message m where m.id = e.message_id)"));
        for (int i = 0; i < 1_000; i++) {
            NewMessage message = shop.sms("+15145550100", "n" + i);
            shop.jdbi.useTransaction(h -> shop.outbox.enqueue(List.of(message)));
        }
        assertEquals(before + 1_000, shop.count("select count(*) from message"));
    }

    @Test void queuesWithItsFactsItsClaimRowAndItsFirstEvent() {
        long id = shop.enqueue(shop.mail("anne@example.test", "Bonjour"));
        assertEquals("QUEUED", shop.state(id));
        assertEquals("NEW>QUEUED", shop.path(id));
        assertTrue(shop.jdbi.withHandle(h -> h.createQuery("select mail_message_id from message where id = :id").bind("id", id).mapTo(String.class).one())
            .endsWith("@shop.test"));
        assertNull(shop.row(id).get("accepted_at"));
    }

    @Test void answersTheNumbersInTheOrderOfTheMessages() {
        List<NewMessage> messages = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            messages.add(shop.sms("+1514555" + (20_000 + i), "t" + i));
        }
        List<Long> ids = shop.outbox.enqueue(messages);
        for (int i = 0; i < 500; i++) {
            assertEquals("t" + i, shop.row(ids.get(i)).get("text"));
        }
    }

    @Test @DisplayName("MSG-05: 300 long SMS to one number: no concatenation reference comes back within 255 others")
    void doesNotReuseAConcatenationReference() {
        List<NewMessage> messages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            messages.add(shop.sms("+15145550777", LONG));
        }
        for (int batch = 0; batch < 3; batch++) {
            shop.outbox.enqueue(messages);
        }
        List<Integer> given = shop.jdbi.withHandle(h -> h.createQuery("select distinct on (message_id) concat_ref from message_part p join message m on m.id = p.message_id "
            + "where m.recipient = '+15145550777' order by message_id").mapTo(Integer.class).list());
        assertEquals(300, given.size());
        for (int i = 0; i + 256 <= given.size(); i++) {
            assertEquals(256, Set.copyOf(given.subList(i, i + 256)).size());
        }
        assertEquals(3, shop.count("select max(part_no) from message_part p join message m on m.id = p.message_id where m.recipient = '+15145550777'"));
    }

    @Test @DisplayName("T16: cancels what came from a plan, and only that")
    void cancelsByPlan() {
        long one = shop.enqueue(DeliveryFixture.ofPlan(shop.sms("+15145550001", "a"), 71));
        long other = shop.enqueue(DeliveryFixture.ofPlan(shop.sms("+15145550001", "b"), 72));
        assertEquals(1, shop.outbox.cancelByPlans(List.of(71L), Reason.STATUS_MOVED_ON, "planner"));
        assertEquals("CANCELLED", shop.state(one));
        assertEquals("STATUS_MOVED_ON", shop.reason(one));
        assertEquals("NEW>QUEUED>CANCELLED", shop.path(one));
        assertEquals("QUEUED", shop.state(other));
    }

    @Test @DisplayName("T18: an opt-out stops what waits for the address, a withdrawn consent what waits for the customer")
    void suppresses() {
        long sms = shop.enqueue(shop.sms("+15145550002", "a"));
        long mail = shop.enqueue(shop.mail("b@example.test", "b"));
        assertEquals(1, shop.outbox.suppress(Channel.SMS, "+15145550002", Reason.OPTED_OUT, "inbound"));
        assertEquals("SUPPRESSED", shop.state(sms));
        assertEquals("QUEUED", shop.state(mail));
        assertTrue(shop.outbox.withdrawn(shop.customer, Channel.EMAIL, "staff:1") >= 1);
        assertEquals("CONSENT_WITHDRAWN", shop.reason(mail));
    }
}
