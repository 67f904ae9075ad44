package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private DeliveryFixture shop;

    @BeforeEach void open() { shop = new DeliveryFixture(); }

    @Test void sendsAnSmsAndRecordsEveryStep() {
        long id = shop.enqueue(shop.sms("+15145550100", "Votre appareil est là."));
        assertEquals(1, shop.drain());
        assertEquals("ACCEPTED", shop.state(id));
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>ACCEPTED", shop.path(id));
        Outgoing outgoing = shop.sms.submitted.get(0);
        assertEquals("+15145550100", outgoing.recipient());
        assertEquals(new Outgoing.Sms(false, "Votre appareil est là.", 0, 1, 1, SmsTerms.USUAL), outgoing.content());
        assertTrue(outgoing.validity().compareTo(Duration.ofHours(11)) > 0 && outgoing.validity().compareTo(Duration.ofHours(12)) <= 0, "REL-22");
        assertEquals(1, shop.count("select count(*) from attempt_now where verdict = 'ACCEPTED' and provider_id = 'id1' and n = 1"));
        assertEquals(0, shop.count("select count(*) from message_due"));
        assertNotNull(shop.row(id).get("accepted_at"));
        assertEquals(4 + 1 + 1, shop.count("select count(*) from message_history where message_id = " + id), "events, attempt, outcome");
    }

    @Test void sendsAnEmailWithTheMessageIdOfItsCreation() {
        long id = shop.enqueue(shop.mail("Anne@Example.test", "Bonjour"));
        shop.drain();
        Outgoing.Mail mail = (Outgoing.Mail) shop.mail.submitted.get(0).content();
        assertEquals("ACCEPTED", shop.state(id));
        assertEquals(shop.jdbi.withHandle(h -> h.createQuery("select mail_message_id from message").mapTo(String.class).one()), mail.messageId());
        assertEquals("anne@example.test", shop.mail.submitted.get(0).recipient(), "as suppressions have it");
    }

    @Test @DisplayName("REL-05: at the instant of each submit its attempt is committed")
    void writesTheAttemptBeforeTheFirstByte() {
        Set<String> without = ConcurrentHashMap.newKeySet();
        shop.sms.answer = o -> {
            if (shop.count("select count(*) from attempt where wire_ref = '" + o.wireRef() + "'") != 1) {
                without.add(o.wireRef().toString());
            }
            return shop.sms.accept(o);
        };
        shop.enqueueSms(300);
        assertEquals(300, shop.drain());
        assertEquals(Set.of(), without);
    }

    @Test @DisplayName("P-02: two dispatchers on 1,000 messages submit each exactly once")
    void twoNodesShareTheWork() throws Exception {
        Node other = new Node(shop.jdbi);
        other.join("n2");
        ScriptedGateway second = new ScriptedGateway(Channel.SMS);
        Dispatcher there = shop.dispatcher(other, second);
        shop.enqueueSms(1_000);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CountDownLatch start = new CountDownLatch(1);
        Future<Integer> here = threads.submit(() -> { start.await(); return shop.dispatcher.drain(Channel.SMS); });
        Future<Integer> elsewhere = threads.submit(() -> { start.await(); return there.drain(Channel.SMS); });
        start.countDown();
        assertEquals(1_000, here.get() + elsewhere.get());
        threads.shutdown();
        assertEquals(1_000, shop.count("select count(distinct message_id) from attempt"));
        assertEquals(1_000, shop.count("select count(*) from attempt"));
        assertEquals(1_000, shop.count("select count(*) from message where state = 'ACCEPTED'"));
        assertEquals(1_000, shop.sms.count.get() + second.count.get());
        assertTrue(second.count.get() > 0 && shop.sms.count.get() > 0, "both worked");
    }

    @Test @DisplayName("REL-20: 10,000 messages due at once leave in one go")
    void drainsUntilEmpty() {
        shop.sms.window = 100;
        shop.sms.keep = false;
        shop.enqueueSms(10_000);
        long began = System.nanoTime();
        assertEquals(10_000, shop.drain());
        System.err.println("REL-20: 10,000 messages in " + (System.nanoTime() - began) / 1_000_000 + " ms");
        assertEquals(10_000, shop.count("select count(*) from message where state = 'ACCEPTED'"));
        assertEquals(40_000, shop.count("select count(*) from message_event"));
    }

    @Test @DisplayName("REL-21: transactional before reminder before marketing")
    void servesTheUrgentFirst() {
        shop.sms.window = 1;
        long marketing = shop.enqueue(shop.message(Channel.SMS, Purpose.MARKETING, "+15145550103", "m", Duration.ofHours(1)));
        long reminder = shop.enqueue(shop.message(Channel.SMS, Purpose.REMINDER, "+15145550102", "r", Duration.ofHours(1)));
        long transactional = shop.enqueue(shop.message(Channel.SMS, Purpose.TRANSACTIONAL, "+15145550101", "t", Duration.ofHours(1)));
        shop.drain();
        assertEquals(List.of(transactional, reminder, marketing), shop.sms.submitted.stream().map(Outgoing::messageId).toList());
    }

    @Test @DisplayName("LAW-15, LAW-16: the confirmation of a stop leaves despite it and without consent; a stop of offers holds back offers only")
    void leavesDespiteTheStop() {
        shop.jdbi.useHandle(h -> h.execute("update customer set sms_consent = false"));
        shop.jdbi.useHandle(h -> h.execute("insert into suppression (channel, address, scope, reason, at, actor) values ('SMS', '+15145550100', 'ALL', 'OPTED_OUT', now(), 'customer'), "
            + "('SMS', '+15145550101', 'MARKETING', 'OPTED_OUT', now(), 'customer')"));
        long confirmation = shop.outbox.answer(shop.sms("+15145550100", "Arrêté"), 1, true);
        long other = shop.outbox.answer(shop.sms("+15145550100", "Aide"), 2, false);
        shop.drain();
        assertEquals("ACCEPTED", shop.state(confirmation));
        assertEquals("SUPPRESSED", shop.state(other));
        shop.jdbi.useHandle(h -> h.execute("update customer set sms_consent = true"));
        long ready = shop.enqueue(shop.sms("+15145550101", "Prêt"));
        long offer = shop.enqueue(shop.message(Channel.SMS, Purpose.MARKETING, "+15145550101", "Rabais", Duration.ofHours(1)));
        shop.drain();
        assertEquals("ACCEPTED", shop.state(ready));
        assertEquals("SUPPRESSED", shop.state(offer));
    }

    @Test void claimsNothingWhileTheRouteIsClosed() {
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        shop.sms.open = false;
        assertEquals(0, shop.drain());
        assertEquals("NEW>QUEUED", shop.path(id));
        shop.sms.open = true;
        assertEquals(1, shop.drain());
    }

    @Test @DisplayName("T5: what was claimed goes back when the route closes in mid-drain, and on a graceful stop")
    void givesBackWhatItCannotSend() {
        shop.sms.window = 1;
        shop.enqueueSms(50);
        shop.sms.answer = o -> {
            if (shop.sms.count.get() == 10) {
                shop.dispatcher.stop();
            }
            return shop.sms.accept(o);
        };
        shop.drain();
        assertEquals(10, shop.count("select count(*) from message where state = 'ACCEPTED'"));
        assertEquals(40, shop.count("select count(*) from message_due where state = 'QUEUED' and attempts = 0"));
        assertEquals(40, shop.dispatcher(shop.node, shop.sms).drain(Channel.SMS));
    }

    @Test void newWorkIsTakenWhileASlowAnswerIsAwaited() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch quick = new CountDownLatch(1);
        shop.sms.answer = o -> {
            if (o.recipient().endsWith("0001")) {
                Patience.await(slow);
            } else {
                quick.countDown();
            }
            return shop.sms.accept(o);
        };
        shop.enqueue(shop.sms("+15145550001", "slow"));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Integer> drain = thread.submit(() -> shop.dispatcher.drain(Channel.SMS));
        while (shop.sms.count.get() == 0) {
            Thread.onSpinWait();
        }
        shop.enqueue(shop.sms("+15145550002", "quick"));
        shop.dispatcher.ring("smpp");
        assertTrue(quick.await(10, java.util.concurrent.TimeUnit.SECONDS));
        slow.countDown();
        assertEquals(2, drain.get());
        thread.shutdown();
    }

    @Test @DisplayName("T6: nothing is submitted after its expiry, and the sweeper closes what waits")
    void expires() {
        long now = shop.enqueue(shop.message(Channel.SMS, Purpose.TRANSACTIONAL, "+15145550101", "t", Duration.ofSeconds(60)));
        shop.advance(Duration.ofSeconds(61));
        shop.drain();
        assertEquals("EXPIRED", shop.state(now));
        assertEquals(0, shop.sms.count.get());
        shop.sms.open = false;
        long later = shop.enqueue(shop.message(Channel.SMS, Purpose.TRANSACTIONAL, "+15145550101", "t", Duration.ofSeconds(60)));
        shop.advance(Duration.ofSeconds(61));
        shop.sweep();
        assertEquals("NEW>QUEUED>EXPIRED", shop.path(later));
    }

    @Test @DisplayName("T6: opted out, consent withdrawn, customer gone, automation paused, changed or deleted")
    void asksEveryGuardAgain() {
        long suppressed = shop.enqueue(shop.sms("+15145550001", "x"));
        shop.execute("insert into suppression (channel, address, reason, at, actor) values ('SMS', '+15145550001', 'OPTED_OUT', now(), 'test')");
        shop.drain();
        assertEquals("SUPPRESSED", shop.state(suppressed));
        assertEquals("NEW>QUEUED>CLAIMED>SUPPRESSED", shop.path(suppressed));
        assertEquals("AUTOMATION_PAUSED", refused("PAUSED", false, 1));
        assertEquals("AUTOMATION_DELETED", refused("ACTIVE", true, 1));
        assertEquals("AUTOMATION_CHANGED", refused("ACTIVE", false, 2));
        assertEquals(0, shop.sms.count.get());
        shop.execute("update customer set sms_consent = false");
        long withdrawn = shop.enqueue(shop.sms("+15145550002", "x"));
        shop.drain();
        assertEquals("CONSENT_WITHDRAWN", shop.reason(withdrawn));
        shop.execute("update customer set sms_consent = true, marketing_consent = false");
        long marketing = shop.enqueue(shop.message(Channel.SMS, Purpose.MARKETING, "+15145550002", "x", Duration.ofHours(1)));
        shop.drain();
        assertEquals("CONSENT_WITHDRAWN", shop.reason(marketing));
        assertEquals(0, shop.sms.count.get());
    }

    private String refused(String state, boolean deleted, int rev) {
        shop.execute("insert into template (id, name) values (1, 't') on conflict do nothing");
        shop.execute("insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id) values (9, 'a', 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'SMS', 1) "
            + "on conflict do nothing");
        NewMessage m = shop.sms("+15145550003", "x");
        long id = shop.enqueue(new NewMessage(null, 1, 1, 9L, m.locationId(), m.customerId(), m.subject(), null, m.channel(), m.purpose(), m.recipient(), m.sender(),
            m.subjectLine(), m.text(), m.expiresAt(), false));
        shop.execute("update automation set state = ?, deleted = ?, rev = ?", state, deleted, rev);
        shop.drain();
        assertEquals("CANCELLED", shop.state(id));
        return shop.reason(id);
    }

    @Test @DisplayName("T6b: outside the opening hours it waits for the next opening, or ends where none comes in time")
    void waitsForTheShopToOpen() {
        shop.execute("update location set zone = 'UTC', opening_hours = '{}'");
        long never = shop.enqueue(hoursOnly());
        shop.drain();
        assertEquals("EXPIRED", shop.state(never));
        assertEquals("OUTSIDE_HOURS", shop.reason(never));
        java.time.ZonedDateTime opening = shop.now().atZone(java.time.ZoneOffset.UTC).plusHours(2).truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
        String from = opening.toLocalTime().toString();
        String to = opening.toLocalTime().plusMinutes(30).toString();
        StringBuilder days = new StringBuilder("{");
        for (String day : List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")) {
            days.append(days.length() > 1 ? "," : "").append('"').append(day).append("\":[[\"").append(from).append("\",\"").append(to).append("\"]]");
        }
        shop.execute("update location set opening_hours = ?", days + "}");
        long waits = shop.enqueue(hoursOnly());
        shop.drain();
        assertEquals("QUEUED", shop.state(waits));
        assertEquals("OUTSIDE_HOURS", shop.reason(waits));
        assertEquals(opening.toInstant(), ((java.sql.Timestamp) shop.row(waits).get("next_attempt_at")).toInstant());
        shop.advance(Duration.ofMinutes(121));
        shop.drain();
        assertEquals("ACCEPTED", shop.state(waits));
        shop.execute("update location set opening_hours = 'no JSON'");
        long broken = shop.enqueue(hoursOnly());
        long other = shop.enqueue(shop.sms("+15145550009", "the queue goes on"));
        shop.drain();
        assertEquals("INTERNAL_ERROR", shop.reason(broken));
        assertEquals("ACCEPTED", shop.state(other));
    }

    private NewMessage hoursOnly() {
        NewMessage m = shop.sms("+15145550008", "x");
        return new NewMessage(null, 1, 1, null, m.locationId(), m.customerId(), m.subject(), null, m.channel(), m.purpose(), m.recipient(), m.sender(),
            m.subjectLine(), m.text(), m.expiresAt(), true);
    }

    @Test @DisplayName("T6 against T16: a cancellation that commits first stops the claim; one that comes while SENDING is kept for its return")
    void cancellationsRaceWithDepartures() throws Exception {
        List<NewMessage> messages = new java.util.ArrayList<>();
        for (int i = 0; i < 200; i++) {
            messages.add(DeliveryFixture.ofPlan(shop.sms("+1514555" + (30_000 + i), "x"), 1_000 + i));
        }
        List<Long> ids = shop.outbox.enqueue(messages);
        Set<Long> sent = ConcurrentHashMap.newKeySet();
        shop.sms.answer = o -> { sent.add(o.messageId()); return shop.sms.accept(o); };
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Integer> drain = thread.submit(() -> shop.dispatcher.drain(Channel.SMS));
        for (int i = 199; i >= 0; i--) {
            shop.outbox.cancelByPlans(List.of(1_000L + i), Reason.STATUS_MOVED_ON, "planner");
        }
        drain.get();
        thread.shutdown();
        for (long id : ids) {
            assertEquals(sent.contains(id) ? "ACCEPTED" : "CANCELLED", shop.state(id), shop.path(id));
        }
        long id = shop.enqueue(DeliveryFixture.ofPlan(shop.sms("+15145550001", "x"), 5));
        shop.sms.answer = o -> {
            assertEquals(0, shop.outbox.cancelByPlans(List.of(5L), Reason.STATUS_MOVED_ON, "planner"), "too late, in flight");
            return ScriptedGateway.refuse(Verdict.TEMPORARY);
        };
        shop.drain();
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>RETRY_WAIT>CANCELLED", shop.path(id));
    }

    @Test @DisplayName("T6 against T18: after a committed opt-out nothing is submitted that was not under way")
    void optOutsRaceWithDepartures() throws Exception {
        for (int round = 0; round < 20; round++) {
            String number = "+151455540" + (10 + round);
            List<NewMessage> messages = java.util.Collections.nCopies(30, shop.sms(number, "x"));
            shop.outbox.enqueue(messages);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<Integer> drain = thread.submit(() -> shop.dispatcher.drain(Channel.SMS));
            shop.jdbi.useTransaction(h -> {
                h.execute("insert into suppression (channel, address, reason, at, actor) values ('SMS', ?, 'OPTED_OUT', now(), 'test')", number);
                shop.outbox.suppress(Channel.SMS, number, Reason.OPTED_OUT, "inbound");
            });
            java.time.Instant committed = shop.clock.refresh();
            drain.get();
            thread.shutdown();
            assertEquals(0L, (long) shop.jdbi.withHandle(h -> h.createQuery("select count(*) from attempt a join message m on m.id = a.message_id "
                + "where m.recipient = :n and a.started_at > :at").bind("n", number).bind("at", committed).mapTo(Long.class).one()));
            assertEquals(30, shop.count("select count(*) from message where recipient = '" + number + "' and state in ('ACCEPTED', 'SUPPRESSED')"));
        }
    }

    @Test @DisplayName("REL-25: part 2 of 3 refused for a while: parts 1 and 3 are submitted once, the reference stays")
    void sendsALongSmsPartByPart() {
        long id = shop.enqueue(shop.sms("+15145550100", "Votre appareil est prêt. ".repeat(7)));
        shop.sms.answer = o -> o.partNo() == 2 && shop.sms.count.get() <= 3 ? ScriptedGateway.refuse(Verdict.TEMPORARY) : shop.sms.accept(o);
        shop.drain();
        assertEquals("RETRY_WAIT", shop.state(id));
        shop.advance(Duration.ofMinutes(2));
        shop.drain();
        assertEquals("ACCEPTED", shop.state(id));
        assertEquals(List.of(1, 2, 3, 2), shop.sms.submitted.stream().map(Outgoing::partNo).toList());
        assertEquals(1, shop.sms.submitted.stream().map(o -> ((Outgoing.Sms) o.content()).concatRef()).distinct().count());
        assertEquals(4, shop.count("select count(*) from attempt where not possible_duplicate"));
        assertNotEquals("", ((Outgoing.Sms) shop.sms.submitted.get(0).content()).text());
        assertFalse(shop.sms.submitted.stream().anyMatch(o -> ((Outgoing.Sms) o.content()).parts() != 3));
    }

    @Test @DisplayName("REL-25: one part of unknown outcome: only that part is sent again, flagged")
    void resendsOnlyTheUnknownPart() {
        long id = shop.enqueue(shop.sms("+15145550100", "Votre appareil est prêt. ".repeat(7)));
        shop.sms.answer = o -> o.partNo() == 3 && shop.sms.count.get() <= 3 ? Submission.unknown("cut") : shop.sms.accept(o);
        shop.drain();
        assertEquals("UNKNOWN", shop.state(id));
        shop.advance(Duration.ofMinutes(6));
        shop.sweep();
        shop.drain();
        assertEquals("ACCEPTED", shop.state(id));
        assertEquals(List.of(1, 2, 3, 3), shop.sms.submitted.stream().map(Outgoing::partNo).toList());
        assertEquals(1, shop.count("select count(*) from attempt where possible_duplicate"));
    }

    @Test @DisplayName("REL-51: while the node is held nothing leaves, and then everything does")
    void nothingLeavesAHeldNode() {
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        shop.node.hold(java.time.Duration.ofMinutes(1));
        assertEquals(0, shop.drain());
        assertEquals("QUEUED", shop.state(id));
        shop.node.hold(java.time.Duration.ZERO);
        assertEquals(1, shop.drain());
    }
}
