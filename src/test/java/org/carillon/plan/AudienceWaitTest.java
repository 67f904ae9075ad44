package org.carillon.plan;

import static org.carillon.plan.Finder.all;
import static org.carillon.plan.Finder.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.audience.Audience;
import org.carillon.audience.Operator;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.InDays;
import org.carillon.audience.Value.MinutesAgo;
import org.carillon.audience.Value.Text;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.Kind;
import org.carillon.automation.Period;
import org.carillon.automation.Schedule;
import org.carillon.fact.Channel;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an audience's run found and cannot leave at once waits, and is looked at again when it may")
class AudienceWaitTest {

    private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);
    private static final Schedule AT_11 = new Schedule.Daily(LocalTime.of(11, 0), DAILY);
    private static final Schedule REAL_TIME = new Schedule.RealTime(Period.ofOpeningHours());
    private static final Schedule EVENINGS = new Schedule.RealTime(new Period(false, LocalTime.of(18, 0), LocalTime.of(20, 0), DAILY));
    private static final Audience CLOSED_YESTERDAY = all(rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(1)));
    private static final Audience READY = all(rule("repair_order_opened.status", Operator.IS, new Text("READY")), rule("work_order.last_time", Operator.EXACTLY, new DaysAgo(0)));
    private static final Audience READY_AT_ALL = all(rule("repair_order_opened.status", Operator.IS, new Text("READY")));
    private static final Audience TODAY = all(rule("appointment.date", Operator.IN, new InDays(0)));

    private final Finder f = new Finder();
    private final Shop shop = f.shop;

    @BeforeEach void wednesdayMorning() { shop.frozen = Instant.parse("2027-02-10T13:30:00Z"); }

    private AudienceDraft draft(Audience audience, Schedule schedule, String sms, Kind kind, boolean drop, Long... places) {
        AudienceDraft d = f.draft(audience, schedule, sms);
        return new AudienceDraft(d.id(), d.version(), d.name(), kind, d.audience(), d.schedule(), false, places.length == 0 ? d.locations() : Set.of(places), d.channels(), false, d.translations(), drop);
    }

    private void ready(long customer, String reference, String at) {
        long order = shop.order(customer);
        shop.run("update work_order set reference = '" + reference + "', status = 'READY', status_group = 'READY', opened_at = '" + at + "', status_changed_at = '" + at + "', status_day = '" + at.substring(0, 10) + "', last_time = '" + at + "' where id = " + order);
    }

    private List<String> expiries() {
        return shop.jdbi.withHandle(h -> h.createQuery("select expires_at from planned_notification order by id").map((r, c) -> r.getTimestamp(1).toInstant().toString()).list());
    }

    @Test @DisplayName("REL-29: set aside after a restore, whom the looks find again waits for a person too, of real time and of the day; what comes later leaves")
    void isSetAsideAfterARestore() {
        f.on(f.draft(READY_AT_ALL, REAL_TIME, "Pret {order.reference}"));
        f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci"));
        f.at("2027-02-10T15:55:00Z");
        ready(f.customer("Sophie", "+15145550142"), "R1", "2027-02-10T14:00:00Z");  // told in the time that is lost
        f.closed(f.customer("Luc", "+15145550143"), "2027-02-09T20:00:00Z");
        shop.run("delete from restore_gate");
        shop.run("insert into restore_gate (marker, since, cause) values ('m', now(), 'OPERATOR')");
        shop.frozen = Instant.parse("2027-02-10T16:03:00Z");
        Person lea = new Person(1, "lea@shop.example", "Lea", Role.OPERATOR, "fr", Person.Appearance.SYSTEM, Scope.everything(), 1);
        shop.jdbi.useTransaction(h -> new RestoreDesk(shop.jdbi, shop.clock, shop.gate, f.runs).release(lea, true));
        assertEquals(List.of(), f.at("2027-02-10T16:03:05Z"));
        assertEquals(List.of("HELD BACKLOG", "HELD BACKLOG"), shop.plans());
        assertEquals(2, shop.id("select found from backlog_gate where since is not null"));
        ready(f.customer("Anne", "+15145550144"), "R2", "2027-02-10T16:04:00Z");
        assertEquals(List.of("+15145550144 Pret R2"), f.at("2027-02-10T16:05:00Z"));
        shop.jdbi.useTransaction(h -> new BacklogDesk(shop.jdbi, shop.clock, shop.overdue).release(lea));
        shop.frozen = Instant.parse("2027-02-10T16:06:00Z");
        shop.releaser.releaseBacklog(Map.of(Channel.SMS, 100.0));
        shop.frozen = Instant.parse("2027-02-10T16:07:00Z");
        shop.releaser.releaseBacklog(Map.of(Channel.SMS, 100.0));
        assertEquals(3, shop.texts().size(), "let go by a person");
    }

    @Test @DisplayName("REL-29, P-08: what a slot that was looked at before a restore gives once more waits for a person too")
    void isSetAsideWhereASlotIsLookedAtAgain() {
        f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci"));
        f.at("2027-02-10T16:00:00Z");
        f.closed(f.customer("Sophie", "+15145550142"), "2027-02-09T20:00:00Z");  // told at noon, in the time that is lost
        shop.run("delete from restore_gate");
        shop.run("insert into restore_gate (marker, since, cause) values ('m', now(), 'OPERATOR')");
        shop.frozen = Instant.parse("2027-02-10T16:30:00Z");
        Person lea = new Person(1, "lea@shop.example", "Lea", Role.OPERATOR, "fr", Person.Appearance.SYSTEM, Scope.everything(), 1);
        shop.jdbi.useTransaction(h -> new RestoreDesk(shop.jdbi, shop.clock, shop.gate, f.runs).release(lea, true));
        assertEquals(List.of(), f.at("2027-02-10T17:00:00Z"));
        assertEquals(List.of("HELD BACKLOG"), shop.plans());
        f.closed(f.customer("Luc", "+15145550143"), "2027-02-09T20:00:00Z");
        assertEquals(List.of("+15145550143 Merci"), f.at("2027-02-10T18:00:00Z"), "what comes later leaves");
    }

    @Test @DisplayName("KI-05, REL-50: a reminder of an appointment is worth sending until half an hour before it, whatever moves it later, and wherever the appointment moves to")
    void endsBeforeTheAppointment() {
        f.on(draft(TODAY, REAL_TIME, "Rappel {appointment.start_at_time}", Kind.APPOINTMENT, false));
        f.appointment(f.customer("Tot", "+15145550142"), "2027-02-10T13:20:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.appointment(f.customer("Midi", "+15145550143"), "2027-02-10T17:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.appointment(f.customer("Soir", "+15145550144"), "2027-02-10T21:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        long moved = f.appointment(f.customer("Avance", "+15145550145"), "2027-02-10T21:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        assertEquals(List.of(), f.at("2027-02-10T11:00:00Z"), "at six in the morning");
        assertEquals(List.of("SKIPPED TOO_LATE", "PLANNED", "PLANNED", "PLANNED"), shop.plans());
        assertEquals(List.of("2027-02-10T12:50:00Z", "2027-02-10T16:30:00Z", "2027-02-10T20:30:00Z", "2027-02-10T20:30:00Z"), expiries());
        shop.run("update appointment set start_at = '2027-02-10T17:10:00Z', start_local = '2027-02-10T12:10' where id = " + moved);
        shop.run("update location set quiet_from = '00:00', quiet_to = '11:45'");
        assertEquals(List.of(), f.at("2027-02-10T13:00:01Z"));
        assertEquals(List.of("+15145550144 Rappel 16 h 00"), f.at("2027-02-10T16:45:01Z"), "at a quarter to twelve, when it is quiet no more");
        assertEquals(List.of("SKIPPED TOO_LATE", "EXPIRED OUTSIDE_HOURS", "RELEASED", "EXPIRED OUTSIDE_HOURS"), shop.plans(), "the one that moved is the same message, and ends before its new hour");
        assertEquals(1, shop.id("select count(*) from message where expires_at = '2027-02-10T20:30:00Z'"));
    }

    @Test @DisplayName("A-16: the cap is of the day on which a message leaves, not of the one on which it was found")
    void capsByTheDayOfSending() {
        f.on(draft(READY, REAL_TIME, "Votre avis", Kind.REVIEW, false));
        long customer = f.customer("Sophie", "+15145550142");
        ready(customer, "R1", "2027-02-10T22:00:00Z");
        f.at("2027-02-10T22:30:00Z");
        assertEquals(1, f.at("2027-02-11T13:00:01Z").size(), "the shop had closed");
        ready(customer, "R2", "2027-02-11T14:00:00Z");
        assertEquals(1, f.at("2027-02-11T14:10:00Z").size());
        assertEquals(List.of("RELEASED", "SKIPPED FREQUENCY_CAP"), shop.plans());
    }

    @Test @DisplayName("A-16: only what could leave takes a person's one message of the day")
    void capsOnlyWhatCouldLeave() {
        long away = shop.id("insert into location (code, name, zone, country, language, opening_hours) values ('QC', 'Lévis', 'America/Toronto', 'CA', 'fr', '{\"MON\":[[\"08:00\",\"17:00\"]]}') returning id");
        f.on(draft(READY, REAL_TIME, "Votre avis", Kind.REVIEW, true, shop.location, away));
        long customer = f.customer("Sophie", "+15145550142");
        ready(customer, "R1", "2027-02-10T14:00:00Z");
        shop.run("update work_order set location_id = " + away);
        ready(customer, "R2", "2027-02-10T14:00:00Z");
        assertEquals(1, f.at("2027-02-10T14:10:00Z").size());
        assertEquals(List.of("RELEASED", "SKIPPED TOO_LATE"), shop.plans().stream().sorted().toList(), "Lévis opens on Monday");
    }

    @Test @DisplayName("KI-44: its own period is looked at again when it leaves, with the quiet hours")
    void keepsItsPeriodWhenItLeaves() {
        f.on(f.draft(READY, EVENINGS, "Ce soir"));
        ready(f.customer("Sophie", "+15145550142"), "R1", "2027-02-10T14:00:00Z");
        f.at("2027-02-10T14:10:00Z");
        shop.run("update location set quiet_from = '19:00', quiet_to = '18:30'");
        assertEquals(List.of(), f.at("2027-02-11T01:30:00Z"), "the node was away from six to half past eight");
        assertEquals(List.of(), f.at("2027-02-11T23:00:01Z"), "six in the evening, and quiet");
        assertEquals(List.of("+15145550142 Ce soir"), f.at("2027-02-11T23:30:01Z"));
    }

    @Test @DisplayName("P-11: a period that lies within the quiet hours is held, and says so")
    void isHeldWhereNoHourIsLeft() {
        f.on(f.draft(READY, EVENINGS, "Ce soir"));
        ready(f.customer("Sophie", "+15145550142"), "R1", "2027-02-10T14:00:00Z");
        shop.run("update location set quiet_from = '17:00', quiet_to = '21:00'");
        f.at("2027-02-10T14:10:00Z");
        assertEquals(List.of(), f.at("2027-02-10T23:00:00Z"));
        assertEquals(List.of("HELD NO_OPENING"), shop.plans());
    }

    @Test @DisplayName("P-06: a shop that is closed for more than two weeks holds what was found, in sight, and says it once it opens")
    void isHeldWhileTheShopIsClosed() {
        f.on(f.draft(READY_AT_ALL, REAL_TIME, "Pret"));
        ready(f.customer("Sophie", "+15145550142"), "R1", "2027-02-10T14:00:00Z");
        shop.run("update location set holidays = '[{\"date\":\"2027-02-10\"}]', opening_hours = '{}'");
        f.at("2027-02-10T14:10:00Z");
        assertEquals(List.of("HELD NO_OPENING"), shop.plans());
        assertEquals(List.of("DONE 1 1 0 0 0 0 0"), f.history());
        f.at("2027-02-12T14:10:00Z");
        assertEquals(List.of("HELD NO_OPENING"), shop.plans(), "two days later, in sight");
        shop.run("update location set holidays = '[]', opening_hours = '{\"MON\":[[\"08:00\",\"17:00\"]]}'");
        shop.step.recheckHeld();
        assertEquals(List.of("PLANNED OUTSIDE_HOURS"), shop.plans());
        assertEquals(List.of("2027-02-16T13:00:00Z"), expiries(), "a day from the opening");
        assertEquals(List.of("+15145550142 Pret"), f.at("2027-02-15T13:00:01Z"));
    }

    @Test @DisplayName("A-22: what waits is asked about again by all rules, of its own object and of others; each of a customer's objects for itself")
    void asksAgainAboutEachObject() {
        Audience other = all(rule("appointment.time_relative", Operator.LESS_THAN, new MinutesAgo(130)), rule("appointment.time_relative", Operator.MORE_THAN, new MinutesAgo(120)),
            rule("repair_order_opened.status", Operator.IS, new Text("READY")));
        f.on(f.draft(other, REAL_TIME, "Autre"));
        long customer = f.customer("Sophie", "+15145550142");
        ready(customer, "R1", "2027-02-10T14:00:00Z");
        long order = shop.id("select max(id) from work_order");
        f.appointment(customer, "2027-02-10T20:30:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.at("2027-02-10T22:35:00Z");
        assertEquals(List.of("PLANNED"), shop.plans());
        shop.run("update work_order set status = 'NEW', status_group = 'OPEN' where id = " + order);
        f.at("2027-02-10T22:40:00Z");
        assertEquals(List.of("CANCELLED NO_LONGER_MEANT"), shop.plans(), "the message is about an appointment, and its rules ask for an order that is ready");
        Audience same = all(rule("repair_order_opened.status", Operator.IS, new Text("READY")), rule("repair_order_opened.happened_at", Operator.LESS_OR_EQUAL, new MinutesAgo(600)));
        f.on(f.draft(same, REAL_TIME, "Meme {order.reference}"));
        ready(customer, "R2", "2027-02-10T22:00:00Z");
        ready(customer, "R3", "2027-02-10T22:00:00Z");
        f.at("2027-02-10T22:45:00Z");
        shop.run("update work_order set status = 'NEW', status_group = 'OPEN' where reference = 'R2'");
        f.at("2027-02-10T22:50:00Z");
        assertTrue(f.at("2027-02-11T13:00:01Z").contains("+15145550142 Meme R3"));
        assertEquals(List.of("CANCELLED NO_LONGER_MEANT", "RELEASED", "RELEASED"), shop.plans().stream().sorted().toList(), "the first one has an order that is ready again");
    }

    @Test @DisplayName("P-07: what fails, was missed or is not looked for is counted for the operator until a look was made")
    void saysHowTheLooksAreDoing() {
        assertEquals(new AudienceRuns.Standing(0, 0, 0, null), f.runs.standing());
        long daily = f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci")).id();
        shop.frozen = Instant.parse("2027-02-10T16:10:00Z");
        assertEquals(0, f.runs.standing().late(), "ten minutes are no alarm");
        shop.frozen = Instant.parse("2027-02-10T16:16:00Z");
        assertEquals(1, f.runs.standing().late(), "nobody asked for it");
        f.runs.request();
        assertEquals(0, f.runs.standing().late());
        shop.frozen = Instant.parse("2027-02-10T16:40:00Z");
        assertEquals(1, f.runs.standing().late(), "nobody made it");
        for (int i = 0; i < 3; i++) {
            f.runs.fail(f.runs.open().isEmpty() ? shop.id("select max(id) from audience_run") : f.runs.open().get(0), new IllegalStateException());
        }
        assertEquals(1, f.runs.standing().failed());
        f.look("2027-02-10T16:50:00Z");
        assertEquals(0, f.runs.standing().failed() + f.runs.standing().late());
        assertEquals(Instant.parse("2027-02-10T16:50:00Z"), f.runs.standing().last());
        shop.run("update audience_run set state = 'MISSED', asked_at = null where automation_id = " + daily);
        assertEquals(1, f.runs.standing().missed());
        f.look("2027-02-11T16:00:00Z");
        assertEquals(0, f.runs.standing().missed(), "made up for");
    }

    @Test @DisplayName("Looks of real time are forgotten after a while, those that planned something later, the newest never")
    void forgetsOldLooks() {
        f.on(f.draft(READY, REAL_TIME, "Pret"));
        f.look("2027-02-10T14:00:00Z");
        ready(f.customer("Sophie", "+15145550142"), "R1", "2027-02-10T14:00:00Z");
        f.look("2027-02-10T14:05:00Z");
        f.look("2027-02-10T14:10:00Z");
        assertEquals(List.of("DONE 0 0 0 0 0 0 0", "DONE 1 1 0 0 0 0 0", "DONE 1 0 1 0 0 0 0"), f.history());
        shop.run("update automation set state = 'PAUSED'");
        f.look("2027-02-13T14:10:00Z");
        assertEquals(List.of("DONE 1 1 0 0 0 0 0", "DONE 1 0 1 0 0 0 0"), f.history());
        f.look("2029-02-13T14:10:00Z");
        assertEquals(List.of("DONE 1 0 1 0 0 0 0"), f.history());
    }
}
