package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.carillon.fact.Channel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private DeliveryFixture shop;

    @BeforeEach void open() { shop = new DeliveryFixture(); }

    /** As if n1 were killed: its thread never comes back, its heart stops. */
    private void kill(String state, List<Long> ids) {
        Node.Life life = shop.node.life().orElseThrow();
        Turn turn = new Turn(shop.jdbi, shop.clock, new BadAddresses(shop.outbox), Deadlines.DEFAULT);
        turn.take(new Turn.Order(life, "smpp", List.of(), List.of(), state.equals("SENDING") ? ids.size() : 1, null, 50, true));
        if (state.equals("CLAIMED")) {
            claim(ids.size());
        }
    }

    /** Ahead, as a line does where each location is asked for its own. */
    private void claim(int wanted) {
        shop.jdbi.useTransaction(h -> Claims.take(h, shop.node.life().orElseThrow(), "smpp", wanted, true, new Shares(), shop.now(), Deadlines.DEFAULT));
    }

    private void stopHeart() { shop.execute("update node set heartbeat_at = clock_timestamp() - interval '31 seconds'"); }

    @Test @DisplayName("T5: CLAIMED of a dead node goes back to the queue, uncounted")
    void givesClaimsOfTheDeadBack() {
        List<Long> ids = shop.enqueueSms(20);
        kill("CLAIMED", ids);
        assertEquals(19, shop.count("select count(*) from message_due where state = 'CLAIMED'"));
        assertEquals(0, shop.recovery.recover(), "the owner lives and its lease holds");
        stopHeart();
        assertEquals(19, shop.recovery.recover());
        assertEquals(19, shop.count("select count(*) from message_due where state = 'QUEUED' and attempts = 0"));
    }

    @Test @DisplayName("T11: SENDING of a dead node becomes UNKNOWN only after lease and 30 s, and nobody claims it before")
    void leavesWhatMayBeOnTheWireAlone() {
        List<Long> ids = shop.enqueueSms(10);
        kill("SENDING", ids);
        stopHeart();
        shop.advance(Duration.ofSeconds(70));
        assertEquals(0, shop.recovery.recover());
        Node other = new Node(shop.jdbi);
        other.join("n2");
        assertEquals(0, shop.dispatcher(other, shop.sms).drain(Channel.SMS));
        shop.advance(Duration.ofSeconds(21));
        assertEquals(10, shop.recovery.recover());
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN", shop.path(ids.get(0)));
        assertEquals(10, shop.count("select count(*) from attempt_outcome o join attempt a using (message_id, part_no, claim_seq) where o.verdict = 'UNKNOWN' "
            + "and o.user_ref = ('x' || right(a.wire_ref::text, 4))::bit(16)::int"));
        assertEquals(0, shop.sms.count.get());
    }

    @Test void aLivingNodeIsNeverRobbedOfWhatItSends() {
        kill("SENDING", shop.enqueueSms(3));
        shop.advance(Duration.ofHours(1));
        assertEquals(0, shop.recovery.recover());
    }

    @Test @DisplayName("I6: a commit that hung and succeeded after the line had given it up leaves nothing stuck; it was never submitted (T10)")
    void disownsWhatAHungCommitLeft() {
        List<Long> ids = shop.enqueueSms(3);
        kill("SENDING", ids);
        shop.advance(Duration.ofSeconds(61));
        assertEquals(3, shop.drain());
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>QUEUED>CLAIMED>SENDING>ACCEPTED", shop.path(ids.get(0)));
        assertEquals(3, shop.count("select count(*) from attempt_outcome where verdict = 'NOT_SENT'"));
    }

    @Test @DisplayName("I6: an outcome that cannot be written is an unknown one (T11), and the others go on")
    void countsAsUnknownWhatCannotBeWritten() {
        shop.database.owner().useHandle(h -> h.execute("alter table attempt_outcome add constraint unwritable check (provider_id <> 'bad')"));
        shop.sms.answer = o -> o.recipient().endsWith("10001") ? new Submission(Verdict.ACCEPTED, "0", "bad", "") : shop.sms.accept(o);
        List<Long> ids = shop.enqueueSms(3);
        shop.drain();
        shop.drain();
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN", shop.path(ids.get(1)));
        assertEquals(2, shop.count("select count(*) from message where state = 'ACCEPTED'"));
    }

    @Test @DisplayName("REL-07: a restart ends the old life at once: its claims are recovered promptly")
    void aRestartRecoversItsOwn() {
        kill("CLAIMED", shop.enqueueSms(5));
        Node restarted = new Node(shop.jdbi);
        restarted.join("n1");
        assertEquals(4, shop.recovery.recover());
        assertEquals(4, shop.dispatcher(restarted, shop.sms).drain(Channel.SMS));
    }

    @Test void aNodeThatLostItsNameStopsClaiming() {
        new Node(shop.jdbi).join("n1");
        assertTrue(!shop.node.beat(shop.jdbi));
        shop.enqueueSms(1);
        assertEquals(0, shop.drain());
    }

    @Test @DisplayName("T20: an answer that comes when nobody waited for it any more proves that it was taken, and nothing is sent again (T12)")
    void hearsAnAnswerThatTookTooLong() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        shop.mail.window = 1;
        shop.mail.answer = o -> {
            try {
                asleep.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return shop.mail.accept(o);
        };
        Deadlines d = Deadlines.DEFAULT;
        Dispatcher dispatcher = shop.dispatcher(new Deadlines(d.lease(), d.margin(), d.recovery(), d.dead(), d.grace(), Duration.ofMillis(200), d.receipts()), shop.node, shop.mail);
        long id = shop.enqueue(shop.mail("anne@example.test", "x"));
        long next = shop.enqueue(shop.mail("luc@example.test", "y"));
        CompletableFuture<Integer> drain = CompletableFuture.supplyAsync(() -> dispatcher.drain(Channel.EMAIL));
        while (!"UNKNOWN".equals(shop.state(id))) {
            Thread.onSpinWait();
        }
        assertEquals(1, shop.mail.count.get(), "the gateway's place is still taken");
        asleep.countDown();
        drain.get();
        assertEquals("ACCEPTED", shop.state(next));
        shop.advance(Duration.ofMinutes(6));
        shop.sweep();
        dispatcher.drain(Channel.EMAIL);
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>ACCEPTED", shop.path(id));
        assertEquals(2, shop.mail.count.get());
        assertEquals(1, shop.count("select count(*) from late_outcome where verdict = 'ACCEPTED' and message_id = " + id));
    }

    @Test @DisplayName("T20: an answer that comes after the message was taken away is only written down, and proves that it was taken (T12)")
    void fencesLateOutcomes() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        shop.sms.answer = o -> {
            try {
                asleep.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return o.recipient().endsWith("10000") ? shop.sms.accept(o) : ScriptedGateway.refuse(Verdict.TEMPORARY);
        };
        List<Long> ids = shop.enqueueSms(2);
        CompletableFuture<Integer> drain = CompletableFuture.supplyAsync(() -> shop.dispatcher.drain(Channel.SMS));
        while (shop.sms.count.get() < 2) {
            Thread.onSpinWait();
        }
        stopHeart();
        shop.advance(Duration.ofSeconds(91));
        assertEquals(2, shop.recovery.recover());
        asleep.countDown();
        drain.get();
        assertEquals(2, shop.count("select count(*) from late_outcome"));
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>ACCEPTED", shop.path(ids.get(0)));
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN", shop.path(ids.get(1)));
        shop.receipts.record(new Receipt("smpp", "id1", null, "", Receipt.State.DELIVERED, "", shop.now()));
        assertEquals("DELIVERED", shop.state(ids.get(0)));
    }

    @Test @DisplayName("after a commit that nobody confirmed: what was never submitted goes back")
    void disownsWhatItNeverSubmitted() {
        List<Long> ids = shop.enqueueSms(4);
        kill("SENDING", ids.subList(0, 2));
        claim(2);
        Instant before = shop.now();
        Turn turn = new Turn(shop.jdbi, shop.clock, new BadAddresses(shop.outbox), Deadlines.DEFAULT);
        turn.disown(shop.node.life().orElseThrow(), "smpp", List.of(ids.get(3)));
        assertEquals(3, shop.count("select count(*) from message_due where state = 'QUEUED' and attempts = 0"));
        assertEquals(2, shop.count("select count(*) from attempt_outcome where verdict = 'NOT_SENT'"));
        assertTrue(shop.now().isAfter(before));
        assertEquals(4, shop.drain(), "and the last one, which this line knows nothing of");
    }
}
