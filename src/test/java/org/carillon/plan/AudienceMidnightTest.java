package org.carillon.plan;

import static org.carillon.plan.Finder.all;
import static org.carillon.plan.Finder.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.carillon.audience.Audience;
import org.carillon.audience.Operator;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.InDays;
import org.carillon.audience.Value.MinutesAgo;
import org.carillon.audience.Value.Text;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.Period;
import org.carillon.automation.Schedule;
import org.carillon.report.AutomationList;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A-21, P-08: real time loses nobody between its last look at a local day and midnight")
class AudienceMidnightTest {

    private static final Schedule REAL_TIME = new Schedule.RealTime(Period.ofOpeningHours());
    private static final Audience MISSED_TODAY = all(rule("appointment.time_relative", Operator.LESS_THAN, new MinutesAgo(130)), rule("appointment.time_relative", Operator.MORE_THAN, new MinutesAgo(120)),
        rule("appointment.date", Operator.EXACTLY, new DaysAgo(0)));
    private static final Audience BOOKED_TODAY = all(rule("appointment.created_at", Operator.EXACTLY, new DaysAgo(0)), rule("appointment.next", Operator.IN_MORE_THAN, new InDays(1)),
        rule("appointment.status", Operator.IS_NOT, new Text("CANCELED")));

    private final Finder f = new Finder();
    private final Shop shop = f.shop;

    @BeforeEach void wednesdayMorning() { shop.frozen = Instant.parse("2027-02-10T13:30:00Z"); }

    private long booked(String name, String at) { return f.appointment(f.customer(name, "+1514555" + (2000 + name.hashCode() % 1000 & 0xfff)), "2027-12-20T20:00:00Z", at, "BOOKED"); }

    private List<String> slots() {
        return shop.jdbi.withHandle(h -> h.createQuery("select concat_ws(' ', zone, to_char(slot at time zone 'UTC', 'MM-DD HH24:MI:SS.US'), state, planned, too_late) from audience_run where zone <> '*' order by slot, zone")
            .mapTo(String.class).list());
    }

    private static AudienceDraft dropping(AudienceDraft d) {
        return new AudienceDraft(d.id(), d.version(), d.name(), d.kind(), d.audience(), d.schedule(), d.everywhere(), d.locations(), d.channels(), d.marketing(), d.translations(), true);
    }

    private static AudienceDraft everywhere(AudienceDraft d) {
        return new AudienceDraft(d.id(), d.version(), d.name(), d.kind(), d.audience(), d.schedule(), true, Set.of(), d.channels(), d.marketing(), d.translations(), d.dropPastMidnight());
    }

    @Test @DisplayName("KI-R07: who books at 23:57 is thanked in the morning, once; who was found before midnight is not told again")
    void findsTheLastMinutesOfADay() {
        f.on(f.draft(BOOKED_TODAY, REAL_TIME, "Note {customer.name}"));
        booked("Soir", "2027-02-11T04:50:00Z");
        f.look("2027-02-11T04:55:00Z");
        booked("Minuit", "2027-02-11T04:57:00Z");
        f.look("2027-02-11T05:00:01Z");
        f.look("2027-02-11T05:05:00Z");
        assertEquals(List.of("PLANNED", "PLANNED"), shop.plans());
        assertEquals(0, new AutomationList(shop.jdbi).page(Scope.everything(), shop.frozen, null).rows().get(0).matched(), "whom it means now, not whom yesterday's end gave");
        assertEquals(List.of("Note Minuit", "Note Soir"), f.at("2027-02-11T13:00:01Z").stream().map(t -> t.substring(13)).sorted().toList());
        assertEquals(2, f.at("2027-02-12T13:05:00Z").size());
        assertEquals(List.of("America/Toronto 02-11 04:59:59.999999 DONE 1 0", "America/Toronto 02-12 04:59:59.999999 DONE 0 0"), slots());
    }

    @Test @DisplayName("A day is asked about once more when it ends, and five minutes later for what was being committed; at other minutes nothing is requested")
    void asksTwiceAtTheEnd() {
        f.on(f.draft(BOOKED_TODAY, REAL_TIME, "Note {customer.name}"));
        f.look("2027-02-11T04:55:00Z");
        assertEquals(List.of(), slots());
        long customer = f.customer("Lent", "+15145550142");
        try (Handle slow = shop.jdbi.open()) {
            slow.begin();
            slow.execute("insert into appointment (location_id, customer_id, ref, status, start_local, start_at, booked_at, status_changed_at, created_at) values (?, ?, 'slow', 'BOOKED', '2027-03-10T07:01', "
                + "'2027-03-10T12:01:00Z', '2027-02-11T04:59:30Z', now(), now())", shop.location, customer);
            f.look("2027-02-11T05:00:01Z");
            slow.commit();
        }
        f.look("2027-02-11T05:01:00Z");
        assertEquals(List.of(), shop.plans());
        f.look("2027-02-11T05:05:01Z");
        assertEquals(List.of("PLANNED"), shop.plans());
        assertEquals(List.of("America/Toronto 02-11 04:59:59.999999 DONE 1 0"), slots());
        booked("Trop tard", "2027-02-11T04:58:00Z");
        f.look("2027-02-11T05:10:02Z");
        f.look("2027-02-11T16:10:00Z");
        assertEquals(1, shop.plans().size(), "twice, not for ever");
    }

