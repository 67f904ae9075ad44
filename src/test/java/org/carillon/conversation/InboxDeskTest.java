package org.carillon.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carillon.TestDatabase;
import org.carillon.customer.ConsentLedger;
import org.carillon.customer.ConsentStatement;
import org.carillon.customer.ConsentWatch;
import org.carillon.delivery.InboundText;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a customer's text sets in motion, on a real database. */
class InboxDeskTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String ANNE = "+15145550199", SHOP = "+15145550100";

    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private Instant now = Instant.parse("2026-11-22T15:00:00Z");
    private final ApplicationClock clock = new ApplicationClock(jdbi) {
        @Override public Instant now() { return now; }
    };
    private final Outbox outbox = new Outbox(jdbi, clock);
    private final ConsentWatch watch = new ConsentWatch() {
        @Override public void withdrawn(long customerId, Channel channel, String actor) { outbox.withdrawn(customerId, channel, actor); }

        @Override public void given(long customerId, Channel channel) { }

        @Override public void stopped(Channel channel, String address, boolean offersOnly, Reason reason, String actor) {
            outbox.suppress(channel, address, offersOnly, reason, actor);
        }
    };
    private final InboxDesk desk = new InboxAtHand(jdbi, clock, watch, outbox, new AppointmentReplies(null));
    private long location, customer;

    @BeforeEach void open() {
        jdbi.useHandle(h -> {
            h.execute("insert into company (name, default_language) select 'Garage Rosemont', 'fr' where not exists (select 1 from company)");
            h.execute("update company set name = 'Garage Rosemont', stop_scope = 'ALL'");
            location = h.createQuery("insert into location (code, name, zone, country, language, sms_sender, phone, reply_email) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', "
                + "'fr', '" + SHOP + "', '514 555-0100', 'accueil@garage.test') returning id").mapTo(Long.class).one();
            customer = h.createQuery("insert into customer (location_id, ref, name, language, sms_consent, created_at) values (?, 'C-1', 'Anne Roy', 'fr', true, now()) returning id")
                .bind(0, location).mapTo(Long.class).one();
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 1, '514 555-0199', ?, true)", customer, ANNE);
        });
    }

    private void writes(String text) { desk.receive(new InboundText("smpp", null, ANNE, SHOP, text, null, now)); }

    private long queue(Purpose purpose, String text) {
        return outbox.enqueue(List.of(new NewMessage(null, 0, 0, null, location, customer, null, null, Channel.SMS, purpose, ANNE, SHOP, "", text, now.plus(Duration.ofHours(12)), false))).get(0);
    }

    private List<String> texts(String sql, Object... values) { return jdbi.withHandle(h -> h.select(sql, values).mapTo(String.class).list()); }

    private List<String> answers() { return texts("select text from message where answers is not null and channel = 'SMS' order by id"); }

    private List<String> mails() { return texts("select text from message where answers is not null and channel = 'EMAIL' order by id"); }

    private List<String> stops() { return texts("select scope || ' ' || reason from suppression where released_at is null"); }

    private String state(long message) { return texts("select state from message_now where id = ?", message).get(0); }

    @Test @DisplayName("LAW-11, LAW-14, LAW-15: STOP stops what waits with the commit that stores it, and is confirmed once")
    void stopsInOneTransaction() {
        List<Long> waiting = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            waiting.add(queue(Purpose.TRANSACTIONAL, "Prêt " + i));
        }
        writes("Arrêt.");
        assertEquals(List.of("1000"), texts("select count(*)::text from message where state = 'SUPPRESSED' and reason = 'OPTED_OUT'"));
        assertEquals("SUPPRESSED", state(waiting.get(999)));
        assertEquals(List.of("ALL OPTED_OUT"), stops());
        assertEquals(List.of("Garage Rosemont: c'est noté, vous ne recevrez plus de SMS de notre part. Pour changer d'avis, répondez START."), answers());
        now = now.plusSeconds(3_600);
        writes("STOP");
        assertEquals(1, answers().size(), "one confirmation only");
        assertEquals(List.of("OPT_OUT:", "OPT_OUT:OPTED_OUT"), texts("select reading || ':' || coalesce(no_answer, '') from inbound_message order by id"));
        assertEquals("QUEUED", texts("select n.state from message_now n join message m using (id) where m.answers is not null").get(0), "the confirmation is not stopped by the second stop");
    }

    @Test @DisplayName("P-12, LAW-12: START, and only START, lifts the stop")
    void startsAgain() {
        writes("STOP");
        now = now.plusSeconds(60);
        writes("OUI");
        writes("Yes");
        assertEquals(List.of("ALL OPTED_OUT"), stops());
        writes("Start");
        assertEquals(List.of(), stops());
        assertEquals("Garage Rosemont: vous recevrez de nouveau nos SMS. Répondez STOP pour ne plus en recevoir.", answers().get(1));
        assertEquals(List.of("true REPLY start"), texts("select granted || ' ' || how || ' ' || basis from consent_event where purpose = 'SMS'"));
    }

    @Test @DisplayName("LAW-12, P-12: START counts each time: also when somebody at the shop said no since")
    void startsAgainAfterTheShopSaidNo() {
        writes("START");
        now = now.plusSeconds(60);
        new ConsentLedger(jdbi, watch).record(customer, new ConsentStatement(false, null, null, now, "PAGE", "", "", ""), "fr", "America/Toronto", Actor.staff("Marie"), now);
        assertEquals(List.of("false"), texts("select sms_consent::text from customer"));
        now = now.plusSeconds(60);
        writes("START");
        assertEquals(List.of("true"), texts("select sms_consent::text from customer"));
    }

    @ParameterizedTest @DisplayName("LAW-16: as the company chose, and as the last message was")
    @CsvSource({"ALL,MARKETING,ALL", "ALL,REMINDER,ALL", "AS_ASKED,MARKETING,MARKETING", "AS_ASKED,TRANSACTIONAL,ALL"})
    void stopsWhatWasAsked(String chosen, Purpose last, String scope) {
        jdbi.useHandle(h -> h.execute("update company set stop_scope = ?", chosen));
        long transactional = queue(Purpose.TRANSACTIONAL, "Prêt");
        long offer = queue(Purpose.MARKETING, "Rabais");
        long latest = queue(last, "Dernier");
        writes("STOP");
        assertEquals(List.of(scope + " OPTED_OUT"), stops());
        assertEquals("SUPPRESSED", state(offer));
        assertEquals(scope.equals("ALL") ? "SUPPRESSED" : "QUEUED", state(transactional));
        assertEquals("SUPPRESSED", state(latest));
    }

    @Test @DisplayName("LAW-16: a stop of offers widens to a stop of everything")
    void widens() {
        jdbi.useHandle(h -> h.execute("update company set stop_scope = 'AS_ASKED'"));
        queue(Purpose.MARKETING, "Rabais");
        writes("STOP");
        now = now.plusSeconds(3_600);
        queue(Purpose.TRANSACTIONAL, "Prêt");
        writes("STOP!");
        assertEquals(List.of("ALL OPTED_OUT"), stops());
        assertEquals(2, answers().size());
    }

    @Test @DisplayName("LAW-14: the stop outlives the customer's card")
    void outlivesTheCard() {
        writes("STOP");
        jdbi.useHandle(h -> h.execute("delete from customer"));
        assertEquals(List.of("ALL OPTED_OUT"), stops());
    }

    @Test @DisplayName("LAW-12, REL-54: help is answered, the same text not twice in ten minutes, and no more than three in a day")
    void answersHelpWithinCaps() {
        for (int i = 0; i < 40; i++) {
            writes(i % 2 == 0 ? "AIDE" : "Help!");
            now = now.plus(Duration.ofMinutes(4));
        }
        assertEquals(3, answers().size());
        assertTrue(texts("select distinct no_answer from inbound_message where no_answer is not null").containsAll(List.of("DUPLICATE_TEXT", "ANSWERED_ENOUGH")));
        now = now.plus(Duration.ofDays(1));
        writes("INFO");
        assertEquals(4, answers().size());
        assertEquals("Garage Rosemont: pour nous joindre, composez le 514 555-0100. Répondez STOP pour ne plus recevoir de SMS.", answers().get(3));
    }

    @Test @DisplayName("REL-54: caps hold when texts come at once")
    void capsHoldAtOnce() throws Exception {
        ExecutorService several = Executors.newFixedThreadPool(8);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String text = "AIDE" + "!".repeat(i);
            all.add(several.submit(() -> {
                go.await();
                writes(text);
                return null;
            }));
        }
        go.countDown();
        for (Future<?> one : all) {
            one.get();
        }
        several.shutdown();
        assertEquals(1, answers().size());
    }

    @Test @DisplayName("GC-06, LAW-13: what a rule cannot answer goes to the shop by e-mail, and says when it sounds like a stop")
    void forwards() {
        writes("Ne m'écrivez plus SVP");
        assertEquals(List.of(), answers());
        assertEquals(List.of(), stops());
        String mail = mails().get(0);
        assertTrue(mail.contains("Il semble ne plus vouloir de messages") && mail.contains("Anne Roy (" + ANNE + ")") && mail.contains("Ne m'écrivez plus SVP")
            && mail.contains("https://shop.test/customer/view.xhtml?id=" + customer), mail);
        assertEquals(List.of("accueil@garage.test RESEND_ONCE"), texts("select recipient || ' ' || unknown_policy from message where channel = 'EMAIL'"));
    }

    @Test @DisplayName("LAW-11: CANCEL stops and tells the shop")
    void cancelTellsTheShop() {
        writes("CANCEL");
        assertEquals(List.of("ALL OPTED_OUT"), stops());
        assertEquals(List.of("NO_RESEND"), texts("select unknown_policy from message where channel = 'SMS'"));
        assertTrue(mails().get(0).startsWith("Un client a répondu CANCEL"));
    }

    @Test @DisplayName("REL-24: the same text within half a minute, or with the same number, is stored once")
    void storesOnce() {
        writes("Merci");
        now = now.plusSeconds(20);
        writes("Merci");
        now = now.plusSeconds(40);
        writes("Merci");
        desk.receive(new InboundText("http", "SM1", ANNE, SHOP, "Oui", null, now));
        desk.receive(new InboundText("http", "SM1", ANNE, SHOP, "Oui", null, now.plusSeconds(9_000)));
        desk.receive(new InboundText("http", "SM2", ANNE, SHOP, "Oui", null, now));
        assertEquals(List.of("Merci", "Merci", "Oui", "Oui"), texts("select text from inbound_message order by id"));
    }

    @Test @DisplayName("MSG-05: pieces come in any order, some twice, and make one text")
    void joinsPieces() {
        for (int round = 0; round < 50; round++) {
            List<Integer> order = new ArrayList<>(List.of(1, 2, 3, 2, 1));
            Collections.shuffle(order, new Random(round));
            for (int number : order) {
                desk.receive(new InboundText("smpp", null, ANNE, SHOP, "p" + number + "/" + round + " ", new InboundText.Piece(round, 3, number), now));
            }
        }
        assertEquals(0, desk.stranded());
        now = now.plus(Duration.ofHours(25));
        assertEquals(0, desk.stranded(), "what came again after the whole is no text of its own");
        assertEquals(List.of("0"), texts("select count(*)::text from inbound_part"));
        assertEquals(50, texts("select distinct text from inbound_message where text ~ '^p1/(\\d+) p2/\\1 p3/\\1 $'").size());
    }

    @Test @DisplayName("REL-24: a piece that is repeated after the whole is nothing new; other words with the same reference are")
    void knowsPiecesAgain() {
        for (String words : List.of("un", "un", "deux")) {
            for (int number : List.of(1, 2, 2)) {
                desk.receive(new InboundText("smpp", null, ANNE, SHOP, words + number + " ", new InboundText.Piece(4, 2, number), now));
            }
            now = now.plusSeconds(600);
        }
        assertEquals(List.of("un1 un2", "deux1 deux2"), texts("select trim(text) from inbound_message order by id"));
    }

    @Test @DisplayName("a shop whose company was never named answers in its own name")
    void answersWithoutACompany() {
        jdbi.useHandle(h -> h.execute("delete from company"));
        writes("STOP");
        assertTrue(answers().get(0).startsWith("Rosemont: "), answers()::toString);
    }

    @Test @DisplayName("REL-24: of a text whose end never comes, what there is is handed on after a day")
    void handsOnWhatThereIs() {
        desk.receive(new InboundText("smpp", null, ANNE, SHOP, "Bonjour, ", new InboundText.Piece(4, 3, 1), now));
        desk.receive(new InboundText("smpp", null, ANNE, SHOP, "merci", new InboundText.Piece(4, 3, 3), now));
        assertEquals(0, desk.stranded());
        now = now.plus(Duration.ofHours(25));
        assertEquals(1, desk.stranded());
        assertEquals(List.of("Bonjour,  […] merci"), texts("select text from inbound_message"));
        assertEquals(0, desk.stranded());
    }

    @Test @DisplayName("MSG-14: a short code or a name gets no answer, its text is kept")
    void answersNoMachine() {
        desk.receive(new InboundText("smpp", null, "12345", SHOP, "HELP", null, now));
        desk.receive(new InboundText("smpp", null, "BELL", SHOP, "Votre forfait", null, now));
        assertEquals(List.of(), answers());
        assertEquals(List.of("12345 NUMBER_UNUSABLE", "BELL "), texts("select sender || ' ' || coalesce(no_answer, '') from inbound_message order by id"));
    }

    @Test @DisplayName("a national number is read as its shop's country does, and a stranger's text is kept")
    void readsNationalNumbers() {
        desk.receive(new InboundText("smpp", null, "5145550199", "15145550100", "Bonjour", null, now));
        desk.receive(new InboundText("smpp", null, "5145550199", "15145550100", "Bonjour", null, now.plusSeconds(5)));
        desk.receive(new InboundText("smpp", null, "+14385550123", SHOP, "Bonjour", null, now));
        assertEquals(List.of(ANNE + " " + customer, "+14385550123 none"), texts("select sender || ' ' || coalesce(customer_id::text, 'none') from inbound_message order by id"));
    }

    @Test @DisplayName("LAW-15, GC-06: a text after a route's test goes to the shop that its sender belongs to, not to the test's none")
    void looksPastRouteTests() {
        outbox.enqueue(new NewMessage(null, 0, 0, null, null, null, null, null, Channel.SMS, Purpose.TRANSACTIONAL, ANNE, "", "", "Essai", now.plus(Duration.ofHours(1)), false), "smpp", "op@garage.test");
        desk.receive(new InboundText("smpp", null, ANNE, "+15145550111", "Bonjour", null, now));
        desk.receive(new InboundText("smpp", null, ANNE, "+15145550111", "STOP", null, now));
        assertEquals(List.of(location + " " + customer + " none"), texts("select distinct location_id || ' ' || customer_id || ' ' || coalesce(about_id::text, 'none') from inbound_message"));
        assertEquals(1, mails().size());
        assertEquals(1, answers().size());
    }

    @Test @DisplayName("REL-54: a shop's name with a typographic apostrophe, which leaves as a plain one, is the same text too")
    void knowsTheTextAsItLeft() {
        jdbi.useHandle(h -> h.execute("update company set name = ?", "L’Atelier"));
        writes("AIDE");
        now = now.plus(Duration.ofMinutes(4));
        writes("HELP");
        assertEquals(1, answers().size());
        assertTrue(answers().get(0).startsWith("L'Atelier"));
        assertEquals(List.of("DUPLICATE_TEXT"), texts("select no_answer from inbound_message where no_answer is not null"));
    }

    @Test @DisplayName("LAW-15: each automatic answer is one segment in GSM-7, whatever the shop's name")
    void answersInOneSegment() {
        jdbi.useHandle(h -> h.execute("update company set name = ?", "Garage mécanique générale et débosselage Rosemont-La Petite-Patrie"));
        for (String text : List.of("HELP", "STOP", "START")) {
            writes(text);
            jdbi.useHandle(h -> h.execute("update customer set language = 'en'"));
        }
        assertEquals(List.of("1 false"), texts("select distinct segments || ' ' || ucs2 from message where answers is not null and channel = 'SMS'"));
        assertEquals(3, answers().size());
    }
}
