package org.carillon.alert;

import static org.carillon.alert.AlertKind.FAILED;
import static org.carillon.alert.AlertKind.OVERDUE;
import static org.carillon.alert.AlertKind.UNTOUCHED;
import static org.carillon.alert.Garage.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carillon.delivery.Outbox;
import org.carillon.fact.Actor;
import org.carillon.fact.Channel;
import org.carillon.fact.EventType;
import org.carillon.fact.Invalid;
import org.carillon.fact.Reason;
import org.carillon.report.AlertList;
import org.carillon.report.Part;
import org.carillon.shop.Scope;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B-16: staff alerts")
class AlertTest {

    private final Garage garage = new Garage();
    private final Instant due = Instant.parse("2026-11-23T16:00:00Z");

    @Test @DisplayName("B-16: an overdue order is raised once, ends when it is closed, and is raised anew when it is opened again")
    void raisesEndsAndRaisesAnew() {
        garage.rules(on(OVERDUE, 0));
        long order = garage.order("R-", due);
        garage.at("2026-11-23T15:59:00Z");
        assertEquals(List.of(), garage.open());
        garage.at("2026-11-23T16:00:00Z");
        garage.at("2026-11-23T16:01:00Z");
        garage.at("2026-11-23T16:02:00Z");
        assertEquals(List.of("OVERDUE R-1"), garage.open());
        garage.close(order);
        assertEquals(List.of(), garage.open(), "in the commit of the change, not at the next round");
        garage.at("2026-11-23T16:03:00Z");
        assertEquals(List.of(), garage.open());
        garage.reopen(order);
        garage.at("2026-11-23T16:20:00Z");
        assertEquals(List.of("OVERDUE R-1"), garage.open());
        assertEquals(1, garage.id("select count(*) from alert"), "the same occurrence");
        assertEquals(2, garage.mails().size());
    }

    @Test @DisplayName("B-16: a due date that moves ends the alert; past again, it is another occurrence")
    void followsTheDueDate() {
        garage.rules(on(OVERDUE, 0));
        long order = garage.order("R-", due);
        garage.at("2026-11-23T16:00:00Z");
        garage.change(order, "due_local = '2026-11-23T12:30', due_at = '2026-11-23T17:30:00Z'", EventType.ORDER_SCHEDULED_TIME_CHANGED);
        assertEquals(List.of(), garage.open());
        garage.at("2026-11-23T17:31:00Z");
        assertEquals(List.of("OVERDUE R-1"), garage.open());
        assertEquals(2, garage.id("select count(*) from alert"));
        garage.run("update work_order set due_local = null, due_at = null");  // by a road that announces nothing
        garage.at("2026-11-23T17:33:00Z");
        assertEquals(List.of(), garage.open());
    }

    @Test @DisplayName("B-16: hours after the due date and without a change are the location's open hours")
    void countsOpenHours() {
        garage.rules(on(OVERDUE, 2), on(UNTOUCHED, 4));
        garage.now = Instant.parse("2026-11-23T22:00:00Z");  // Monday, 17:00; closes at 18:00
        garage.order("R-", garage.now);
        garage.at("2026-11-24T13:59:00Z");
        assertEquals(List.of(), garage.open());
        garage.at("2026-11-24T14:00:00Z");
        assertEquals(List.of("OVERDUE R-1"), garage.open());
        garage.at("2026-11-24T15:59:00Z");
        assertEquals(List.of("OVERDUE R-1"), garage.open());
        garage.at("2026-11-24T16:00:00Z");
        assertEquals(List.of("OVERDUE R-1", "UNTOUCHED R-1"), garage.open(), "3 h after the next opening");
    }

    @Test @DisplayName("B-16: any change of an order counts as touching it")
    void anyTouchEndsIt() {
        garage.rules(on(UNTOUCHED, 1));
        long order = garage.order("R-", null);
        garage.at("2026-11-23T16:00:00Z");
        assertEquals(List.of("UNTOUCHED R-1"), garage.open());
        garage.run("update work_order set touched_at = '2026-11-23T16:10:00Z' where id = " + order);  // a note: no event
        garage.at("2026-11-23T16:11:00Z");
        assertEquals(List.of(), garage.open());
        garage.at("2026-11-23T17:10:00Z");
        assertEquals(List.of("UNTOUCHED R-1"), garage.open());
        garage.close(order);
        assertEquals(List.of(), garage.open());
    }