    @Test @DisplayName("P-07: a node that is down from 22:00 to 07:00 loses nobody; what would say \"today\" is stored as too late")
    void makesUpForANight() {
        f.on(f.draft(BOOKED_TODAY, REAL_TIME, "Note {customer.name}"));
        f.on(dropping(f.draft(BOOKED_TODAY, REAL_TIME, "Aujourd hui {customer.name}")));
        f.look("2027-02-11T03:00:00Z");
        booked("Soir", "2027-02-11T04:30:00Z");
        booked("Nuit", "2027-02-11T09:00:00Z");
        f.look("2027-02-11T12:00:00Z");
        assertEquals(List.of("PLANNED", "PLANNED", "PLANNED", "SKIPPED TOO_LATE"), shop.plans().stream().sorted().toList());
        assertEquals(List.of("Aujourd hui Nuit", "Note Nuit", "Note Soir"), f.at("2027-02-11T13:00:01Z").stream().map(t -> t.substring(13)).sorted().toList());
    }

    @Test @DisplayName("P-07: after an outage of days each of them is made up for as of its own end, up to a week; an appointment that has begun is too late")
    void makesUpForDays() {
        f.on(f.draft(all(rule("appointment.created_at", Operator.EXACTLY, new DaysAgo(0))), REAL_TIME, "Note {customer.name}"));
        f.look("2027-02-11T03:00:00Z");
        booked("Mercredi", "2027-02-11T04:30:00Z");
        booked("Jeudi", "2027-02-11T20:00:00Z");
        f.appointment(f.customer("Commence", "+15145550199"), "2027-02-13T20:00:00Z", "2027-02-12T20:00:00Z", "BOOKED");
        f.look("2027-02-14T12:00:00Z");
        assertEquals(List.of("America/Toronto 02-11 04:59:59.999999 DONE 1 0", "America/Toronto 02-12 04:59:59.999999 DONE 1 0", "America/Toronto 02-13 04:59:59.999999 DONE 0 1",
            "America/Toronto 02-14 04:59:59.999999 DONE 0 0"), slots());
        f.look("2027-02-28T12:00:00Z");
        assertEquals(11, slots().size(), "the last seven of fourteen");
    }

    @Test @DisplayName("A location's own midnight counts: Paris, Montreal and Vancouver each at another hour")
    void followsEachZone() {
        shop.run("insert into location (code, name, zone, country, language, opening_hours) select 'PAR', 'Paris', 'Europe/Paris', 'FR', 'fr', opening_hours from location where id = " + shop.location);
        shop.run("insert into location (code, name, zone, country, language, opening_hours) select 'VAN', 'Vancouver', 'America/Vancouver', 'CA', 'fr', opening_hours from location where id = " + shop.location);
        f.on(everywhere(f.draft(BOOKED_TODAY, REAL_TIME, "Note {customer.name}")));
        f.look("2027-02-17T22:55:00Z");
        at("PAR", booked("Paris", "2027-02-17T22:57:00Z"));
        f.look("2027-02-17T23:00:01Z");
        f.look("2027-02-18T04:55:00Z");
        booked("Montreal", "2027-02-18T04:57:00Z");
        f.look("2027-02-18T05:00:01Z");
        f.look("2027-02-18T07:55:00Z");
        at("VAN", booked("Vancouver", "2027-02-18T07:57:00Z"));
        f.look("2027-02-18T08:00:01Z");
        assertEquals(List.of("Europe/Paris 02-17 22:59:59.999999 DONE 1 0", "America/Toronto 02-18 04:59:59.999999 DONE 1 0", "America/Vancouver 02-18 07:59:59.999999 DONE 1 0"),
            slots().stream().filter(s -> s.endsWith("DONE 1 0")).toList());
        assertEquals(3, shop.plans().size());
    }

    private void at(String location, long appointment) { shop.run("update appointment set location_id = (select id from location where code = '" + location + "') where id = " + appointment); }

