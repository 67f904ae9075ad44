package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.carillon.delivery.Listing.Listed;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("reliability.md 1.5: a provider that lists what it was given is asked before anything is sent again")
class ReconcilerTest {

    private static final String NUMBER = "+15145550199";

    private final DeliveryFixture shop = new DeliveryFixture();
    private final List<Listed> listed = new ArrayList<>();
    private Listing.Unlisted silence;
    private Runnable whileListing = () -> { };
    private int asked;
    private final Map<String, Listing> listings = Map.of("smpp", this::list);
    private final Reconciler reconciler = new Reconciler(new Doubts(shop.jdbi, Deadlines.DEFAULT), shop.clock, () -> listings);
    private final Sweeper sweeper = new Sweeper(shop.jdbi, shop.clock, Deadlines.DEFAULT, listings::keySet);

    private List<Listed> list(String recipient, Instant since) throws Listing.Unlisted {
        asked++;
        if (silence != null) throw silence;
        whileListing.run();
        return List.copyOf(listed);
    }

    @BeforeEach
    void everyAnswerIsLost() { shop.sms.always(Verdict.UNKNOWN); }

    private long unknown(Purpose purpose, String text) {
        long id = shop.enqueue(shop.message(Channel.SMS, purpose, NUMBER, text, Duration.ofHours(12)));
        shop.drain();
        assertEquals("UNKNOWN", shop.state(id));
        return id;
    }

    private void pass(Duration time) {
        shop.advance(time);
        reconciler.reconcile();
        while (sweeper.sweep() > 0) { }
    }

    @Test
    @DisplayName("T12: found is accepted, once, and its receipts find it")
    void acceptsWhatTheProviderHas() {
        long id = unknown(Purpose.TRANSACTIONAL, "Prêt à 17 h « demain »");
        shop.receipts.record(new Receipt("smpp", "SM1", null, NUMBER, Receipt.State.DELIVERED, "", null));
        listed.add(new Listed("SM0", "autre chose"));
        listed.add(new Listed("SM1", "Prêt à 17 h \"demain\" "));
        pass(Duration.ofMinutes(4));
        assertEquals(0, asked, "the grace is not over: it may still be under way");
        pass(Duration.ofMinutes(2));
        assertEquals("DELIVERED", shop.state(id));
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>ACCEPTED>DELIVERED", shop.path(id));
        assertEquals(1, shop.count("select count(*) from late_outcome where provider_id = 'SM1' and detail like 'found%'"), "evidence");
        assertEquals(1, shop.sms.submitted.size());
    }

    @Test
    @DisplayName("T13: proven absent is sent again, of every purpose, and is no possible duplicate")
    void sendsAgainWhatTheProviderHasNot() {
        for (Purpose purpose : Purpose.values()) {
            shop.sms.always(Verdict.UNKNOWN);
            long id = unknown(purpose, "Bonjour " + purpose);
            listed.add(new Listed("SM" + purpose, "Bonsoir"));
            shop.sms.always(Verdict.ACCEPTED);
            pass(Duration.ofMinutes(6));
            assertEquals("RETRY_WAIT", shop.state(id));
            assertEquals("NOT_TAKEN", shop.reason(id));
            shop.drain();
            assertEquals("ACCEPTED", shop.state(id));
            assertEquals(0, shop.count("select count(*) from attempt where possible_duplicate and message_id = " + id));
        }
        assertEquals(6, shop.sms.submitted.size());
    }

    /** The list lags: it does not show what the provider has. */
    private long wronglyAbsent(boolean hoursOnly) {
        long id = doubted("Bonjour", hoursOnly);
        assertEquals("NOT_TAKEN", shop.reason(id));
        return id;
    }

    private long doubted(String text, boolean hoursOnly) {
        NewMessage m = shop.sms(NUMBER, text);
        long id = shop.enqueue(new NewMessage(null, 1, 1, null, m.locationId(), m.customerId(), m.subject(), null, m.channel(), m.purpose(), m.recipient(), m.sender(),
            m.subjectLine(), m.text(), m.expiresAt(), hoursOnly));
        shop.drain();
        shop.sms.always(Verdict.ACCEPTED);
        pass(Duration.ofMinutes(6));
        return id;
    }

    /** The provider tells of the first attempt, by the reference that it was given. */
    private void tellOfTheFirst(Receipt.State state) {
        int ref = (int) (shop.sms.submitted.get(0).wireRef().getLeastSignificantBits() & 0xFFFF);
        shop.receipts.record(new Receipt("smpp", "SM9", ref, NUMBER, state, "", null));
    }

