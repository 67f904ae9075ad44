package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What each verdict makes of a message (T7 to T14) and of its route. */
class OutcomeTest {

    private DeliveryFixture shop;

    @BeforeEach void open() { shop = new DeliveryFixture(); }

    private long sent(Verdict verdict) {
        shop.sms.always(verdict);
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        shop.drain();
        return id;
    }

    private int attempts(long id) { return (int) shop.row(id).get("counted_attempts"); }

    /** Lets what waits come round, so many times. */
    private void again(int times, Duration every) {
        for (int i = 0; i < times; i++) {
            shop.advance(every);
            shop.drain();
        }
    }

    @Test @DisplayName("T8: a definite temporary no waits with jitter and is counted; T9: the twelfth fails")
    void retriesATemporaryRefusal() {
        long id = sent(Verdict.TEMPORARY);
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>RETRY_WAIT", shop.path(id));
        assertEquals("TEMPORARY_REFUSAL", shop.reason(id));
        assertEquals(1, attempts(id));
        Duration wait = Duration.between(shop.now(), ((java.sql.Timestamp) shop.row(id).get("next_attempt_at")).toInstant());
        assertTrue(wait.toSeconds() >= 10 && wait.toSeconds() <= 46, wait.toString());
        again(11, Duration.ofMinutes(46));
        assertEquals("FAILED", shop.state(id));
        assertEquals("ATTEMPTS_EXHAUSTED", shop.reason(id));
        assertEquals(12, shop.sms.count.get());
        assertEquals(12, shop.count("select max(n) from attempt_now"));
    }

    @Test @DisplayName("REL-18: a vague temporary no is believed three times")
    void givesUpAVagueRefusal() {
        long id = sent(Verdict.TEMPORARY_FEW);
        again(5, Duration.ofMinutes(46));
        assertEquals("FAILED", shop.state(id));
        assertEquals(3, shop.sms.count.get());
    }

    @Test @DisplayName("REL-17: a retry never waits beyond the expiry, which then closes it")
    void doesNotRetryBeyondExpiry() {
        shop.sms.always(Verdict.TEMPORARY);
        long id = shop.enqueue(shop.message(Channel.SMS, Purpose.TRANSACTIONAL, "+15145550100", "x", Duration.ofSeconds(10)));
        shop.drain();
        assertEquals(shop.row(id).get("expires_at"), shop.row(id).get("next_attempt_at"));
        shop.advance(Duration.ofSeconds(11));
        shop.drain();
        shop.sweep();
        assertEquals("EXPIRED", shop.state(id));
        assertEquals(1, shop.sms.count.get());
    }

    @Test void aFullMailboxIsTriedForThreeDays() {
        shop.mail.always(Verdict.MAILBOX_FULL);
        long id = shop.enqueue(shop.message(Channel.EMAIL, Purpose.TRANSACTIONAL, "full@example.test", "x", Duration.ofDays(10)));
        shop.drain();
        assertEquals("RETRY_WAIT", shop.state(id));
        again(4, Duration.ofHours(17));
        assertEquals("RETRY_WAIT", shop.state(id));
        again(2, Duration.ofHours(17));
        assertEquals("FAILED", shop.state(id));
    }

    @Test @DisplayName("T9: a definite permanent no")
    void failsAPermanentRefusal() {
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>FAILED", shop.path(sent(Verdict.PERMANENT)));
        assertEquals("SENDER_REFUSED", shop.reason(sent(Verdict.BAD_SENDER)));
        assertEquals(2, shop.sms.count.get());
    }

    @Test @DisplayName("T10: not taken is not counted, and the message keeps its place")
    void doesNotCountWhatWasNotTaken() {
        for (Verdict verdict : List.of(Verdict.NOT_SENT, Verdict.SESSION)) {
            shop.sms.answer = o -> shop.sms.count.get() % 2 == 1 ? ScriptedGateway.refuse(verdict) : shop.sms.accept(o);
            long id = shop.enqueue(shop.sms("+15145550100", "x"));
            shop.drain();
            assertEquals("NEW>QUEUED>CLAIMED>SENDING>QUEUED", shop.path(id), verdict.name());
            assertEquals(0, attempts(id));
            again(1, Duration.ofSeconds(3));
            assertEquals("ACCEPTED", shop.state(id));
        }
    }