    @ParameterizedTest(name = "last look {0}, booked {1}, next look {2}: asked as of {3}")
    @DisplayName("REL-41: on days whose clock changes the day ends where the next begins")
    @CsvSource({
        "2027-03-14T04:55:00Z, 2027-03-14T04:57:00Z, 2027-03-14T05:00:01Z, 03-14 04:59:59.999999",
        "2027-03-15T03:55:00Z, 2027-03-15T03:57:00Z, 2027-03-15T04:00:01Z, 03-15 03:59:59.999999",
        "2027-11-07T03:55:00Z, 2027-11-07T03:57:00Z, 2027-11-07T04:00:01Z, 11-07 03:59:59.999999",
        "2027-11-08T04:55:00Z, 2027-11-08T04:57:00Z, 2027-11-08T05:00:01Z, 11-08 04:59:59.999999"})
    void endsDaysOfAnotherLength(String last, String at, String next, String slot) {
        shop.frozen = Instant.parse(last).minusSeconds(3600);
        f.on(f.draft(BOOKED_TODAY, REAL_TIME, "Note {customer.name}"));
        f.look(last);
        booked("Minuit", at);
        f.look(next);
        assertEquals(List.of("America/Toronto " + slot + " DONE 1 0"), slots());
    }

    @Test @DisplayName("A-21: a rule of days beside one of minutes: whose minutes passed before midnight is found with the day they passed in")
    void asksMinutesOfTheDay() {
        f.on(f.draft(MISSED_TODAY, REAL_TIME, "Manque {customer.name}"));
        f.look("2027-02-11T04:55:00Z");
        f.appointment(f.customer("Minuit", "+15145550142"), "2027-02-11T02:49:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.appointment(f.customer("Apres", "+15145550143"), "2027-02-11T03:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.look("2027-02-11T05:00:01Z");
        assertEquals(List.of("PLANNED"), shop.plans(), "the other's minutes have passed when the day has, too");
        assertEquals(1, f.at("2027-02-11T13:00:01Z").size());
    }

    @Test @DisplayName("A-21: minutes that passed more than an hour ago are too late at the end of a day as well")
    void minutesOfANightAreTooLate() {
        f.on(f.draft(MISSED_TODAY, REAL_TIME, "Manque {customer.name}"));
        f.look("2027-02-11T03:00:00Z");
        f.appointment(f.customer("Minuit", "+15145550142"), "2027-02-11T02:30:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.look("2027-02-11T12:00:00Z");
        assertEquals(List.of("SKIPPED TOO_LATE"), shop.plans());
    }

    @Test @DisplayName("P-08: never under rules that were changed since, nor of a day before it was switched on, nor where no rule counts days")
    void asksOfItsOwnDaysOnly() {
        f.on(f.draft(all(rule("appointment.status", Operator.IS, new Text("NOSHOW"))), REAL_TIME, "Sans jour"));
        AudienceAutomation on = f.on(f.draft(BOOKED_TODAY, REAL_TIME, "Note {customer.name}"));
        booked("Hier", "2027-02-10T04:57:00Z");
        f.look("2027-02-10T13:35:00Z");
        assertEquals(List.of(), slots());
        f.look("2027-02-11T04:55:00Z");
        booked("Minuit", "2027-02-11T04:57:00Z");
        shop.frozen = Instant.parse("2027-02-11T05:00:00.5Z");
        AudienceDraft d = on.draft();
        f.desk.save(Scope.everything(), new AudienceDraft(d.id(), on.version(), "Autre", d.kind(), all(rule("appointment.created_at", Operator.EXACTLY, new DaysAgo(0))), d.schedule(), d.everywhere(),
            d.locations(), d.channels(), d.marketing(), d.translations(), false), Finder.EVE);
        f.look("2027-02-11T05:00:01Z");
        assertEquals(List.of(), shop.plans());
        assertEquals(List.of("America/Toronto 02-11 04:59:59.999999 DROPPED 0 0"), slots());
    }

    @Test @DisplayName("REL-29: after a restore what a night gave waits for a person")
    void waitsForAPersonAfterARestore() {
        f.on(f.draft(BOOKED_TODAY, REAL_TIME, "Note {customer.name}"));
        f.look("2027-02-11T03:00:00Z");
        booked("Soir", "2027-02-11T04:30:00Z");
        shop.frozen = Instant.parse("2027-02-11T12:00:00Z");
        shop.jdbi.useTransaction(h -> f.runs.setAside(h, shop.frozen));
        f.look("2027-02-11T12:00:00Z");
        assertEquals(List.of("HELD BACKLOG"), shop.plans());
    }
}
