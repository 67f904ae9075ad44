package org.carillon.plan;

import static org.carillon.plan.Finder.all;
import static org.carillon.plan.Finder.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.carillon.audience.Audience;
import org.carillon.audience.Operator;
import org.carillon.audience.Value.Amount;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.MinutesAgo;
import org.carillon.audience.Value.OpenDaysAgo;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.Period;
import org.carillon.automation.Schedule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The readings of the recipes, run day by day")
class AudienceRecipeRunTest {

    private static final ZoneId MONTREAL = ZoneId.of("America/Toronto");
    private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);
    private static final Schedule AT_11 = new Schedule.Daily(LocalTime.of(11, 0), DAILY);
    private static final Schedule MONDAYS = new Schedule.Weekly(DayOfWeek.MONDAY, LocalTime.of(9, 0));

    private final Finder f = new Finder();
    private final Shop shop = f.shop;

    @BeforeEach void wednesdayMorning() { shop.frozen = Instant.parse("2027-02-10T13:30:00Z"); }

    private static Audience closed(int days) { return all(rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(days))); }

    /** Looks at eleven on each day of a fortnight that begins on Monday the 15th; one customer is done at four on each day from the Thursday before. */
    private List<String> fortnight() {
        for (LocalDate day = LocalDate.parse("2027-02-11"); day.isBefore(LocalDate.parse("2027-03-01")); day = day.plusDays(1)) {
            if (!day.isBefore(LocalDate.parse("2027-02-15"))) {
                f.at(day.atTime(11, 0).atZone(MONTREAL).toInstant().toString());
            }
            f.closed(f.customer(day.toString(), "+1514555" + (2000 + day.getDayOfYear())), day.atTime(16, 0).atZone(MONTREAL).toInstant().toString());
        }
        return shop.jdbi.withHandle(h -> h.createQuery("select substr(text, 7) || ' > ' || to_char(created_at, 'DD') from message order by created_at, text").mapTo(String.class).list());
    }

    @Test @DisplayName("A-18: two automations, the day before from Tuesday to Friday and three days before on Monday, tell each weekday's closings once; the week-end's are what they miss")
    void asksByTwoMasks() {
        f.on(f.draft(closed(1), new Schedule.Daily(LocalTime.of(11, 0), EnumSet.range(DayOfWeek.TUESDAY, DayOfWeek.FRIDAY)), "Merci {customer.name}"));
        f.on(f.draft(closed(3), new Schedule.Daily(LocalTime.of(11, 0), EnumSet.of(DayOfWeek.MONDAY)), "Merci {customer.name}"));
        assertEquals(List.of("2027-02-12 > 15", "2027-02-15 > 16", "2027-02-16 > 17", "2027-02-17 > 18", "2027-02-18 > 19", "2027-02-19 > 22", "2027-02-22 > 23", "2027-02-23 > 24", "2027-02-24 > 25",
            "2027-02-25 > 26"), fortnight());
    }

    @Test @DisplayName("A-18: one automation that asks for the open day before tells each closing once, on Monday those of Friday, Saturday and Sunday")
    void asksByOpenDays() {
        f.on(f.draft(all(rule("repair_order_closed.last_time", Operator.EXACTLY, new OpenDaysAgo(1))), AT_11, "Merci {customer.name}"));
        assertEquals(List.of("2027-02-12 > 15", "2027-02-13 > 15", "2027-02-14 > 15", "2027-02-15 > 16", "2027-02-16 > 17", "2027-02-17 > 18", "2027-02-18 > 19", "2027-02-19 > 22", "2027-02-20 > 22",
            "2027-02-21 > 22", "2027-02-22 > 23", "2027-02-23 > 24", "2027-02-24 > 25", "2027-02-25 > 26"), fortnight());
    }

    @Test @DisplayName("A-20: the literal rules of the missed appointment run as they stand: they reach only who never had an order, cancelled or not")
    void runsTheLiteralForm() {
        f.on(f.draft(Audience.of(List.of(List.of(rule("appointment.time_relative", Operator.LESS_THAN, new MinutesAgo(130))), List.of(rule("appointment.time_relative", Operator.MORE_THAN, new MinutesAgo(120))),
            List.of(rule("appointment.last_time", Operator.MORE_THAN, new DaysAgo(1)), rule("work_order.times", Operator.EQUAL, new Amount(BigDecimal.ZERO))))),
            new Schedule.RealTime(Period.ofOpeningHours()), "Une autre date {customer.name}"));
        f.appointment(f.customer("Jamais", "+15145550142"), "2027-02-10T14:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.appointment(f.customer("Annule", "+15145550143"), "2027-02-10T14:00:00Z", "2027-02-01T12:00:00Z", "CANCELLED");
        long known = f.customer("Connu", "+15145550144");
        f.closed(known, "2026-02-10T14:00:00Z");
        f.appointment(known, "2027-02-10T14:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        assertEquals(List.of("+15145550142 Une autre date Jamais", "+15145550143 Une autre date Annule"), f.at("2027-02-10T16:05:00Z").stream().sorted().toList());
    }

    @Test @DisplayName("A-53: an offer asks for consent to offers besides that to SMS, when it is found and when it leaves; a service does not")
    void offersToThoseWhoAgreed() {
        AudienceDraft d = f.draft(closed(1), AT_11, "Rabais {customer.name}");
        f.on(new AudienceDraft(null, null, d.name(), d.kind(), d.audience(), AT_11, false, d.locations(), d.channels(), true, d.translations(), false));
        f.on(f.draft(closed(1), AT_11, "Merci {customer.name}"));
        long withdraws = f.customer("Retire", "+15145550143");
        f.closed(withdraws, "2027-02-09T20:00:00Z");
        f.closed(f.customer("Oui", "+15145550144"), "2027-02-09T20:00:00Z");
        f.closed(shop.customer("Service", "fr", true, "+15145550142"), "2027-02-09T20:00:00Z");
        f.look("2027-02-10T16:00:00Z");
        shop.run("update customer set marketing_consent = false where id = " + withdraws);
        shop.releaser.releaseDue();
        assertEquals(List.of("Merci Oui", "Merci Retire", "Merci Service"), shop.texts().stream().map(t -> t.substring(13)).filter(t -> t.startsWith("Merci")).sorted().toList());
        assertEquals(1, shop.texts().stream().filter(t -> t.contains("Rabais Oui")).count());
        assertEquals(4, shop.texts().size());
        assertEquals(List.of("SKIPPED NO_CONSENT", "SKIPPED NO_CONSENT"), shop.plans().stream().filter(p -> p.startsWith("SKIPPED")).toList());
        assertEquals("DONE 3 2 0 0 1 0 0", f.history().get(0));
    }

    @Test @DisplayName("KI-R13, A-16: two vehicles delivered to one customer are one question a day; two appointments are two reminders")
    void asksOnceOfTwoVehicles() {
        f.on(f.draft(all(rule("sale.vehicle_delivery_date", Operator.LESS_OR_EQUAL, new DaysAgo(4))), AT_11, "Satisfait"));
        f.on(f.draft(all(rule("appointment.created_at", Operator.EXACTLY, new DaysAgo(1))), AT_11, "Rendez-vous"));
        long customer = f.customer("Sophie", "+15145550142");
        for (int i = 0; i < 2; i++) {
            shop.run("insert into sale (location_id, customer_id, ref, vehicle_make, vehicle_condition, delivered_on, created_at) values (" + shop.location + ", " + customer + ", 'S" + i
                + "', 'Kia', 'NEW', '2027-02-09', now())");
            f.appointment(customer, "2027-02-20T1" + i + ":00:00Z", "2027-02-09T15:00:00Z", "BOOKED");
        }
        assertEquals(List.of("+15145550142 Rendez-vous", "+15145550142 Rendez-vous", "+15145550142 Satisfait"), f.at("2027-02-10T16:00:00Z").stream().sorted().toList());
        assertEquals(3, f.at("2027-02-11T16:00:00Z").size(), "the second vehicle is the same purchase to whom was asked");
        assertEquals(1, shop.plans().stream().filter("SKIPPED FREQUENCY_CAP"::equals).count());
    }

    @Test @DisplayName("KI-R06, A-19: after an outage of weeks each missed Monday is made up for, as of its own day and up to four; missed days are in the history, up to a week")
    void makesUpForEachWeek() {
        shop.frozen = Instant.parse("2027-02-15T13:30:00Z");
        f.on(f.draft(closed(3), MONDAYS, "Lundi {customer.name}"));
        f.on(f.draft(closed(1), AT_11, "Jour {customer.name}"));
        f.at("2027-02-15T16:00:00Z");
        assertEquals(List.of("DONE 0 0 0 0 0 0 0", "DONE 0 0 0 0 0 0 0"), f.history());
        for (String friday : List.of("2027-02-19", "2027-02-26", "2027-03-05", "2027-03-12", "2027-03-19")) {
            f.closed(f.customer(friday, "+1514555" + (2000 + LocalDate.parse(friday).getDayOfYear())), friday + "T20:00:00Z");
        }
        assertEquals(List.of("Lundi 2027-02-26", "Lundi 2027-03-05", "Lundi 2027-03-12", "Lundi 2027-03-19"),
            f.at("2027-03-23T20:00:00Z").stream().map(t -> t.substring(13)).sorted().toList(), "five Mondays were missed");
        assertEquals(List.of("DONE 0", "DONE 1", "DONE 1", "DONE 1", "DONE 1"), shop.jdbi.withHandle(h -> h.createQuery("select r.state || ' ' || planned from audience_run r join automation a "
            + "on a.id = automation_id where trigger_kind = 'WEEKLY' order by slot").mapTo(String.class).list()));
        assertEquals(List.of("2027-02-15 DONE", "2027-03-17 MISSED", "2027-03-18 MISSED", "2027-03-19 MISSED", "2027-03-20 MISSED", "2027-03-21 MISSED", "2027-03-22 MISSED", "2027-03-23 DONE"),
            shop.jdbi.withHandle(h -> h.createQuery("select to_char(slot, 'YYYY-MM-DD') || ' ' || r.state from audience_run r join automation a on a.id = automation_id where trigger_kind = 'DAILY' "
                + "order by slot").mapTo(String.class).list()));
        assertEquals(4, f.at("2027-03-23T20:10:00Z").size());
    }
}