    @Test @DisplayName("REL-16: throttled, the route slows by half, nothing fails, and it comes back by a tenth every ten seconds")
    void slowsDownWhenThrottled() {
        AtomicInteger asked = new AtomicInteger();
        shop.sms.answer = o -> asked.incrementAndGet() <= 5 ? ScriptedGateway.refuse(Verdict.THROTTLE) : shop.sms.accept(o);
        List<Long> ids = shop.enqueueSms(20);
        shop.drain();
        assertEquals(20, shop.count("select count(*) from message where state = 'ACCEPTED'"));
        assertEquals(0, shop.count("select count(*) from attempt_outcome where verdict not in ('ACCEPTED', 'THROTTLE')"));
        assertTrue(ids.stream().allMatch(id -> attempts(id) == 0));
        double slowed = shop.jdbi.withHandle(h -> h.createQuery("select rate from route_state where route = 'smpp'").mapTo(Double.class).one());
        assertTrue(slowed >= 1 && slowed <= 10, "rate " + slowed);
        shop.advance(Duration.ofSeconds(11));
        shop.enqueueSms(1);
        shop.drain();
        assertEquals(slowed * 1.1, shop.jdbi.withHandle(h -> h.createQuery("select rate from route_state where route = 'smpp'").mapTo(Double.class).one()), 1e-9);
    }

    private static Submission smsc(String code) { return ScriptedGateway.refuse(Verdicts.STANDARD.judge(Protocol.SMPP, Phase.SUBMIT, code)); }

    /** The oldest message is to a number that is always answered so; whoever waits behind it must not wait for ever. */
    private long stuck(String code, int others) {
        AtomicInteger asked = new AtomicInteger();
        shop.sms.window = 1;
        shop.sms.answer = o -> {
            if (!o.recipient().equals("+15145550100")) {
                return shop.sms.accept(o);
            }
            if (asked.incrementAndGet() == 8) {
                shop.dispatcher.stop();  // so that the test ends where nothing else leaves
            }
            return smsc(code);
        };
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        shop.advance(Duration.ofSeconds(1));
        shop.enqueueSms(others);
        shop.drain();
        assertEquals(others, shop.count("select count(*) from message where state = 'ACCEPTED'"));
        assertEquals("QUEUED", shop.state(id));
        assertEquals(0, attempts(id));
        return id;
    }

    @Test @DisplayName("4.1: a full queue of one number makes its message wait, and neither the others nor the route")
    void aFullQueueOfOneNumberHoldsUpNobodyElse() {
        long id = stuck("0x00000014", 10);
        Duration wait = Duration.between(shop.now(), ((java.sql.Timestamp) shop.row(id).get("next_attempt_at")).toInstant());
        assertTrue(wait.toSeconds() >= 10 && wait.toSeconds() <= 46, wait.toString());
        assertEquals(0, shop.count("select count(*) from route_state where rate is not null"));
        again(3, Duration.ofMinutes(46));
        assertEquals("QUEUED", shop.state(id), "never counted");
    }

    @Test @DisplayName("4.1: queues of many numbers full at once are the route's own: it slows down")
    void slowsDownWhenQueuesOfManyAreFull() {
        java.util.concurrent.CountDownLatch window = new java.util.concurrent.CountDownLatch(10);
        shop.sms.answer = o -> {
            window.countDown();
            if (shop.sms.count.get() > 20) {
                shop.dispatcher.stop();
            }
            Patience.await(window);
            return smsc("0x00000014");
        };
        shop.enqueueSms(10);
        shop.drain();
        assertEquals(1, shop.count("select count(*) from route_state where rate is not null"));
    }

