package org.carillon.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.TestDatabase;
import org.carillon.customer.ConsentWatch;
import org.carillon.customer.Suppressions;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Postmarks;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.carillon.shop.Seals;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UnsubscribeDeskTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private final Instant now = Instant.parse("2026-11-22T15:00:00Z");
    private final ApplicationClock clock = new ApplicationClock(jdbi) {
        @Override public Instant now() { return now; }
    };
    private final Postmarks marks = new Postmarks(new Seals(jdbi), name -> Optional.ofNullable(Map.of("carillon.publicUrl", "https://garage.example/").get(name)));
    private final Outbox outbox = new Outbox(jdbi, clock, marks);
    private final ConsentWatch watch = new ConsentWatch() {
        @Override public void withdrawn(long customerId, Channel channel, String actor) { }

        @Override public void given(long customerId, Channel channel) { }

        @Override public void stopped(Channel channel, String address, boolean offersOnly, Reason reason, String actor) {
            outbox.suppress(channel, address, offersOnly, reason, actor);
        }
    };
    private final UnsubscribeDesk desk = new UnsubscribeDesk(jdbi, marks, new Suppressions(jdbi, clock, watch));
    private long location;

    @BeforeEach void open() {
        jdbi.useHandle(h -> {
            h.execute("insert into company (name, default_language) values ('Garage Rosemont', 'fr')");
            location = h.createQuery("insert into location (code, name, zone, country, language) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr') returning id")
                .mapTo(Long.class).one();
        });
    }

    private long mail(String language, String address, Purpose purpose) {
        long customer = jdbi.withHandle(h -> h.createQuery("insert into customer (location_id, ref, name, language, email_consent, marketing_consent, created_at) "
            + "values (?, gen_random_uuid()::text, 'Anne Roy', ?, true, true, now()) returning id").bind(0, location).bind(1, language).mapTo(Long.class).one());
        return outbox.enqueue(List.of(new NewMessage(null, 0, 0, null, location, customer, null, null, Channel.EMAIL, purpose, address, "garage@garage.example", "Objet", "Bonjour",
            now.plus(Duration.ofDays(1)), false))).get(0);
    }

    private String one(String sql, Object... values) { return jdbi.withHandle(h -> h.select(sql, values).mapTo(String.class).findOne().orElse("")); }

    private String token(long message) { return marks.page(message, "fr").replaceAll(".*t=", ""); }

    private String state(long message) { return one("select state from message_now where id = ?", message); }

    @Test @DisplayName("LAW-17: the text of an offer ends with the link in the customer's language; other texts are as written")
    void endsWithTheLink() {
        assertEquals("Bonjour\n\nPour ne plus recevoir nos offres par courriel : ", one("select text from message where id = ?", mail("fr", "a@home.example", Purpose.MARKETING)).replaceAll("https.*", ""));
        String english = one("select text from message where id = ?", mail("en", "b@home.example", Purpose.MARKETING));
        assertTrue(english.matches("(?s)Bonjour\n\nTo get no more offers from us by e-mail: https://garage\\.example/open/unsubscribe\\.xhtml\\?l=en&t=[0-9a-f]{48}"), english);
        assertEquals("Bonjour", one("select text from message where id = ?", mail("fr", "c@home.example", Purpose.REMINDER)));
    }

    @Test @DisplayName("LAW-14, LAW-17: a press stops offers to that address in one transaction, what waits included, and nobody else's")
    void stopsOffersToOne() {
        long offer = mail("fr", "Anne@Home.example", Purpose.MARKETING);
        long next = mail("fr", "anne@home.example", Purpose.MARKETING);
        long reminder = mail("fr", "anne@home.example", Purpose.REMINDER);
        long neighbour = mail("fr", "zoe@home.example", Purpose.MARKETING);
        assertEquals(null, desk.find(token(offer)).orElseThrow().stopped());
        assertTrue(desk.stop(token(offer), false));
        assertEquals("anne@home.example MARKETING OPTED_OUT", one("select address || ' ' || scope || ' ' || reason from suppression"));
        assertEquals(List.of("SUPPRESSED", "SUPPRESSED", "QUEUED", "QUEUED"), List.of(state(offer), state(next), state(reminder), state(neighbour)));
        assertTrue(desk.stop(token(offer), false), "twice does no harm");
        assertEquals("1", one("select count(*)::text from suppression"));
        assertEquals("a\u2026@home.example", desk.find(token(offer)).orElseThrow().masked());
    }

    @Test @DisplayName("LAW-17, P-12: who stopped may start again; a bounce is not theirs to lift")
    void takesItBack() {
        long offer = mail("en", "anne@home.example", Purpose.MARKETING);
        desk.stop(token(offer), false);
        desk.stop(token(offer), true);
        assertEquals("ALL", desk.find(token(offer)).orElseThrow().stopped());
        assertTrue(desk.restart(token(offer)));
        assertEquals(null, desk.find(token(offer)).orElseThrow().stopped());
        jdbi.useHandle(h -> h.execute("insert into suppression (channel, address, reason, at, actor) values ('EMAIL', 'anne@home.example', 'ADDRESS_BOUNCED', now(), 'route')"));
        assertFalse(desk.find(token(offer)).orElseThrow().theirs());
        assertFalse(desk.restart(token(offer)));
    }

    @Test @DisplayName("LAW-17: a token of something else, or of nothing, touches nobody")
    void touchesNobodyElse() {
        mail("fr", "anne@home.example", Purpose.MARKETING);
        assertFalse(desk.stop(new Seals(jdbi).seal(Seals.Use.RETURN_PATH, 1), true));
        assertFalse(desk.stop("0".repeat(48), true));
        assertFalse(desk.stop(token(99_999), true), "no such message");
        assertEquals("0", one("select count(*)::text from suppression"));
    }
}