    @Test
    @DisplayName("T12: from RETRY_WAIT that T13 left on a list's word: a receipt of the first attempt settles it, nothing is sent again")
    void believesAReceiptOverTheList() {
        long id = wronglyAbsent(false);
        tellOfTheFirst(Receipt.State.DELIVERED);
        assertEquals("DELIVERED", shop.state(id));
        shop.drain();
        assertEquals(1, shop.sms.count.get());
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>RETRY_WAIT>ACCEPTED>DELIVERED", shop.path(id));
    }

    @Test
    @DisplayName("T12: the receipt that comes while what the list did not show waits for the opening stops it at the door")
    void believesAReceiptBeforeTheDoor() {
        shop.execute("update location set zone = 'UTC', opening_hours = ?", hours(0, 1440));
        long id = wronglyAbsent(true);
        int minute = shop.now().atZone(java.time.ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 60;
        shop.execute("update location set opening_hours = ?", hours(minute + 60, minute + 180));
        shop.drain();
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>RETRY_WAIT>CLAIMED>QUEUED", shop.path(id), "the shop closed meanwhile");
        tellOfTheFirst(Receipt.State.DELIVERED);
        shop.advance(Duration.ofMinutes(90));
        shop.drain();
        assertEquals(1, shop.sms.count.get(), "the customer has it already");
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>RETRY_WAIT>CLAIMED>QUEUED>CLAIMED>ACCEPTED>DELIVERED", shop.path(id));
    }

    /** Queued again until the shop opens, which nobody looks at in time: the route is closed meanwhile. */
    private long queuedAgain(String text) {
        shop.execute("update location set zone = 'UTC', opening_hours = ?", hours(0, 1440));
        long id = doubted(text, true);
        int minute = shop.now().atZone(java.time.ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 60;
        shop.execute("update location set opening_hours = ?", hours(minute + 60, minute + 180));
        shop.drain();
        assertEquals("QUEUED", shop.state(id));
        return id;
    }

    @Test
    @DisplayName("T12 before T17: what expires in the queue although its first attempt was received is DELIVERED, not EXPIRED")
    void believesAReceiptAtTheExpiry() {
        long id = queuedAgain("Bonjour");
        tellOfTheFirst(Receipt.State.DELIVERED);
        assertEquals("QUEUED", shop.state(id));
        pass(Duration.ofHours(13));
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>RETRY_WAIT>CLAIMED>QUEUED>CLAIMED>ACCEPTED>DELIVERED", shop.path(id));
        assertEquals(1, shop.sms.count.get());
    }

    @Test
    @DisplayName("T12 before T17: also where the sender was held meanwhile, and where the provider could not deliver it")
    void believesAReceiptOfWhatIsHeld() {
        long id = queuedAgain("Bonjour");
        shop.execute("update message_due set state = 'HELD', reason = 'SENDER_HELD' where message_id = ?", id);
        shop.execute("insert into message_event (message_id, from_state, to_state, actor, at) values (?, 'QUEUED', 'HELD', 'test', ?)", id, shop.now());
        tellOfTheFirst(Receipt.State.UNDELIVERED);
        pass(Duration.ofHours(13));
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>RETRY_WAIT>CLAIMED>QUEUED>HELD>QUEUED>CLAIMED>ACCEPTED>UNDELIVERED", shop.path(id));
    }

    @Test
    @DisplayName("T17: of which nobody has told expires; a receipt that comes after it does not bring it back (1.4)")
    void expiresWhatNobodyToldOf() {
        long id = queuedAgain("Bonjour");
        pass(Duration.ofHours(13));
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>RETRY_WAIT>CLAIMED>QUEUED>EXPIRED", shop.path(id));
        tellOfTheFirst(Receipt.State.DELIVERED);
        sweeper.rematch();
        assertEquals("EXPIRED", shop.state(id));
    }

    @Test
    @DisplayName("T12, T17: of a long text all parts must be proved; one alone expires with the rest")
    void expiresWhatIsProvedInPart() {
        long id = queuedAgain("a".repeat(200));
        assertEquals(2, shop.sms.count.get());
        tellOfTheFirst(Receipt.State.DELIVERED);
        pass(Duration.ofHours(13));
        assertEquals("NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>RETRY_WAIT>CLAIMED>QUEUED>CLAIMED>EXPIRED", shop.path(id));
    }

    /** Every day, in minutes after midnight. */
    private static String hours(int from, int to) {
        String window = "[[\"%02d:%02d\",\"%02d:%02d\"]]".formatted(from / 60, from % 60, to / 60, to % 60);
        return java.util.stream.Stream.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN").map(day -> "\"" + day + "\":" + window)
            .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }

    @Test
    @DisplayName("T12: a receipt of the first attempt that comes while the second is under way counts, whatever the second brings")
    void believesAReceiptDuringTheSecond() {
        long id = wronglyAbsent(false);
        shop.sms.answer = o -> {
            tellOfTheFirst(Receipt.State.DELIVERED);
            return new Submission(Verdict.ACCEPTED, "0", "SM10", "");
        };
        shop.drain();
        assertEquals("DELIVERED", shop.state(id));
    }

    @Test
    @DisplayName("T12: throttled after the list's word it waits where a receipt still reaches it")
    void waitsWhereAReceiptReachesIt() {
        long id = wronglyAbsent(false);
        shop.sms.answer = o -> ScriptedGateway.refuse(Verdict.QUEUE_FULL);
        shop.drain();
        assertEquals("RETRY_WAIT", shop.state(id));
        tellOfTheFirst(Receipt.State.DELIVERED);
        assertEquals("DELIVERED", shop.state(id));
        assertEquals(2, shop.sms.count.get());
    }

    @Test
    @DisplayName("a provider that does not answer is asked again; after half an hour the policy decides")
    void waitsForAProviderThatDoesNotAnswer() {
        long id = unknown(Purpose.TRANSACTIONAL, "a"), offer = unknown(Purpose.MARKETING, "b");
        silence = new Listing.Unlisted("down", true);
        for (int minute = 0; minute < 28; minute += 2) {
            pass(Duration.ofMinutes(2));
            assertEquals("UNKNOWN", shop.state(id), "at " + minute);
        }
        assertTrue(asked > 10);
        pass(Duration.ofMinutes(5));
        assertEquals("RETRY_WAIT", shop.state(id));
        assertEquals("POSSIBLE_DUPLICATE", shop.reason(id));
        assertEquals("UNKNOWN_CLOSED", shop.state(offer));
    }

    @Test
    void asksNoProviderThatNeverTells() {
        long id = unknown(Purpose.TRANSACTIONAL, "a");
        silence = new Listing.Unlisted("no such list", false);
        pass(Duration.ofMinutes(6));
        assertEquals("RETRY_WAIT", shop.state(id));
        assertEquals("POSSIBLE_DUPLICATE", shop.reason(id));
        assertEquals(1, asked);
    }

    @Test
    void waitsWhileSomethingToTheSameNumberIsBeingSent() {
        unknown(Purpose.TRANSACTIONAL, "a");
        long other = shop.enqueue(shop.sms(NUMBER, "a"));
        shop.execute("update message_due set state = 'CLAIMED', owner_node = 'n9', owner_epoch = 1, lease_until = ?, claim_seq = 1 where message_id = ?", shop.now().plusSeconds(3600), other);
        shop.execute("update message_due set state = 'SENDING' where message_id = ?", other);
        pass(Duration.ofMinutes(6));
        assertEquals(0, asked);
    }

    @Test
    void knowsOthersByTheirIds() {
        List<Listed> two = List.of(new Listed("A", "Bonjour"), new Listed("B", "bonjour !"));
        assertEquals(Optional.of("A"), Reconciler.find("Bonjour", two, Set.of()));
        assertEquals(Optional.of("B"), Reconciler.find("Bonjour", two, Set.of("A")));
        assertEquals(Optional.empty(), Reconciler.find("Bonjour", two, Set.of("A", "B")));
        assertEquals(Optional.empty(), Reconciler.find("👍", two, Set.of()));
        assertEquals(Optional.of("C"), Reconciler.find("👍", List.of(new Listed("C", "👍 ")), Set.of()));
        assertFalse(new Listed("A", "secret").toString().contains("secret"));
    }

    @Test
    @DisplayName("one entry in the list is one message: the second of the same words was not taken")
    void countsAnEntryOnce() {
        long one = unknown(Purpose.TRANSACTIONAL, "Bonjour"), two = unknown(Purpose.TRANSACTIONAL, "Bonjour");
        listed.add(new Listed("SM1", "Bonjour"));
        pass(Duration.ofMinutes(6));
        assertEquals(Set.of("ACCEPTED", "RETRY_WAIT"), Set.of(shop.state(one), shop.state(two)));
    }

    @Test
    @DisplayName("REL-08, T12, T13: two nodes that find the same entry for two equal messages settle one of them by it; the other is sent again")
    void countsAnEntryOnceOnTwoNodes() throws Exception {
        long one = unknown(Purpose.TRANSACTIONAL, "Bonjour");
        shop.advance(Duration.ofSeconds(30));
        long two = unknown(Purpose.TRANSACTIONAL, "Bonjour");
        listed.add(new Listed("SM1", "Bonjour"));
        shop.database.owner().useHandle(h -> {
            h.execute("create function hold() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(4711); return new; end'");
            h.execute("create trigger hold before insert on late_outcome for each row execute function hold()");
        });
        Reconciler other = new Reconciler(new Doubts(shop.jdbi, Deadlines.DEFAULT), shop.clock, () -> listings);
        shop.advance(Duration.ofMinutes(4).plusSeconds(40));
        CompletableFuture<Integer> first, second;
        try (var handle = shop.jdbi.open()) {
            handle.execute("select pg_advisory_lock(4711)");
            first = CompletableFuture.supplyAsync(reconciler::reconcile);
            awaitWaiting(1);
            shop.advance(Duration.ofSeconds(30));
            second = CompletableFuture.supplyAsync(other::reconcile);
            awaitWaiting(2);
            handle.execute("select pg_advisory_unlock(4711)");
        }
        assertEquals(1, first.get(10, TimeUnit.SECONDS), "each node took one");
        assertEquals(1, second.get(10, TimeUnit.SECONDS), "each node took one");
        assertEquals("ACCEPTED", shop.state(one));
        assertEquals("RETRY_WAIT", shop.state(two), "it never left");
        shop.sms.always(Verdict.ACCEPTED);
        shop.drain();
        assertEquals(2, shop.sms.submitted.stream().map(Outgoing::messageId).filter(id -> id == two).count());
    }

    @Test
    @DisplayName("REL-08, T12, T13: an answer comes late whose entry in the list settled an equal message: one entry is one message, so the other is sent again")
    void countsTheIdOfALateAnswerOnce() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        shop.sms.window = 1;
        shop.sms.answer = outgoing -> {
            await(asleep);
            return new Submission(Verdict.ACCEPTED, "0", "SM1", "");
        };
        long late = shop.enqueue(shop.sms(NUMBER, "Bonjour"));
        CompletableFuture<Integer> drain = CompletableFuture.supplyAsync(shop::drain);
        while (shop.sms.count.get() < 1) Thread.onSpinWait();
        long equal = shop.enqueue(shop.sms(NUMBER, "Bonjour"));
        ScriptedGateway silent = new ScriptedGateway(Channel.SMS);
        silent.always(Verdict.UNKNOWN);
        Node other = new Node(shop.jdbi);
        other.join("n2");
        shop.dispatcher(other, silent).drain(Channel.SMS);
        assertEquals("UNKNOWN", shop.state(equal));
        shop.execute("update node set heartbeat_at = clock_timestamp() - interval '1 minute' where id = 'n1'");
        shop.advance(Duration.ofSeconds(100));
        shop.recovery.recover();
        assertEquals("UNKNOWN", shop.state(late));
        listed.add(new Listed("SM1", "Bonjour"));
        pass(Duration.ofSeconds(210));
        assertEquals("ACCEPTED", shop.state(equal), "whose it is cannot be seen in the list");
        asleep.countDown();
        drain.get(20, TimeUnit.SECONDS);
        assertEquals("UNKNOWN", shop.state(late));
        assertEquals(2, shop.count("select count(*) from late_outcome where provider_id = 'SM1'"), "both are written down");
        shop.receipts.record(new Receipt("smpp", "SM1", null, NUMBER, Receipt.State.DELIVERED, "", null));
        assertEquals("DELIVERED", shop.state(equal));
        assertEquals("UNKNOWN", shop.state(late));
        pass(Duration.ofMinutes(3));
        assertEquals("NOT_TAKEN", shop.reason(late));
        shop.sms.always(Verdict.ACCEPTED);
        shop.dispatcher(other, shop.sms).drain(Channel.SMS);
        assertEquals("ACCEPTED", shop.state(late));
        assertEquals(2, shop.sms.count.get(), "two texts for two messages");
    }

