package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.carillon.Seeded;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** REL-19: what a provider refuses again and again of one sender is held, not failed. */
class SenderRunTest {

    private static final Person OPERATOR = new Person(1, "op@shop.test", "Olga", Role.OPERATOR, "fr", Person.Appearance.SYSTEM, Scope.everything(), 1);

    private DeliveryFixture shop;
    private SenderDesk desk;

    @BeforeEach void open() {
        shop = new DeliveryFixture();
        shop.sms.keep = false;
        desk = new SenderDesk(shop.jdbi, shop.clock);
    }

    private List<Long> from(String sender, int count) {
        List<NewMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(new NewMessage(null, 1, 1, null, shop.location, shop.customer, org.carillon.fact.Subject.order(7), null, Channel.SMS, Purpose.MARKETING,
                String.format(Locale.ROOT, "+1514556%04d", i % 10_000), sender, "", "Bonjour " + i, shop.now().plus(Duration.ofDays(1)), false));
        }
        return shop.outbox.enqueue(messages);
    }

    private void refuse(String sender, Verdict verdict) { shop.sms.answer = o -> o.sender().equals(sender) ? ScriptedGateway.refuse(verdict) : shop.sms.accept(o); }

    private long failed() { return shop.count("select count(*) from message where state = 'FAILED'"); }

    private long held() { return shop.count("select count(*) from message_due where state = 'HELD' and reason = 'SENDER_HELD'"); }

    @Test @DisplayName("REL-19: of 10,000 with a wrong source address at most 25 fail, the rest is held; another sender goes on")
    void holdsACampaignWhoseSenderIsRefused() {
        refuse("GARAGE", Verdict.BAD_SENDER);
        from("GARAGE", 10_000);
        from("CENTRE", 300);
        shop.drain();
        assertTrue(failed() >= SenderRuns.LIMIT && failed() <= 25, failed() + " failed");
        assertEquals(10_000, failed() + held());
        assertEquals(300, shop.count("select count(*) from message where sender = 'CENTRE' and state = 'ACCEPTED'"));
        assertEquals(List.of("GARAGE"), desk.held().stream().map(SenderDesk.HeldSender::sender).toList());
        assertEquals(held(), desk.held().get(0).held());
    }

    @Test void holdsWhatComesLaterToo() {
        refuse("GARAGE", Verdict.PERMANENT);
        from("GARAGE", 40);
        shop.drain();
        long id = from("GARAGE", 1).get(0);
        shop.drain();
        assertEquals("NEW>QUEUED>CLAIMED>QUEUED>HELD", shop.path(id));
        assertEquals("SENDER_HELD", shop.reason(id));
    }

    @Test void anAcceptanceOrAnotherCodeBeginsAnew() {
        shop.sms.window = 1;
        int[] n = {0};
        shop.sms.answer = o -> ++n[0] % 15 == 0 ? shop.sms.accept(o) : ScriptedGateway.refuse(Verdict.PERMANENT);
        from("GARAGE", 60);
        shop.drain();
        assertEquals(0, held());
        shop.sms.answer = o -> new Submission(Verdict.PERMANENT, "0x" + (n[0]++ % 16 == 0 ? "2" : "1"), null, "");
        from("GARAGE", 60);
        shop.drain();
        assertEquals(0, held());
    }

    @Test @DisplayName("A line that is careful goes on: turns without room only record, and do not say that nothing is left")
    void goesOnWhileItIsCareful() {
        Seeded.run(5, random -> {
            AtomicInteger given = new AtomicInteger();
            shop.sms.answer = o -> {
                int n = given.incrementAndGet();
                LockSupport.parkNanos(random.nextInt(4_000_000));  // in bursts, so that some turns find no room
                // answers are recorded in any order, of a window: for twenty refusals in a row eighteen acceptances would have to be late
                return n % 12 < 6 ? ScriptedGateway.refuse(Verdict.BAD_SENDER) : shop.sms.accept(o);
            };
            from("GARAGE", 300);
            shop.drain();
            assertEquals(0, shop.count("select count(*) from message_due where state = 'QUEUED'"));
            assertEquals(0, held());
        });
    }

    @Test void letGoItSendsWhatWasHeldWhenTheProviderWillHaveIt() {
        refuse("GARAGE", Verdict.BAD_SENDER);
        from("GARAGE", 100);
        shop.drain();
        long waiting = held();
        shop.sms.answer = shop.sms::accept;
        assertEquals(waiting, desk.release("smpp", "GARAGE", OPERATOR));
        assertEquals(0, desk.release("smpp", "GARAGE", OPERATOR));
        shop.drain();
        assertEquals(0, held());
        assertEquals(100 - failed(), shop.count("select count(*) from message where state = 'ACCEPTED'"));
        assertEquals(0, shop.count("select count(*) from sender_run"));
        assertEquals("Olga", shop.jdbi.withHandle(h -> h.createQuery("select distinct actor from message_event where from_state = 'HELD'").mapTo(String.class).one()));
    }

    @Test void letGoTooEarlyItIsHeldAgainSoon() {
        refuse("GARAGE", Verdict.BAD_SENDER);
        from("GARAGE", 200);
        shop.drain();
        long before = failed();
        desk.release("smpp", "GARAGE", OPERATOR);
        shop.drain();
        assertTrue(failed() > before && failed() - before <= SenderRuns.SECOND_CHANCE + shop.sms.window, failed() - before + " failed");
        assertEquals(200, failed() + held());
    }

    private void mails(int count) {
        for (int i = 0; i < count; i++) shop.enqueue(shop.mail("anne" + i + "@example.test", "x"));
        shop.drain();
    }

    @Test @DisplayName("4.3: four refusals by policy in a row are no news, the fifth is; no address is suppressed, and an acceptance ends it")
    void tellsOfAPolicyAtTheFifthRefusal() {
        shop.mail.answer = o -> new Submission(Verdict.PERMANENT, "550 5.7.1", null, "");
        mails(4);
        assertEquals(List.of(), desk.refused());
        mails(1);
        assertEquals(List.of(new SenderDesk.RefusedSender("smtp", "Garage <garage@shop.test>", "550 5.7.1", 5, desk.refused().get(0).at())), desk.refused());
        assertEquals(List.of(), desk.held());
        assertEquals(0, shop.count("select count(*) from suppression"));
        shop.advance(Duration.ofHours(25));
        assertEquals(List.of(), desk.refused(), "history");
        mails(1);
        assertEquals(6, desk.refused().get(0).length());
        shop.mail.answer = shop.mail::accept;
        mails(1);
        assertEquals(List.of(), desk.refused());
    }

    @Test @DisplayName("4.3: another cause begins anew, and other causes than a policy wait for the limit")
    void tellsOfNoOtherCause() {
        shop.mail.window = 1;
        int[] n = {0};
        shop.mail.answer = o -> new Submission(Verdict.PERMANENT, n[0]++ < 4 ? "550 5.7.1" : "554", null, "");
        mails(5);
        assertEquals(List.of(), desk.refused());
        mails(4);
        assertEquals(List.of("554"), desk.refused().stream().map(SenderDesk.RefusedSender::code).toList());
        shop.execute("delete from sender_run");
        shop.mail.answer = o -> new Submission(Verdict.PERMANENT, "550", null, "");
        mails(6);
        assertEquals(List.of(), desk.refused());
    }

    @Test @DisplayName("4.3: let go, a sender is news again when it is refused again")
    void letGoItIsNoNewsUntilItIsRefusedAgain() {
        shop.mail.answer = o -> new Submission(Verdict.PERMANENT, "550 5.7.1", null, "");
        mails(25);
        assertEquals(List.of(), desk.refused());
        desk.discard("smtp", "Garage <garage@shop.test>", OPERATOR);
        desk.release("smtp", "Garage <garage@shop.test>", OPERATOR);
        assertEquals(List.of(), desk.refused());
        mails(1);
        assertEquals(1, desk.refused().size());
    }

    @Test void givesUpWhatWaits() {
        refuse("GARAGE", Verdict.BAD_SENDER);
        from("GARAGE", 100);
        shop.drain();
        long waiting = held();
        assertEquals(waiting, desk.discard("smpp", "GARAGE", OPERATOR));
        assertEquals(waiting, shop.count("select count(*) from message where state = 'CANCELLED' and reason = 'SENDER_HELD'"));
        assertEquals(0, desk.held().get(0).held());
    }
}
