package org.carillon.plan;

import static org.carillon.plan.Finder.all;
import static org.carillon.plan.Finder.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carillon.audience.Audience;
import org.carillon.audience.Operator;
import org.carillon.audience.Value;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.MinutesAgo;
import org.carillon.audience.Value.Text;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.Kind;
import org.carillon.automation.LookFailure;
import org.carillon.automation.Period;
import org.carillon.automation.Schedule;
import org.carillon.fact.Channel;
import org.carillon.shop.Scope;
import org.carillon.template.Translation;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Runs of audiences: who is found is planned once, and what is planned goes the way of all messages")
class AudienceRunTest {

    private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);
    private static final Schedule AT_11 = new Schedule.Daily(LocalTime.of(11, 0), DAILY);
    private static final Schedule MONDAYS = new Schedule.Weekly(DayOfWeek.MONDAY, LocalTime.of(9, 0));
    private static final Schedule REAL_TIME = new Schedule.RealTime(Period.ofOpeningHours());
    private static final Audience CLOSED_YESTERDAY = all(rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(1)));
    private static final Audience TWO_HOURS_AGO = all(rule("appointment.time_relative", Operator.LESS_THAN, new MinutesAgo(130)), rule("appointment.time_relative", Operator.MORE_THAN, new MinutesAgo(120)));
    private static final Audience READY = all(rule("repair_order_opened.status", Operator.IS, new Text("READY")), rule("work_order.last_time", Operator.EXACTLY, new DaysAgo(0)));

    private final Finder f = new Finder();
    private final Shop shop = f.shop;

    @BeforeEach void wednesdayMorning() { shop.frozen = Instant.parse("2027-02-10T13:30:00Z"); }

    private static AudienceDraft with(AudienceDraft d, boolean marketing, Kind kind, boolean drop) {
        return new AudienceDraft(d.id(), d.version(), d.name(), kind, d.audience(), d.schedule(), d.everywhere(), d.locations(), d.channels(), marketing, d.translations(), drop);
    }

    @Test @DisplayName("KI-42, P-07: daily at its local time, N days after; a look that nobody made is in the history")
    void looksDaily() {
        f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci de votre visite"));
        f.closed(f.customer("Sophie", "+15145550142"), "2027-02-09T20:00:00Z");
        assertEquals(List.of(), f.at("2027-02-10T15:59:59Z"));
        assertEquals(List.of("+15145550142 Merci de votre visite"), f.at("2027-02-10T16:00:00Z"));
        assertEquals(1, f.at("2027-02-10T16:05:00Z").size());
        f.closed(f.customer("Luc", "+15145550143"), "2027-02-10T20:00:00Z");
        assertEquals(1, f.at("2027-02-12T06:00:00Z").size(), "the node was away the whole Thursday");
        assertEquals(List.of("DONE 1 1 0 0 0 0 0", "MISSED 0 0 0 0 0 0 0"), f.history());
    }

    @Test @DisplayName("P-07: an audience that looks at nothing leaves a row of each look all the same, with who was considered")
    void showsThatItLooked() {
        f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci"));
        f.customer("Sophie", "+15145550142");
        f.at("2027-02-10T16:00:00Z");
        f.at("2027-02-11T16:00:00Z");
        assertEquals(List.of("DONE 0 0 0 0 0 0 0", "DONE 0 0 0 0 0 0 0"), f.history());
        assertEquals(1, shop.id("select max(considered) from audience_run"));
    }

    @Test @DisplayName("A-19: a weekly look that was missed is caught up once, as of its own day")
    void catchesUpTheWeek() {
        Audience week = all(rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(3)));
        f.on(f.draft(week, MONDAYS, "Trois jours"));
        f.closed(f.customer("Vendredi", "+15145550142"), "2027-02-12T20:00:00Z");
        f.closed(f.customer("Dimanche", "+15145550143"), "2027-02-14T20:00:00Z");
        assertEquals(List.of("+15145550142 Trois jours"), f.at("2027-02-17T18:00:00Z"), "back on Wednesday: Friday's, three days before Monday");
        assertEquals(1, f.at("2027-02-17T18:10:00Z").size());
        assertEquals(List.of("DONE 1 1 0 0 0 0 0"), f.history());
    }

    @Test @DisplayName("A-16: real time finds the same object at each look of the day, and says it once; a second order is told too")
    void saysOnceOfAnObject() {
        f.on(f.draft(READY, REAL_TIME, "Pret {order.reference}"));
        long customer = f.customer("Sophie", "+15145550142");
        ready(customer, "R1", "2027-02-10T14:00:00Z");
        assertEquals(1, f.at("2027-02-10T14:10:00Z").size());
        assertEquals(1, f.at("2027-02-10T14:15:00Z").size());
        ready(customer, "R2", "2027-02-10T14:16:00Z");
        assertEquals(List.of("+15145550142 Pret R1", "+15145550142 Pret R2"), f.at("2027-02-10T14:20:00Z"));
        assertEquals(List.of("DONE 1 1 0 0 0 0 0", "DONE 1 0 1 0 0 0 0", "DONE 2 1 1 0 0 0 0"), f.history());
    }

    private void ready(long customer, String reference, String at) {
        long order = shop.order(customer);
        shop.run("update work_order set reference = '" + reference + "', status = 'READY', status_group = 'READY', opened_at = '" + at + "', status_changed_at = '" + at + "', status_day = '" + at.substring(0, 10) + "', last_time = '" + at + "' where id = " + order);
    }

    @Test @DisplayName("A-16: of an offer or a survey one to a person, automation and local day, whatever the number of objects; never of a service")
    void capsOffersAndSurveys() {
        for (AudienceDraft draft : List.of(with(f.draft(READY, REAL_TIME, "Votre avis"), false, Kind.REVIEW, false), f.draft(READY, REAL_TIME, "Pret {order.reference}"))) {
            f.on(draft);
        }
        long customer = f.customer("Sophie", "+15145550142");
        ready(customer, "R1", "2027-02-10T14:00:00Z");
        ready(customer, "R2", "2027-02-10T14:01:00Z");
        f.at("2027-02-10T14:10:00Z");
        ready(customer, "R3", "2027-02-10T14:11:00Z");
        List<String> texts = f.at("2027-02-10T14:15:00Z");
        assertEquals(1, texts.stream().filter(t -> t.endsWith("Votre avis")).count());
        assertEquals(3, texts.stream().filter(t -> t.contains("Pret")).count());
        assertEquals(2, shop.plans().stream().filter("SKIPPED FREQUENCY_CAP"::equals).count());
        assertEquals("DONE 2 1 0 1 0 0 0", f.history().get(0));
        ready(customer, "R4", "2027-02-11T14:00:00Z");
        assertEquals(2, f.at("2027-02-11T14:10:00Z").stream().filter(t -> t.endsWith("Votre avis")).count(), "another day");
    }

    @Test @DisplayName("A-17: an order that leaves the status and comes back is told again on another day, not on the same one")
    void tellsAReturnAgain() {
        f.on(f.draft(READY, REAL_TIME, "Pret"));
        ready(f.customer("Sophie", "+15145550142"), "R1", "2027-02-10T14:00:00Z");
        assertEquals(1, f.at("2027-02-10T14:10:00Z").size());
        changes("status = 'NEW', status_group = 'OPEN', status_day = '2027-02-10'", "2027-02-10T15:00:00Z");
        assertEquals(1, f.at("2027-02-10T15:10:00Z").size());
        changes("status = 'READY', status_group = 'READY', status_day = '2027-02-10'", "2027-02-10T16:00:00Z");
        assertEquals(1, f.at("2027-02-10T16:10:00Z").size(), "back on the same day");
        changes("status = 'NEW', status_group = 'OPEN', status_day = '2027-02-11'", "2027-02-11T15:00:00Z");
        changes("status = 'READY', status_group = 'READY', status_day = '2027-02-12'", "2027-02-12T15:00:00Z");
        assertEquals(2, f.at("2027-02-12T15:10:00Z").size());
    }

    @Test @DisplayName("KI-R03, KI-47: an order that keeps the shop system's code while our status moves on has not left it; only that code coming back another day tells it again")
    void tellsOnceWhatNeverLeft() {
        Audience c97 = all(rule("repair_order_opened.status", Operator.IS, new Text("c97")), rule("work_order.last_time", Operator.EXACTLY, new DaysAgo(0)));
        f.on(f.draft(c97, REAL_TIME, "Votre vehicule vous attend"));
        ready(f.customer("Sophie", "+15145550142"), "R1", "2027-02-10T14:00:00Z");
        changes("status_code = 'C97', code_day = '2027-02-10'", "2027-02-10T14:00:00Z");
        assertEquals(1, f.at("2027-02-10T14:10:00Z").size());
        changes("status = 'CLOSED', status_group = 'CLOSED', status_day = '2027-02-10', closed_at = '2027-02-10T16:00:00Z'", "2027-02-10T16:00:00Z");
        assertEquals(1, f.at("2027-02-10T16:10:00Z").size(), "it was picked up");
        changes("status = 'READY', status_group = 'READY', status_day = '2027-02-11', closed_at = null", "2027-02-11T16:00:00Z");
        assertEquals(1, f.at("2027-02-11T16:10:00Z").size(), "still in C97, since Wednesday");
        changes("status_code = 'C80', code_day = '2027-02-11'", "2027-02-11T17:00:00Z");
        changes("status_code = 'C97', code_day = '2027-02-12'", "2027-02-12T15:00:00Z");
        assertEquals(2, f.at("2027-02-12T15:10:00Z").size());
    }

    private void changes(String set, String at) { shop.run("update work_order set " + set + ", status_changed_at = '" + at + "', last_time = '" + at + "'"); }

    @Test @DisplayName("A-21: who crosses the window while nobody looks is found; later than an hour it is counted and logged as too late")
    void missesNobodyBetweenTwoLooks() {
        f.on(f.draft(TWO_HOURS_AGO, REAL_TIME, "Comment allez-vous"));
        f.at("2027-02-10T14:00:00Z");
        f.appointment(f.customer("Quick", "+15145550142"), "2027-02-10T12:10:00Z", "2027-02-01T12:00:00Z", "DONE");
        f.appointment(f.customer("Late", "+15145550143"), "2027-02-10T13:30:00Z", "2027-02-01T12:00:00Z", "DONE");
        assertEquals(List.of("+15145550142 Comment allez-vous"), f.at("2027-02-10T14:55:00Z"), "its window was from 14:10 to 14:20");
        assertEquals(1, f.at("2027-02-10T18:00:00Z").size(), "its window was over at 15:40");
        assertEquals(List.of("RELEASED", "SKIPPED TOO_LATE"), shop.plans());
        assertEquals("DONE 1 0 0 0 0 0 1", f.history().get(2));
        assertEquals(1, f.at("2027-02-10T18:05:00Z").size());
    }

    @Test @DisplayName("A-22: found outside the period it waits for the opening, and is dropped where that is another day")
    void dropsPastMidnight() {
        f.on(with(f.draft(TWO_HOURS_AGO, REAL_TIME, "Aujourd hui"), false, Kind.APPOINTMENT, true));
        f.on(f.draft(TWO_HOURS_AGO, REAL_TIME, "Apres"));
        f.appointment(f.customer("Tard", "+15145550142"), "2027-02-10T20:30:00Z", "2027-02-01T12:00:00Z", "DONE");
        f.at("2027-02-10T22:30:00Z");
        f.at("2027-02-10T22:35:00Z");
        assertEquals(List.of("PLANNED", "SKIPPED TOO_LATE"), shop.plans().stream().sorted().toList(), "at 17:35, when the shop has closed");
        assertEquals(List.of("+15145550142 Apres"), f.at("2027-02-11T13:00:01Z"), "at 8 in the morning");
    }

    @Test @DisplayName("A-22: what waits for the opening is asked again: an appointment that was cancelled meanwhile is not spoken of")
    void asksAgainWhileItWaits() {
        Audience kept = all(rule("appointment.time_relative", Operator.LESS_THAN, new MinutesAgo(130)), rule("appointment.time_relative", Operator.MORE_THAN, new MinutesAgo(120)),
            rule("appointment.status", Operator.IS_NOT, new Text("Canceled")));
        f.on(f.draft(kept, REAL_TIME, "Hier"));
        long gone = f.appointment(f.customer("Parti", "+15145550142"), "2027-02-10T20:30:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.appointment(f.customer("Reste", "+15145550143"), "2027-02-10T20:30:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.at("2027-02-10T22:35:00Z");
        assertEquals(List.of("PLANNED", "PLANNED"), shop.plans());
        shop.run("update appointment set status = 'CANCELLED' where id = " + gone);
        f.at("2027-02-10T22:40:00Z");
        assertEquals(List.of("+15145550143 Hier"), f.at("2027-02-11T13:00:01Z"));
        assertEquals(List.of("CANCELLED NO_LONGER_MEANT", "RELEASED"), shop.plans().stream().sorted().toList());
    }

    @Test @DisplayName("A-22: rules that are left without the times, and are about the person alone, call nothing off")
    void asksNothingThatItCannotAnswer() {
        Audience named = all(rule("appointment.time_relative", Operator.LESS_THAN, new MinutesAgo(130)), rule("appointment.time_relative", Operator.MORE_THAN, new MinutesAgo(120)),
            rule("customer.name", Operator.CONTAINS, new Text("Reste")));
        AudienceDraft d = f.draft(named, REAL_TIME, "Hier");
        f.on(new AudienceDraft(null, null, d.name(), d.kind(), named, REAL_TIME, false, Set.of(shop.location), d.channels(), false, d.translations(), false));
        long customer = f.customer("Reste", "+15145550143");
        f.appointment(customer, "2027-02-10T20:30:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        shop.run("insert into location (code, name, zone, country, language) values ('HOME', 'Ailleurs', 'America/Toronto', 'CA', 'fr')");
        shop.run("update customer set location_id = (select id from location where code = 'HOME') where id = " + customer);
        f.at("2027-02-10T22:35:00Z");
        f.at("2027-02-10T22:40:00Z");
        assertEquals(List.of("+15145550143 Hier"), f.at("2027-02-11T13:00:01Z"), "the customer's home is elsewhere");
    }

    @Test @DisplayName("KI-44: within a period of its own, too")
    void waitsForItsOwnPeriod() {
        f.on(f.draft(READY, new Schedule.RealTime(new Period(false, LocalTime.of(18, 0), LocalTime.of(20, 0), DAILY)), "Ce soir"));
        ready(f.customer("Sophie", "+15145550142"), "R1", "2027-02-10T14:00:00Z");
        assertEquals(List.of(), f.at("2027-02-10T22:59:59Z"));
        assertEquals(1, f.at("2027-02-10T23:00:00Z").size());
    }

    @Test @DisplayName("P-26: one customer of a hundred who cannot be reached stops nobody, and another look sends nothing")
    void oneBadOfAHundred() {
        f.on(f.draft(all(rule("repair_order_closed.last_time", Operator.LESS_OR_EQUAL, new DaysAgo(4))), AT_11, "Merci {customer.name}"));
        for (int i = 0; i < 100; i++) {
            f.closed(i == 37 ? f.customer("C37", null) : f.customer("C" + i, "+1514555" + (2000 + i)), "2027-02-09T20:00:00Z");
        }
        assertEquals(99, f.at("2027-02-10T16:00:00Z").size());
        assertEquals(1, shop.plans().stream().filter("SKIPPED NO_PHONE"::equals).count());
        assertEquals(99, f.at("2027-02-11T16:00:00Z").size());
        assertEquals(List.of("DONE 100 99 0 0 0 1 0", "DONE 100 0 100 0 0 0 0"), f.history());
    }

    @Test @DisplayName("P-27: a cap of one offer a day holds across automations; the service is exempt")
    void theCapHoldsAcrossAutomations() {
        f.on(with(f.draft(CLOSED_YESTERDAY, AT_11, "Rabais A"), true, Kind.GENERAL, false));
        f.on(with(f.draft(CLOSED_YESTERDAY, AT_11, "Rabais B"), true, Kind.GENERAL, false));
        f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Facture prete"));
        f.closed(f.customer("Sophie", "+15145550142"), "2027-02-09T20:00:00Z");
        List<String> texts = f.at("2027-02-10T16:00:00Z");
        assertEquals(1, texts.stream().filter(t -> t.contains("Rabais")).count());
        assertEquals(1, texts.stream().filter(t -> t.endsWith("Facture prete")).count());
        assertEquals(1, shop.plans().stream().filter("SKIPPED FREQUENCY_CAP"::equals).count());
    }

    @Test @DisplayName("P-08: what was being committed while an audience was looked for is found by the next look; a date set to today later is, too")
    void findsWhatWasBeingCommitted() {
        f.on(f.draft(TWO_HOURS_AGO, REAL_TIME, "Deux heures"));
        long customer = f.customer("Sophie", "+15145550142");
        try (Handle slow = shop.jdbi.open()) {
            slow.begin();
            slow.execute("insert into appointment (location_id, customer_id, ref, status, start_local, start_at, booked_at, status_changed_at, created_at) values (?, ?, 'slow', 'DONE', '2027-02-10T07:01', "
                + "'2027-02-10T12:01:00Z', '2027-02-01T12:01:00Z', now(), now())", shop.location, customer);
            assertEquals(List.of(), f.at("2027-02-10T14:10:59Z"), "its window is over in a second, and it is not committed");
            slow.commit();
        }
        assertEquals(1, f.at("2027-02-10T14:15:00Z").size());
        f.on(f.draft(all(rule("appointment.date", Operator.EXACTLY, new DaysAgo(0))), REAL_TIME, "Ce jour"));
        long moved = f.appointment(f.customer("Luc", "+15145550143"), "2027-02-20T20:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.at("2027-02-10T14:20:00Z");
        shop.run("update appointment set start_at = '2027-02-10T20:00:00Z', start_local = '2027-02-10T15:00' where id = " + moved);
        assertTrue(f.at("2027-02-10T14:25:00Z").contains("+15145550143 Ce jour"));
    }

    @Test @DisplayName("P-08, KI-42: a date set to today after the morning's look is acted on the same day; what is entered after its day's last look is found by the next one, as of its day")
    void looksAgainWhileTheDayLasts() {
        f.on(f.draft(all(rule("appointment.created_at", Operator.EXACTLY, new DaysAgo(0))), AT_11, "Merci {customer.name}"));
        f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Votre visite {customer.name}"));
        assertEquals(List.of(), f.at("2027-02-10T16:00:00Z"));
        f.appointment(f.customer("Luc", "+15145550142"), "2027-02-20T20:00:00Z", "2027-02-10T16:20:00Z", "BOOKED");
        f.closed(f.customer("Tard", "+15145550143"), "2027-02-09T21:00:00Z");
        assertEquals(List.of(), f.at("2027-02-10T16:59:00Z"));
        assertEquals(List.of("+15145550142 Merci Luc", "+15145550143 Votre visite Tard"), f.at("2027-02-10T17:00:00Z").stream().sorted().toList(), "within the hour");
        assertEquals(2, f.at("2027-02-11T04:30:00Z").size(), "at half past eleven in the evening");
        f.closed(f.customer("Nuit", "+15145550144"), "2027-02-09T21:00:00Z");
        f.appointment(f.customer("Soir", "+15145550145"), "2027-02-20T20:00:00Z", "2027-02-11T04:40:00Z", "BOOKED");
        assertEquals(2, f.at("2027-02-11T05:30:00Z").size(), "the day is over");
        assertEquals(List.of("+15145550144 Votre visite Nuit", "+15145550145 Merci Soir"), f.at("2027-02-11T16:00:00Z").stream().skip(2).sorted().toList());
        assertEquals(4, f.at("2027-02-11T17:00:00Z").size());
        assertEquals(4, f.at("2027-02-12T16:00:00Z").size(), "each is told once");
        assertEquals(List.of("DONE 1 1 0 0 0 0 0", "DONE 1 1 0 0 0 0 0", "DONE 1 1 0 0 0 0 0", "DONE 1 1 0 0 0 0 0", "DONE 0 0 0 0 0 0 0", "DONE 0 0 0 0 0 0 0"), f.history());
    }

    @Test @DisplayName("P-08, A-22: what is found as of another day and says today is too late, and so is an appointment that has begun")
    void saysNothingStaleAsOfAnotherDay() {
        f.on(with(f.draft(all(rule("appointment.created_at", Operator.EXACTLY, new DaysAgo(0))), AT_11, "Aujourd hui"), false, Kind.GENERAL, true));
        f.on(f.draft(all(rule("appointment.date", Operator.IN, new Value.InDays(1))), AT_11, "Le {appointment.start_at_date}"));
        f.at("2027-02-10T16:00:00Z");
        f.appointment(f.customer("Soir", "+15145550145"), "2027-02-20T20:00:00Z", "2027-02-11T04:40:00Z", "BOOKED");
        f.appointment(f.customer("Neuf", "+15145550146"), "2027-02-11T14:00:00Z", "2027-02-01T04:40:00Z", "BOOKED");
        assertEquals(List.of(), f.at("2027-02-11T16:00:00Z"));
        assertEquals(List.of("SKIPPED TOO_LATE", "SKIPPED TOO_LATE"), shop.plans());
    }

    @Test @DisplayName("P-08: a slot is not looked at again under other rules, nor forever where that fails")
    void looksAgainUnderTheSameRulesOnly() {
        AudienceAutomation on = f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Votre visite"));
        f.at("2027-02-10T16:00:00Z");
        shop.frozen = Instant.parse("2027-02-10T17:00:00Z");
        f.runs.request();
        long run = f.runs.open().get(0);
        f.runs.fail(run, new IllegalStateException());
        assertEquals(List.of(), f.runs.open(), "not at once");
        assertEquals(LookFailure.Cause.INTERNAL, failure().cause());
        shop.run("update automation set rev = rev + 1 where id = " + on.id());
        f.closed(f.customer("Tard", "+15145550143"), "2027-02-09T21:00:00Z");
        assertEquals(List.of(), f.at("2027-02-10T18:00:00Z"));
        assertEquals(List.of(), f.at("2027-02-11T16:00:00Z"), "of the former rules nothing is asked");
    }

    @Test @DisplayName("PERF-05: an idle node asks one statement: stirring is whatever there may be to request or to make")
    void stirsWhereSomethingMayBeToDo() {
        shop.frozen = Instant.parse("2027-02-10T15:00:05Z");
        f.runs.request();
        assertFalse(f.runs.isStirring());
        AudienceAutomation on = f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci"));
        assertTrue(f.runs.isStirring(), "switched on");
        f.runs.request();
        assertFalse(f.runs.isStirring());
        shop.run("update automation set rev = rev + 1 where id = " + on.id());
        assertTrue(f.runs.isStirring(), "changed");
        f.runs.request();
        shop.frozen = Instant.parse("2027-02-10T15:00:55Z");
        assertFalse(f.runs.isStirring(), "the same minute");
        shop.frozen = Instant.parse("2027-02-10T15:01:00Z");
        assertTrue(f.runs.isStirring(), "each minute the schedules are read");
        f.runs.request();
        shop.frozen = Instant.parse("2027-02-10T15:00:30Z");
        assertTrue(f.runs.isStirring(), "the clock was set back");
        shop.frozen = Instant.parse("2027-02-10T16:00:00Z");
        assertTrue(f.runs.request());
        assertTrue(f.runs.isStirring(), "a look is asked for");
        f.runs.open().forEach(f.runs::make);
        assertFalse(f.runs.isStirring());
    }

    @Test void givesNothingTwiceWhereTwoNodesLookAtOnce() throws Exception {
        f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci {customer.name}"));
        for (int i = 0; i < 20; i++) {
            f.closed(f.customer("C" + i, "+1514555" + (2000 + i)), "2027-02-09T20:00:00Z");
        }
        shop.frozen = Instant.parse("2027-02-10T16:00:00Z");
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<Future<Object>> done = nodes.invokeAll(java.util.Collections.nCopies(4, (Callable<Object>) () -> {
                f.runs.request();
                f.runs.open().forEach(f.runs::make);
                return shop.releaser.releaseDue();
            }));
            for (Future<Object> one : done) {
                one.get();
            }
        } finally {
            nodes.shutdown();
        }
        shop.releaser.releaseDue();
        assertEquals(20, shop.texts().size());
        assertEquals(List.of("DONE 20 20 0 0 0 0 0"), f.history());
    }

    @Test void aKilledRunLeavesNothingAndIsMadeAgain() {
        f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci"));
        f.closed(f.customer("Sophie", "+15145550142"), "2027-02-09T20:00:00Z");
        shop.frozen = Instant.parse("2027-02-10T16:00:00Z");
        f.runs.request();
        long run = f.runs.open().get(0);
        try (Handle killed = shop.jdbi.open()) {
            assertThrows(IllegalStateException.class, () -> shop.jdbi.useTransaction(h -> {
                f.runs.make(run);
                assertEquals(1, h.createQuery("select count(*) from planned_notification").mapTo(Integer.class).one());
                throw new IllegalStateException("killed");
            }));
        }
        assertEquals(List.of(), shop.plans());
        assertEquals(1, f.at("2027-02-10T16:01:00Z").size());
        assertEquals(List.of("DONE 1 1 0 0 0 0 0"), f.history());
    }

    @Test @DisplayName("REL-47: what waits is called off where its automation is paused or changed, and found again by the next look")
    void followsItsAutomation() {
        AudienceAutomation a = f.on(f.draft(READY, REAL_TIME, "Pret"));
        ready(f.customer("Sophie", "+15145550142"), "R1", "2027-02-10T22:30:00Z");
        f.at("2027-02-10T22:30:00Z");
        assertEquals(List.of("PLANNED"), shop.plans(), "the shop has closed");
        a = f.desk.pause(Scope.everything(), a.id(), a.version(), Finder.EVE);
        assertEquals(List.of("CANCELLED AUTOMATION_PAUSED"), shop.plans());
        f.look("2027-02-10T22:35:00Z");
        a = f.desk.activate(Scope.everything(), a.id(), a.version(), Finder.EVE);
        f.look("2027-02-10T22:40:00Z");
        assertEquals(List.of("PLANNED"), shop.plans());
        AudienceDraft d = a.draft();
        a = f.desk.save(Scope.everything(), new AudienceDraft(d.id(), d.version(), d.name(), d.kind(), d.audience(), d.schedule(), false, d.locations(), d.channels(), false,
            Map.of("fr", Translation.of("Pret, enfin", "", "")), false), Finder.EVE);
        assertEquals(List.of("PLANNED"), shop.plans(), "other words change nothing of what is planned");
        assertEquals(a.version(), f.desk.save(Scope.everything(), a.draft(), Finder.EVE).version(), "saving what stands changes nothing at all");
        d = a.draft();
        a = f.desk.save(Scope.everything(), new AudienceDraft(d.id(), d.version(), d.name(), d.kind(), d.audience(), d.schedule(), false, d.locations(), d.channels(), false, d.translations(), true), Finder.EVE);
        assertEquals(List.of("CANCELLED AUTOMATION_CHANGED"), shop.plans());
        a = f.desk.save(Scope.everything(), new AudienceDraft(d.id(), a.version(), d.name(), d.kind(), d.audience(), d.schedule(), false, d.locations(), d.channels(), false, d.translations(), false), Finder.EVE);
        f.look("2027-02-10T22:45:00Z");
        assertEquals(List.of("+15145550142 Pret, enfin"), f.at("2027-02-11T13:00:01Z"));
        f.desk.delete(Scope.everything(), a.id(), a.version(), Finder.EVE);
        assertTrue(f.desk.find(Scope.everything(), a.id()).isEmpty());
        assertEquals(1, f.at("2027-02-11T13:05:01Z").size());
    }

    @Test @DisplayName("REL-47: what waits of a daily look stays where only the time of the next one moves; other rules call it off, and its number is known before")
    void saysWhatAChangeCallsOff() {
        f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci"));
        f.closed(f.customer("Sophie", "+15145550142"), "2027-02-09T20:00:00Z");
        shop.run("update location set quiet_from = '10:00', quiet_to = '15:00'");
        assertEquals(List.of(), f.at("2027-02-10T16:00:00Z"));
        AudienceAutomation a = f.shelf.active(shop.jdbi.open()).get(0);
        AudienceDraft d = a.draft();
        AudienceDraft later = new AudienceDraft(d.id(), d.version(), d.name(), d.kind(), d.audience(), MONDAYS, d.everywhere(), d.locations(), d.channels(), d.marketing(), d.translations(), d.dropPastMidnight());
        assertEquals(0, f.desk.callsOff(Scope.everything(), later));
        d = f.desk.save(Scope.everything(), later, Finder.EVE).draft();
        assertEquals(List.of("PLANNED OUTSIDE_HOURS"), shop.plans());
        AudienceDraft others = new AudienceDraft(d.id(), d.version(), d.name(), d.kind(), READY, d.schedule(), d.everywhere(), d.locations(), d.channels(), d.marketing(), d.translations(), d.dropPastMidnight());
        assertEquals(1, f.desk.callsOff(Scope.everything(), others));
        assertEquals(1, f.at("2027-02-10T20:00:01Z").size(), "at three, when it is quiet no more");
        assertEquals(0, f.desk.callsOff(Scope.everything(), others));
    }

    @Test void countsWhoDoesNotAgree() {
        f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci"));
        f.closed(shop.customer("Non", "fr", false, "+15145550142"), "2027-02-09T20:00:00Z");
        f.closed(f.customer("Stop", "+15145550143"), "2027-02-09T20:00:00Z");
        shop.run("insert into suppression (channel, address, reason, at, actor) values ('SMS', '+15145550143', 'OPTED_OUT', now(), 'test')");
        assertEquals(List.of(), f.at("2027-02-10T16:00:00Z"));
        assertEquals(List.of("SKIPPED NO_CONSENT", "SUPPRESSED OPTED_OUT"), shop.plans());
        assertEquals(List.of("DONE 2 0 0 0 2 0 0"), f.history());
    }

    @Test @DisplayName("A-40: an audience keeps the quiet hours: a week that is caught up at night waits for the morning")
    void keepsTheQuietHours() {
        f.on(f.draft(all(rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(3))), MONDAYS, "Trois jours"));
        f.closed(f.customer("Vendredi", "+15145550142"), "2027-02-12T20:00:00Z");
        assertEquals(List.of(), f.at("2027-02-16T08:00:00Z"), "back at three in the morning");
        assertEquals(List.of("PLANNED OUTSIDE_HOURS"), shop.plans());
        assertEquals(List.of("+15145550142 Trois jours"), f.at("2027-02-16T13:00:01Z"));
    }

    @Test @DisplayName("A-19: a schedule that is moved to a time of this week that has passed begins with the next one")
    void makesNoSlotOfTheTimeBeforeItsSchedule() {
        AudienceAutomation a = f.on(f.draft(all(rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(1))), MONDAYS, "Hier"));
        f.closed(f.customer("Sophie", "+15145550142"), "2027-02-09T20:00:00Z");
        AudienceDraft d = a.draft();
        shop.frozen = Instant.parse("2027-02-10T20:00:00Z");
        f.desk.save(Scope.everything(), new AudienceDraft(d.id(), d.version(), d.name(), d.kind(), d.audience(), new Schedule.Weekly(DayOfWeek.WEDNESDAY, LocalTime.of(9, 0)), d.everywhere(), d.locations(),
            d.channels(), d.marketing(), d.translations(), d.dropPastMidnight()), Finder.EVE);
        assertEquals(List.of(), f.at("2027-02-10T20:05:00Z"));
        assertEquals(List.of(), f.history());
    }

    private LookFailure failure() { return LookFailure.read(shop.jdbi.withHandle(h -> h.createQuery("select error from audience_run").mapTo(String.class).one())); }

    private static String said(LookFailure failure) {
        return failure.cause() + (failure.wrong() == null ? "" : " " + failure.wrong().field() + " " + failure.wrong().key() + " " + failure.wrong().arguments()) + " " + failure.at();
    }

    @Test @DisplayName("Law 5: why a look failed is kept in no language: what its rules name that is gone, that the database was away, or when the log says more; never an exception's words")
    void keepsWhyALookFailed() {
        f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci"));
        shop.frozen = Instant.parse("2027-02-10T16:00:00Z");
        f.runs.request();
        long run = f.runs.open().get(0);
        f.runs.fail(run, new RuntimeException(new java.sql.SQLException("FATAL: terminating connection", "57P01")));
        assertEquals("DATABASE 2027-02-10T16:00:00Z", said(failure()));
        f.runs.fail(run, new IllegalStateException("secret"));
        assertEquals("INTERNAL 2027-02-10T16:00:00Z", said(failure()));
        shop.run("update audience_run set error = 'NullPointerException'");
        assertEquals("INTERNAL null", said(failure()), "as it was kept before");
    }

    @Test void aRunThatFailsIsTriedAgainAndHoldsUpNoOther() {
        AudienceAutomation broken = f.on(f.draft(CLOSED_YESTERDAY, AT_11, "Merci"));
        shop.run("update automation set audience = replace(audience::text, 'repair_order_closed.last_time', 'removed.field')::jsonb where id = " + broken.id());
        shop.frozen = Instant.parse("2027-02-10T16:00:00Z");
        f.runs.request();
        long run = f.runs.open().get(0);
        assertThrows(IllegalStateException.class, () -> f.runs.make(run));
        for (int i = 0; i < 5; i++) {
            f.runs.fail(run, new IllegalStateException());
        }
        assertEquals(List.of(), f.runs.open(), "it waits for its next try");
        assertEquals("RULES groups[0][0].field audience.field [removed.field] 2027-02-10T16:00:00Z", said(failure()), "who reads the history learns which field it is");
        shop.run("update automation set audience = replace(audience::text, 'removed.field', 'repair_order_closed.last_time')::jsonb where id = " + broken.id());
        f.closed(f.customer("Sophie", "+15145550142"), "2027-02-09T20:00:00Z");
        assertEquals(List.of("+15145550142 Merci"), f.at("2027-02-10T16:31:00Z"), "half an hour later it is mended");
        assertEquals(List.of("DONE 1 1 0 0 0 0 0"), f.history());
    }

    @Test void writesOnBothChannels() {
        AudienceDraft d = f.draft(CLOSED_YESTERDAY, AT_11, "Merci");
        shop.run("update location set email_from = 'shop@example.org'");
        f.on(new AudienceDraft(null, null, "Deux", Kind.GENERAL, d.audience(), d.schedule(), true, Set.of(), Set.of(Channel.SMS, Channel.EMAIL), false,
            Map.of("fr", Translation.of("Merci", "Merci", "Merci bien")), false));
        long customer = f.customer("Sophie", "+15145550142");
        shop.run("insert into customer_email (customer_id, position, raw, address) values (" + customer + ", 0, 's@example.org', 's@example.org')");
        shop.run("update customer set email_consent = true");
        f.closed(customer, "2027-02-09T20:00:00Z");
        assertEquals(2, f.at("2027-02-10T16:00:00Z").size());
        assertEquals(List.of("DONE 1 2 0 0 0 0 0"), f.history());
    }
}