    /** Until so many wait for somebody's lock. */
    private void awaitWaiting(int count) {
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (shop.count("select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())") != count) {
            assertTrue(System.nanoTime() < until, "they do not meet");
        }
    }

    @Test
    @DisplayName("REL-08, T12, T13: an entry of an equal message whose answer is still out proves nothing for the one that is asked about")
    void countsNoEntryOfWhatIsUnderWay() throws Exception {
        long id = unknown(Purpose.TRANSACTIONAL, "Bonjour");
        CountDownLatch taken = new CountDownLatch(1), answered = new CountDownLatch(1);
        shop.sms.answer = outgoing -> {
            listed.add(new Listed("SM2", "Bonjour"));
            taken.countDown();
            await(answered);
            return new Submission(Verdict.ACCEPTED, "0", "SM2", "");
        };
        List<CompletableFuture<Integer>> drains = new ArrayList<>();
        List<Long> equal = new ArrayList<>();
        whileListing = () -> {
            if (drains.isEmpty()) {
                equal.add(shop.enqueue(shop.sms(NUMBER, "Bonjour")));
                drains.add(CompletableFuture.supplyAsync(shop::drain));
                await(taken);
            }
        };
        pass(Duration.ofMinutes(6));
        assertEquals("SENDING", shop.state(equal.get(0)));
        assertEquals("UNKNOWN", shop.state(id), "whose entry it is cannot be told yet");
        answered.countDown();
        drains.get(0).get(10, TimeUnit.SECONDS);
        assertEquals("ACCEPTED", shop.state(equal.get(0)));
        pass(Duration.ofMinutes(2));
        assertEquals("RETRY_WAIT", shop.state(id));
        assertEquals("NOT_TAKEN", shop.reason(id));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("REL-16: Retry-After rests the route for all nodes; nothing is counted, nothing fails")
    void restsAsLongAsAsked() throws InterruptedException {
        shop.sms.answer = o -> new Submission(Verdict.THROTTLE, "429", null, "", Duration.ofSeconds(30));
        long id = shop.enqueue(shop.sms(NUMBER, "a"));
        Thread drain = new Thread(shop::drain);
        drain.start();
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (shop.count("select count(*) from route_state where suspended_until is not null") == 0) assertTrue(System.nanoTime() < until);
        assertEquals("QUEUED", shop.state(id));
        shop.sms.always(Verdict.ACCEPTED);
        assertEquals(1, shop.count("select count(*) from route_state where suspended_until > (select clock_timestamp() + offset_ms * interval '1 ms' + interval '20 seconds' from application_clock) "
            + "and suspended_at is null"));
        assertEquals(1, shop.sms.submitted.size());
        shop.advance(Duration.ofSeconds(31));
        drain.join();
        shop.drain();
        assertEquals("ACCEPTED", shop.state(id));
    }

    @Test
    @DisplayName("REL-16: a turn that read the route before another was told to rest takes nothing of what that one gave back")
    void heedsARestThatItHasNotSeen() {
        shop.enqueue(shop.sms(NUMBER, "a"));
        shop.execute("insert into route_state (route, suspended_until) values ('smpp', ?) on conflict (route) do update set suspended_until = excluded.suspended_until",
            java.sql.Timestamp.from(shop.now().plusSeconds(30)));
        Turn turn = new Turn(shop.jdbi, shop.clock, new BadAddresses(shop.outbox), Deadlines.DEFAULT);
        Turn.Order unseen = new Turn.Order(shop.node.life().orElseThrow(), "smpp", List.of(), List.of(), 10, null, 50, false);
        assertEquals(List.of(), turn.take(unseen).departing());
        assertEquals(List.of(), shop.jdbi.inTransaction(h -> Claims.take(h, unseen.owner(), "smpp", 10, true, new Shares(), shop.now(), Deadlines.DEFAULT)));
        shop.advance(Duration.ofSeconds(31));
        assertEquals(1, turn.take(unseen).departing().size());
    }

    @Test
    @DisplayName("4.2: whoever stopped at the provider has stopped with us, in the same transaction")
    void heedsAStopAtTheProvider() {
        long waiting = shop.enqueue(shop.message(Channel.SMS, Purpose.MARKETING, NUMBER, "offre", Duration.ofHours(12)));
        shop.execute("update message_due set next_attempt_at = next_attempt_at + interval '1 hour' where message_id = ?", waiting);
        shop.sms.always(Verdict.OPTED_OUT);
        long id = shop.enqueue(shop.sms(NUMBER, "a"));
        shop.drain();
        assertEquals("FAILED", shop.state(id));
        assertEquals("OPTED_OUT", shop.reason(id));
        assertEquals("SUPPRESSED", shop.state(waiting));
        assertEquals(1, shop.count("select count(*) from suppression where channel = 'SMS' and address = '" + NUMBER + "' and scope = 'ALL' and reason = 'OPTED_OUT' and released_at is null"));
    }
}
