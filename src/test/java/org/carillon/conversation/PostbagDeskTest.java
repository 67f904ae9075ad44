package org.carillon.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.TestDatabase;
import org.carillon.customer.ConsentWatch;
import org.carillon.customer.Suppressions;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Postmarks;
import org.carillon.delivery.Returned;
import org.carillon.delivery.Returned.Kind;
import org.carillon.delivery.Returns;
import org.carillon.delivery.Routing;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.carillon.plan.Answers;
import org.carillon.shop.Seals;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What comes back by e-mail, on a real database. */
class PostbagDeskTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String ROSE = "rose@home.example";

    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private Instant now = Instant.parse("2026-11-22T15:00:00Z");
    private final ApplicationClock clock = new ApplicationClock(jdbi) {
        @Override public Instant now() { return now; }
    };
    private final Postmarks marks = new Postmarks(new Seals(jdbi), name -> Optional.ofNullable(Map.of("carillon.publicUrl", "https://garage.example/").get(name)));
    private final Outbox outbox = new Outbox(jdbi, clock, marks);
    private final ConsentWatch watch = new ConsentWatch() {
        @Override public void withdrawn(long customerId, Channel channel, String actor) { }

        @Override public void given(long customerId, Channel channel) { }

        @Override public void stopped(Channel channel, String address, boolean offersOnly, Reason reason, String actor) { outbox.suppress(channel, address, offersOnly, reason, actor); }
    };
    private final Suppressions suppressions = new Suppressions(jdbi, clock, watch);
    private final PostbagDesk desk = new PostbagDesk(jdbi, clock, new Returns(jdbi, clock, suppressions, Deadlines.DEFAULT), new UnsubscribeDesk(jdbi, marks, suppressions), suppressions,
        new Answers(jdbi, clock, outbox, new Routing(Stream::of)), "https://garage.example/");
    private long location, customer;

    @BeforeEach void open() {
        jdbi.useHandle(h -> {
            h.execute("insert into company (name, default_language) values ('Garage Rosemont', 'fr')");
            location = h.createQuery("insert into location (code, name, zone, country, language, reply_email, email_from) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr', "
                + "'accueil@garage.example', 'garage@garage.example') returning id").mapTo(Long.class).one();
            customer = h.createQuery("insert into customer (location_id, ref, name, language, email_consent, marketing_consent, created_at) values (?, 'C-1', 'Rose Roy', 'fr', true, true, now()) returning id")
                .bind(0, location).mapTo(Long.class).one();
            h.execute("insert into customer_email (customer_id, position, raw, address) values (?, 1, 'Rose@home.example', 'Rose@home.example')", customer);
        });
    }

    /** Queued, and where {@code accepted} taken by the mail server. */
    private long mail(Purpose purpose, boolean accepted) {
        long id = outbox.enqueue(List.of(new NewMessage(null, 0, 0, null, location, customer, null, null, Channel.EMAIL, purpose, "Rose@home.example", "garage@garage.example", "Objet", "Bonjour",
            now.plus(Duration.ofDays(1)), false))).get(0);
        if (accepted) {
            jdbi.useHandle(h -> {
                h.execute("insert into attempt_outcome (message_id, part_no, claim_seq, route, verdict, provider_id, ended_at) select id, 1, 1, 'smtp', 'ACCEPTED', mail_message_id, now() from message where id = ?", id);
                for (String step : new String[] {"QUEUED>CLAIMED", "CLAIMED>SENDING"}) {
                    h.execute("update message_due set state = ?, owner_node = 'n', owner_epoch = 1, lease_until = now() where message_id = ?", step.split(">")[1], id);
                }
                h.execute("with gone as (delete from message_due where message_id = ?) update message set state = 'ACCEPTED', accepted_at = now() where id = ?", id, id);
            });
        }
        return id;
    }

    private void comes(Kind kind, Long message, String status) {
        jdbi.useTransaction(h -> desk.receive(new Returned(kind, Optional.ofNullable(message).map(id -> new Postmarks.Mark(Postmarks.Kind.BOUNCE, id)), status, "", "", "", List.of(), "", now)));
    }

    private void writes(String id, String from, String text, String... references) {
        jdbi.useTransaction(h -> desk.receive(new Returned(Kind.REPLY, Optional.empty(), "", id, from, "garage@garage.example", List.of(references), text, now)));
    }

    private List<String> texts(String sql, Object... values) { return jdbi.withHandle(h -> h.select(sql, values).mapTo(String.class).list()); }

    private List<String> stops() { return texts("select address || ' ' || scope || ' ' || reason from suppression where released_at is null"); }

    private String state(long message) { return texts("select state || coalesce(' ' || reason, '') from message_now where id = ?", message).get(0); }

    @Test @DisplayName("MSG-13: a hard bounce makes the message UNDELIVERED (T15) and stops the address with what waits for it, once")
    void stopsWhatIsNoAddress() {
        long sent = mail(Purpose.TRANSACTIONAL, true);
        long waiting = mail(Purpose.TRANSACTIONAL, false);
        comes(Kind.HARD, sent, "5.1.1");
        comes(Kind.HARD, sent, "5.1.1");
        assertEquals("UNDELIVERED UNDELIVERABLE", state(sent));
        assertEquals("SUPPRESSED ADDRESS_BOUNCED", state(waiting));
        assertEquals(List.of(ROSE + " ALL ADDRESS_BOUNCED"), stops());
        assertEquals(List.of("1"), texts("select count(*)::text from mail_return"));
    }

    @Test @DisplayName("MSG-13: three soft bounces of different letters in 14 days stop the address, two or older ones do not")
    void countsSoftOnes() {
        comes(Kind.SOFT, mail(Purpose.TRANSACTIONAL, true), "4.2.2");
        now = now.plus(Duration.ofDays(15));
        long second = mail(Purpose.TRANSACTIONAL, true);
        comes(Kind.SOFT, second, "4.2.2");
        comes(Kind.SOFT, second, "4.2.2");
        now = now.plus(Duration.ofDays(7));
        comes(Kind.SOFT, mail(Purpose.TRANSACTIONAL, true), "5.2.2");
        assertEquals(List.of(), stops());
        assertEquals("UNDELIVERED UNDELIVERABLE", state(second));
        comes(Kind.SOFT, mail(Purpose.TRANSACTIONAL, true), "5.7.1");
        assertEquals(List.of(ROSE + " ALL ADDRESS_BOUNCED"), stops());
    }

    @Test @DisplayName("MSG-13: forged bounces, and such of nothing of ours, have no effect")
    void leavesForgeriesAlone() {
        long sent = mail(Purpose.MARKETING, true);
        comes(Kind.HARD, null, "5.1.1");
        comes(Kind.COMPLAINT, null, "");
        comes(Kind.HARD, sent + 1_000, "5.1.1");
        assertEquals(List.of(), stops());
        assertEquals("ACCEPTED", state(sent));
    }

    @Test @DisplayName("LAW-18: a complaint stops offers, and leaves what was ordered; the person may take it back")
    void heedsComplaints() {
        long offer = mail(Purpose.MARKETING, true);
        long next = mail(Purpose.MARKETING, false);
        long ready = mail(Purpose.TRANSACTIONAL, false);
        comes(Kind.COMPLAINT, offer, "");
        assertEquals(List.of(ROSE + " MARKETING COMPLAINED"), stops());
        assertEquals(List.of("ACCEPTED", "SUPPRESSED COMPLAINED", "QUEUED"), List.of(state(offer), state(next), state(ready)));
    }

    @Test @DisplayName("LAW-13, LAW-14: STOP by e-mail leads to the same suppression; anything else goes to the card and the shop")
    void hearsReplies() {
        long waiting = mail(Purpose.TRANSACTIONAL, false);
        writes("a@home.example", ROSE, "Merci, à demain !");
        assertEquals(List.of(), stops());
        writes("b@home.example", ROSE, "Désabonnement.");
        writes("b@home.example", ROSE, "Désabonnement.");
        assertEquals(List.of(ROSE + " ALL OPTED_OUT"), stops());
        assertEquals("SUPPRESSED OPTED_OUT", state(waiting));
        assertEquals(List.of("TEXT " + customer, "OPT_OUT " + customer), texts("select reading || ' ' || customer_id from inbound_message where route = 'mail' order by id"));
        List<String> forwarded = texts("select recipient || '\n' || subject_line || '\n' || text from message where answers is not null");
        assertEquals(1, forwarded.size());
        assertTrue(forwarded.get(0).startsWith("accueil@garage.example\nCourriel de Rose Roy (rose@home.example)\nUn client a répondu par courriel.") && forwarded.get(0).contains("Merci, à demain !"), forwarded.get(0));
    }

    @Test @DisplayName("LAW-16: an answer to an offer stops offers where the company chose that")
    void stopsWhatWasAsked() {
        jdbi.useHandle(h -> h.execute("update company set stop_scope = 'AS_ASKED'"));
        long offer = mail(Purpose.MARKETING, true);
        mail(Purpose.TRANSACTIONAL, true);
        writes("a@home.example", ROSE, "stop", texts("select mail_message_id from message where id = ?", offer).get(0));
        assertEquals(List.of(ROSE + " MARKETING OPTED_OUT"), stops());
    }

    @Test @DisplayName("MSG-14: a stranger's letter is nobody's, and the shop's own address gets nothing passed on")
    void passesNothingOnToItself() {
        writes("a@spam.example", "spam@spam.example", "STOP");
        assertEquals(List.of(), stops());
        jdbi.useHandle(h -> h.execute("update location set reply_email = 'ROSE@home.example'"));
        writes("b@home.example", ROSE, "Bonjour");
        assertEquals(List.of("1", "0"), List.of(texts("select count(*)::text from inbound_message").get(0), texts("select count(*)::text from message where answers is not null").get(0)));
    }
}