    @Test @DisplayName("B-16: messages that failed, were not delivered, expired, or wait for a missing value")
    void toldOfFailures() {
        garage.message("FAILED", "SMS");  // before anybody asked: history
        garage.now = garage.now.plusSeconds(60);
        garage.rules(on(FAILED, 0));
        garage.now = garage.now.plusSeconds(60);
        garage.message("FAILED", "SMS");
        long undelivered = garage.message("UNDELIVERED", "SMS");
        garage.message("EXPIRED", "EMAIL");
        garage.message("CANCELLED", "EMAIL");
        garage.message("SUPPRESSED", "SMS");
        garage.run("update message set reason = 'OPTED_OUT' where id = " + garage.message("FAILED", "SMS"));  // 4.2: 21610 is no failure
        long held = garage.held("HELD", "MISSING_VALUE");
        garage.held("HELD", "NO_OPENING");
        garage.held("SKIPPED", "NO_CONSENT");
        garage.at("2026-11-23T15:05:00Z");
        assertEquals(List.of("FAILED MESSAGE", "FAILED MESSAGE", "FAILED MESSAGE", "FAILED PLAN"), garage.open());
        assertEquals(List.of("maxime@garage.example: 4 messages non remis – Garage Rosemont"), garage.mails());
        garage.run("update message set state = 'DELIVERED' where id = " + undelivered);  // a receipt that came late
        garage.run("update planned_notification set state = 'CANCELLED', reason = 'ORDER_CLOSED' where id = " + held);
        garage.at("2026-11-23T15:06:00Z");
        assertEquals(List.of("FAILED MESSAGE", "FAILED MESSAGE"), garage.open());
        garage.message("DELIVERED", "SMS");  // sent again
        garage.at("2026-11-23T15:07:00Z");
        assertEquals(List.of(), garage.open());
    }

    @Test @DisplayName("B-16: an e-mail to staff that fails raises no alert, so that nothing goes round in circles")
    void noLoop() {
        garage.rules(on(FAILED, 0));
        garage.message("FAILED", "SMS");
        garage.at("2026-11-23T15:05:00Z");
        garage.run("update message_due set state = 'HELD'");
        garage.run("update message set state = 'EXPIRED', settled_at = created_at where subject_type = 'STAFF'");
        garage.run("insert into message_event (message_id, from_state, to_state, actor, at) select id, 'QUEUED', 'EXPIRED', 'test', created_at from message where subject_type = 'STAFF'");
        garage.at("2026-11-23T15:30:00Z");
        assertEquals(List.of("FAILED MESSAGE"), garage.open());
        assertEquals(1, garage.mails().size());
    }

    @Test @DisplayName("LAW-18: staff are told once that the offers of their location are held, also where no alert is switched on")
    void tellsOfHeldOffers() {
        garage.run("insert into marketing_hold (location_id, since, sent, complaints, bounces) values (" + garage.location + ", now(), 1000, 3, 1)");
        garage.round().run();
        garage.round().run();
        assertEquals(1, garage.mails().size(), "to its manager");
        assertEquals(1, garage.id("select count(*) from message where subject_line = 'Promotions suspendues – Garage Rosemont' and text like '%1_000 dernières promotions par courriel : 3 plaintes, 1 mauvaise adresse.%' "
            + "and text like '%/reputation/list.xhtml%'"));
        garage.run("update marketing_hold set released_at = now(), released_by = 'Claire'");
        garage.run("insert into marketing_hold (location_id, since, sent, complaints, bounces) values (" + garage.location + ", now(), 40, 0, 5)");
        garage.round().run();
        assertEquals(2, garage.mails().size(), "another hold, another letter");
    }