    @Test @DisplayName("REL-16: a message throttled again and again lets the others pass")
    void whatIsAlwaysThrottledLetsTheOthersPass() { stuck("0x00000058", 3); }

    @Test @DisplayName("REL-16: a slow route's rate is kept by all nodes together")
    void sharesTheRate() {
        ScriptedGateway second = new ScriptedGateway(Channel.SMS);
        Node other = new Node(shop.jdbi);
        other.join("n2");
        // in the application's time: a rate raised while it is measured would be another
        shop.jdbi.useHandle(h -> h.createUpdate("insert into route_state (route, rate, ceiling, raised_at) values ('smpp', 20, 1000, :later)")
            .bind("later", shop.now().plus(Duration.ofDays(1))).execute());
        List<Long> submits = java.util.Collections.synchronizedList(new ArrayList<>());
        for (ScriptedGateway gateway : List.of(shop.sms, second)) {
            gateway.answer = o -> {
                submits.add(System.nanoTime());
                return gateway.accept(o);
            };
        }
        shop.enqueueSms(60);
        Dispatcher elsewhere = shop.dispatcher(other, second);
        // what missed its instant on a busy machine is due again some time later
        for (long end = System.nanoTime() + 60_000_000_000L; submits.size() < 60 && System.nanoTime() < end; ) {
            Thread there = new Thread(() -> elsewhere.drain(Channel.SMS));
            there.start();
            shop.drain();
            Patience.join(there);
        }
        assertEquals(60, shop.sms.count.get() + second.count.get());
        List<Long> sorted = submits.stream().sorted().toList();
        for (int last = 0; last < 60; last++) {
            for (int first = 0; first <= last; first++) {
                double seconds = (sorted.get(last) - sorted.get(first)) / 1e9;
                int many = last - first + 1;
                assertTrue(many <= 20 * seconds + 3, () -> many + " in " + seconds + " s");
            }
        }
    }

    @Test @DisplayName("REL-19: a route fault closes the route for all; after a minute one message tries it")
    void closesARouteThatAPersonMustRepair() {
        shop.sms.always(Verdict.ROUTE_FAULT);
        shop.enqueueSms(30);
        shop.drain();
        int submits = shop.sms.count.get();
        assertTrue(submits <= 10, "a window at most: " + submits);
        assertEquals(30, shop.count("select count(*) from message_due where state = 'QUEUED' and attempts = 0"));
        shop.drain();
        assertEquals(submits, shop.sms.count.get());
        assertEquals(1, shop.count("select count(*) from route_state where suspended_at is not null"));
        again(1, Duration.ofSeconds(61));
        assertEquals(submits + 1, shop.sms.count.get(), "the probe");
        shop.sms.always(Verdict.ACCEPTED);
        again(1, Duration.ofSeconds(61));
        assertEquals(30, shop.count("select count(*) from message where state = 'ACCEPTED'"));
        assertEquals(0, shop.count("select count(*) from route_state where suspended_at is not null"));
    }

    @Test void aBadEmailAddressIsSuppressedWithAllThatWaitsForIt() {
        shop.mail.answer = o -> ScriptedGateway.refuse(Verdict.BAD_ADDRESS);
        shop.mail.window = 1;
        long first = shop.enqueue(shop.mail("nobody@example.test", "x"));
        long second = shop.enqueue(shop.mail("nobody@example.test", "y"));
        shop.drain();
        assertEquals("FAILED", shop.state(first));
        assertEquals("SUPPRESSED", shop.state(second));
        assertEquals("ADDRESS_BOUNCED", shop.reason(second));
        assertEquals(1, shop.mail.count.get());
        assertEquals(1, shop.count("select count(*) from suppression where channel = 'EMAIL' and address = 'nobody@example.test' and released_at is null"));
    }

