package org.carillon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.carillon.TestDatabase;
import org.carillon.conversation.ReceivedDesk;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.report.ReceivedList.Row;
import org.carillon.report.ReceivedList.View;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was received, as people of Montréal, of Paris and of everywhere see it, on a real database. */
class ReceivedListTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String ANNE = "+15145550142", STRANGER = "+15145550143";
    private static final Scope MTL = Scope.of(Set.of(1L)), PAR = Scope.of(Set.of(2L));
    private static final Actor LISE = Actor.staff("Lise");

    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private final ReceivedList list = new ReceivedList(jdbi);
    private final ReceivedDesk desk = new ReceivedDesk(jdbi, new ApplicationClock(jdbi));

    @BeforeEach void fill() {
        jdbi.useHandle(h -> {
            h.execute("insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr'), (2, 'PAR', 'Bastille', 'Europe/Paris', 'FR', 'fr')");
            customer(1, 1, "Anne", ANNE);
        });
        received(1L, 1L, "smpp", ANNE, "Merci", "TEXT", true);
        received(1L, null, "smpp", STRANGER, "C’est prêt ?", "TEXT", false);
        received(2L, null, "smpp", STRANGER, "Laissez-moi tranquille", "TEXT_STOP", true);
        received(null, null, "smpp", "BELL", "Votre forfait", "TEXT", false);
        received(1L, 1L, "mail", "anne@example.org", "Cancel", "OPT_OUT_CANCEL", true);
        received(1L, null, "smpp", "+15145550144", "STOP", "OPT_OUT", false);
    }

    private void customer(long id, long location, String name, String number) {
        jdbi.useHandle(h -> {
            h.execute("insert into customer (id, location_id, ref, name, language, created_at) values (?, ?, ?, ?, 'fr', now())", id, location, name, name);
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 0, ?, ?, true)", id, number, number);
        });
    }

    private void received(Long location, Long customer, String route, String from, String text, String reading, boolean forwarded) {
        jdbi.useHandle(h -> h.createUpdate("insert into inbound_message (route, sender, recipient, text, received_at, location_id, customer_id, reading, forwarded) "
                + "values (:route, :from, 'us', :text, :at, :location, :customer, :reading, :forwarded)").bind("route", route).bind("from", from).bind("text", text)
            .bind("at", Instant.parse("2026-11-22T15:00:00Z")).bind("location", location).bind("customer", customer).bind("reading", reading).bind("forwarded", forwarded).execute());
    }

    private List<String> texts(Scope scope, View view) { return list.read(scope, view, null).rows().stream().map(Row::text).toList(); }

    private Row row(Scope scope, String text) { return list.read(scope, View.ALL, null).rows().stream().filter(r -> r.text().equals(text)).findFirst().orElseThrow(); }

    @Test @DisplayName("SEC-13: each location's people see its own, strangers' too; what is of no location only those who see all")
    void showsEachItsOwn() {
        assertEquals(List.of("STOP", "Cancel", "C’est prêt ?", "Merci"), texts(MTL, View.ALL));
        assertEquals(List.of("Laissez-moi tranquille"), texts(PAR, View.ALL));
        assertEquals(6, texts(Scope.everything(), View.ALL).size());
        assertEquals(List.of("Votre forfait"), texts(Scope.everything(), View.NOWHERE));
        assertEquals(List.of(), texts(MTL, View.NOWHERE));
        assertEquals(List.of(), texts(Scope.nothing(), View.ALL));
        assertTrue(list.any(PAR));
        assertFalse(list.any(Scope.nothing()));
    }

    @Test @DisplayName("LAW-11: what wants a person waits until somebody has seen it, passed on or not; a question only where it was not passed on")
    void waitsForAPerson() {
        assertEquals(List.of("Cancel", "C’est prêt ?"), texts(MTL, View.WAITING));
        assertEquals(List.of("Laissez-moi tranquille"), texts(PAR, View.WAITING));
        assertEquals(4, list.waiting(Scope.everything()));
        assertEquals(List.of("Laissez-moi tranquille"), texts(Scope.everything(), View.STOP));
        assertEquals(List.of("Cancel"), texts(Scope.everything(), View.CANCEL));
        assertEquals(List.of("Votre forfait", "C’est prêt ?", "Merci"), texts(Scope.everything(), View.TEXT));
        Row cancel = row(MTL, "Cancel");
        assertTrue(cancel.waiting() && cancel.mail() && cancel.forwarded());
    }

    @Test @DisplayName("SEC-13: seen once for the whole location, by those who see it")
    void isSeenOnce() {
        List<Long> all = list.read(Scope.everything(), View.WAITING, null).rows().stream().map(Row::id).toList();
        assertEquals(0, desk.seen(Scope.nothing(), all, LISE));
        assertEquals(2, desk.seen(MTL, all, LISE));
        assertEquals(0, desk.seen(MTL, all, Actor.staff("Marc")));
        assertEquals("Lise", row(MTL, "Cancel").seenBy());
        assertEquals(0, list.waiting(MTL));
        assertEquals(List.of("Votre forfait", "Laissez-moi tranquille"), texts(Scope.everything(), View.WAITING));
    }

    @Test @DisplayName("the text of a number that is added to a card later is found there, and named by whoever may see the card")
    void findsTheCardThatCameLater() {
        assertEquals(null, row(MTL, "C’est prêt ?").customer());
        customer(2, 2, "Luc", STRANGER);
        assertEquals("Luc", row(PAR, "Laissez-moi tranquille").customer());
        assertEquals(null, row(MTL, "C’est prêt ?").customer(), "a card of Paris");
        assertEquals("Luc", row(Scope.everything(), "C’est prêt ?").customer());
        assertEquals(List.of("Laissez-moi tranquille", "C’est prêt ?"), new InboundList(jdbi).of(Scope.everything(), 2, 10).stream().map(InboundList.Row::text).toList());
        assertEquals(List.of("Cancel", "Merci"), new InboundList(jdbi).of(MTL, 1, 10).stream().map(InboundList.Row::text).toList());
        assertTrue(new SubjectFile(jdbi).json(Scope.everything(), 2).orElseThrow().contains("Laissez-moi tranquille"), "LAW-21");
        assertFalse(new SubjectFile(jdbi).json(PAR, 2).orElseThrow().contains("C’est prêt ?"), "written to Montréal");
    }

    @Test @DisplayName("parts of a long list hold every row once")
    void comesInParts() {
        for (int i = 0; i < 120; i++) {
            received(1L, null, "smpp", STRANGER, "n" + i, "TEXT", false);
        }
        List<Long> all = new ArrayList<>();
        String after = null;
        do {
            Part<Row> part = list.read(MTL, View.ALL, after);
            part.rows().forEach(row -> all.add(row.id()));
            after = part.next();
        } while (after != null);
        assertEquals(124, all.size());
        assertEquals(all.stream().sorted((a, b) -> Long.compare(b, a)).distinct().toList(), all);
        assertEquals(ReceivedList.MANY, list.waiting(MTL));
    }

    @Test @DisplayName("what was received is never rewritten by the application but for who saw it")
    void isNotRewritten() {
        for (String column : List.of("text = ''", "reading = 'TEXT'", "customer_id = 1", "forwarded = true")) {
            assertThrows(RuntimeException.class, () -> jdbi.useHandle(h -> h.execute("update inbound_message set " + column)), column);
        }
    }
}