    @Test @DisplayName("B-16: two nodes at once make one alert and one e-mail")
    void twoNodesAtOnce() throws Exception {
        garage.rules(on(OVERDUE, 0));
        garage.orders("R-", 300, due);
        garage.now = due;
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        CyclicBarrier together = new CyclicBarrier(4);
        List<Future<?>> rounds = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            AlertStep step = new AlertStep(garage.jdbi, garage.clock);
            AlertStep.Round round = new AlertStep.Round(List.of(garage.location), List.of(new AlertStep.Watch(garage.location, OVERDUE, due)), due);
            rounds.add(nodes.submit(() -> {
                together.await();
                step.begin();
                step.end(round);
                step.raise(round);
                new AlertPost(garage.jdbi, garage.clock, new Outbox(garage.jdbi, garage.clock), "https://carillon.example").mail(garage.location);
                return null;
            }));
        }
        for (Future<?> round : rounds) {
            round.get();
        }
        nodes.shutdown();
        assertEquals(300, garage.open().size());
        assertEquals(300, garage.id("select count(*) from alert"));
        assertEquals(1, garage.mails().size());
    }

    @Test @DisplayName("B-16: five hundred at once are one e-mail that lists the first twenty and their number")
    void oneMailForFiveHundred() {
        garage.rules(on(OVERDUE, 0));
        garage.orders("R-", 500, due);
        garage.at("2026-11-23T16:00:00Z");
        assertEquals(List.of("maxime@garage.example: 500 bons de travail en retard – Garage Rosemont"), garage.mails());
        String mail = garage.lastMail();
        assertEquals(20, mail.lines().filter(line -> line.startsWith("- ")).count());
        assertTrue(mail.contains("- R-1 · Honda Civic · Sophie Tremblay (échéance : 23 nov. 2026, 11 h 00)"), mail);
        assertTrue(mail.contains("Et 480 de plus."), mail);
        assertTrue(mail.contains("https://carillon.example/alert/list.xhtml"), mail);
    }

    @Test @DisplayName("B-16: what follows within a quarter of an hour waits for one more e-mail; what ended meanwhile is not told")
    void gathersWhatFollows() {
        garage.rules(on(OVERDUE, 0));
        garage.order("A-", due);
        garage.at("2026-11-23T16:00:00Z");
        garage.order("B-", due.plusSeconds(60));
        long third = garage.order("C-", due.plusSeconds(120));
        garage.at("2026-11-23T16:03:00Z");
        assertEquals(1, garage.mails().size());
        garage.close(third);
        garage.at("2026-11-23T16:15:00Z");
        assertEquals(2, garage.mails().size());
        assertTrue(garage.lastMail().contains("B-1") && !garage.lastMail().contains("A-1") && !garage.lastMail().contains("C-1"), garage.lastMail());
    }

    @Test @DisplayName("B-16: those who were chosen get it, each in the own language; else the managers; who left gets nothing")
    void tellsTheRightPeople() {
        garage.rules(Set.of(garage.advisor, garage.boss), on(OVERDUE, 0));
        garage.order("A-", due);
        garage.at("2026-11-23T16:00:00Z");
        assertEquals(List.of("claire@garage.example: 1 bon de travail en retard – Garage Rosemont", "josee@garage.example: 1 work order overdue – Garage Rosemont"), garage.mails());
        garage.run("delete from staff_location where staff_id = " + garage.advisor);
        garage.run("update staff set active = false where id = " + garage.boss);
        garage.order("B-", due);
        garage.at("2026-11-23T16:20:00Z");
        assertEquals("maxime@garage.example: 1 bon de travail en retard – Garage Rosemont", garage.mails().get(2));
        assertThrows(Invalid.class, () -> garage.rules(Set.of(garage.staff("nicolas@garage.example", "ADVISOR", "fr", garage.location("PAR", "Bercy")))));
    }

    @Test @DisplayName("P-23, B-16: staff e-mails carry no customer and are not held by a customer's opt-out")
    void customersHaveNoPart() {
        garage.rules(on(OVERDUE, 0));
        garage.order("A-", due);
        garage.at("2026-11-23T16:00:00Z");
        assertEquals(0, garage.id("select count(*) from message where subject_type = 'STAFF' and (customer_id is not null or channel <> 'EMAIL' or hours_only)"));
        Outbox outbox = new Outbox(garage.jdbi, garage.clock);
        assertEquals(0, outbox.suppress(Channel.EMAIL, "maxime@garage.example", Reason.OPTED_OUT, "test"));
        assertEquals(1, outbox.suppress(Channel.EMAIL, "maxime@garage.example", Reason.ADDRESS_BOUNCED, "test"));
    }

    @Test @DisplayName("P-39, B-16: what is shown where nobody said anything is what holds: all off")
    void standardIsApplied() {
        AlertRules rules = garage.desk.rules(Scope.everything(), garage.location);
        assertFalse(rules.anyActive());
        garage.order("A-", due);
        garage.message("FAILED", "SMS");
        garage.at("2026-11-24T16:00:00Z");
        assertEquals(List.of(), garage.open());
    }

    @Test @DisplayName("B-16: switched off it is gone, switched on again it is back; another's change is not overwritten")
    void switches() {
        garage.rules(on(OVERDUE, 0));
        garage.order("A-", due);
        garage.at("2026-11-23T16:00:00Z");
        AlertRules shown = garage.desk.rules(Scope.everything(), garage.location);
        garage.rules();
        assertEquals(List.of(), garage.open());
        assertEquals("conflict", assertThrows(Invalid.class, () -> garage.desk.set(Scope.everything(), shown)).key());
        garage.rules(on(OVERDUE, 0));
        garage.at("2026-11-23T16:05:00Z");
        assertEquals(List.of("OVERDUE A-1"), garage.open());
    }

    @Test @DisplayName("SEC-13, B-16: people see to the alerts of their own locations only")
    void keepsToTheScope() {
        garage.rules(on(OVERDUE, 0));
        garage.order("A-", due);
        garage.at("2026-11-23T16:00:00Z");
        long alert = garage.id("select id from alert");
        Scope elsewhere = Scope.of(Set.of(garage.location + 1));
        assertEquals(0, garage.desk.seen(elsewhere, List.of(alert), Actor.staff("x")));
        assertEquals(0, garage.desk.allSeen(elsewhere, null, Actor.staff("x")));
        assertThrows(Invalid.class, () -> garage.desk.rules(elsewhere, garage.location));
        assertThrows(Invalid.class, () -> garage.desk.set(elsewhere, garage.desk.rules(Scope.everything(), garage.location)));
        assertEquals(1, garage.desk.seen(Scope.of(Set.of(garage.location)), List.of(alert), Actor.staff("x")));
        assertEquals(0, garage.desk.allSeen(Scope.everything(), OVERDUE, Actor.staff("y")), "seen is seen");
    }

    @Test @DisplayName("B-16: the list shows every open alert of one's locations once, by keys; the bell counts what is new, and no further than a hundred")
    void listsAndCounts() {
        AlertList list = new AlertList(garage.jdbi);
        garage.rules(on(OVERDUE, 0), on(FAILED, 0));
        garage.orders("R-", 120, due);
        garage.now = garage.now.plusSeconds(60);
        garage.message("UNDELIVERED", "SMS");
        garage.held("HELD", "MISSING_VALUE");
        garage.at("2026-11-23T16:00:00Z");
        Scope own = Scope.of(Set.of(garage.location));
        Set<Long> shown = new HashSet<>();
        String after = null;
        do {
            Part<AlertList.Row> part = list.open(own, null, after);
            part.rows().forEach(row -> assertTrue(shown.add(row.id())));
            after = part.next();
        } while (after != null);
        assertEquals(122, shown.size());
        assertEquals(Map.of("OVERDUE", 120L, "FAILED", 2L), list.counts(own));
        assertEquals(2, list.open(own, "FAILED", null).rows().size());
        assertEquals(AlertList.MANY, list.fresh(own));
        assertEquals(List.of("SMS", "SMS"), list.open(own, "FAILED", "junk").rows().stream().map(AlertList.Row::channel).toList());
        Scope elsewhere = Scope.of(Set.of(garage.location + 1));
        assertEquals(0, list.fresh(elsewhere));
        assertTrue(list.open(elsewhere, null, null).isEmpty() && list.counts(elsewhere).isEmpty());
        assertEquals(120, garage.desk.allSeen(own, OVERDUE, Actor.staff("Maxime")));
        assertEquals(2, list.fresh(Scope.everything()));
        assertEquals("Maxime", list.open(own, "OVERDUE", null).rows().get(0).seenBy());
    }
}