    @Test void aNumberRefusedTwiceIsMarkedBad() {
        shop.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 0, '514 555-0100', '+15145550100', true)", shop.customer);
        sent(Verdict.BAD_ADDRESS);
        assertEquals(1, shop.count("select count(*) from customer_phone where sms_able"));
        sent(Verdict.BAD_ADDRESS);
        assertEquals(1, shop.count("select count(*) from customer_phone where not sms_able and problem = 'NUMBER_UNUSABLE'"));
    }

    @Test @DisplayName("T13: an unknown outcome is resent once after the grace, flagged; a second one is closed")
    void resendsOnceWhatMayHaveBeenTaken() {
        long id = sent(Verdict.UNKNOWN);
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN", shop.path(id));
        again(1, Duration.ofMinutes(4));
        shop.sweep();
        assertEquals(1, shop.sms.count.get(), "within the grace nothing happens");
        shop.advance(Duration.ofMinutes(2));
        shop.sweep();
        assertEquals("POSSIBLE_DUPLICATE", shop.reason(id));
        shop.drain();
        assertEquals(2, shop.sms.count.get());
        assertEquals(1, shop.count("select count(*) from attempt where possible_duplicate"));
        shop.advance(Duration.ofMinutes(6));
        shop.sweep();
        shop.drain();
        assertEquals("UNKNOWN_CLOSED", shop.state(id));
        assertEquals(2, shop.sms.count.get());
    }

    @Test @DisplayName("T14: marketing of unknown outcome is never resent")
    void neverResendsMarketing() {
        shop.sms.always(Verdict.UNKNOWN);
        long id = shop.enqueue(shop.message(Channel.SMS, Purpose.MARKETING, "+15145550100", "x", Duration.ofDays(1)));
        shop.drain();
        shop.advance(Duration.ofMinutes(6));
        shop.sweep();
        shop.drain();
        assertEquals("UNKNOWN_CLOSED", shop.state(id));
        assertEquals("NO_RESEND", shop.reason(id));
        assertEquals(1, shop.sms.count.get());
    }

    @Test @DisplayName("MSG-12: an e-mail of unknown outcome is resent with the same Message-ID")
    void resendsAnEmailUnderTheSameMessageId() {
        shop.mail.answer = o -> shop.mail.count.get() == 1 ? Submission.unknown("cut after the dot") : shop.mail.accept(o);
        shop.enqueue(shop.mail("anne@example.test", "x"));
        shop.drain();
        shop.advance(Duration.ofMinutes(6));
        shop.sweep();
        shop.drain();
        assertEquals(2, shop.mail.submitted.size());
        assertEquals(1, shop.mail.submitted.stream().map(o -> ((Outgoing.Mail) o.content()).messageId()).distinct().count());
    }

    @Test void anUnknownOutcomeThatExpiresIsClosed() {
        shop.sms.always(Verdict.UNKNOWN);
        long id = shop.enqueue(shop.message(Channel.SMS, Purpose.TRANSACTIONAL, "+15145550100", "x", Duration.ofMinutes(3)));
        shop.drain();
        shop.advance(Duration.ofMinutes(4));
        shop.sweep();
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>UNKNOWN_CLOSED", shop.path(id));
        assertFalse(shop.sms.count.get() > 1);
    }

    @Test @DisplayName("REL-12: outcomes that cannot be written are kept and written when the database is back; nothing is submitted twice")
    void keepsOutcomesWhileTheDatabaseIsAway() {
        shop.sms.answer = o -> {
            if (shop.sms.count.get() == 1) {
                shop.database.owner().useHandle(h -> h.execute("alter table attempt_outcome rename to attempt_outcome_away"));
                new Thread(() -> {
                    Patience.pause(1_500);  // how long it is away
                    shop.database.owner().useHandle(h -> h.execute("alter table attempt_outcome_away rename to attempt_outcome"));
                }).start();
            }
            return shop.sms.accept(o);
        };
        shop.sms.window = 1;
        shop.enqueueSms(5);
        shop.drain();
        shop.drain();
        assertEquals(5, shop.count("select count(*) from message where state = 'ACCEPTED'"));
        assertEquals(5, shop.sms.count.get());
        assertEquals(0, shop.count("select count(*) from attempt_outcome where verdict <> 'ACCEPTED'"));
    }
}
