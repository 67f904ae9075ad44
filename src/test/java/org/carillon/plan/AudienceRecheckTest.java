package org.carillon.plan;

import static org.carillon.plan.Finder.all;
import static org.carillon.plan.Finder.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.carillon.audience.Audience;
import org.carillon.audience.Comparison;
import org.carillon.audience.Operator;
import org.carillon.audience.Value;
import org.carillon.audience.Value.Amount;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.InDays;
import org.carillon.audience.Value.MinutesAgo;
import org.carillon.audience.Value.Text;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.Kind;
import org.carillon.automation.Period;
import org.carillon.automation.Schedule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A-22, P-03: what waits is asked about again when it leaves, as of the moment that found it, by the facts of today")
class AudienceRecheckTest {

    private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);
    private static final Schedule AT_11 = new Schedule.Daily(LocalTime.of(11, 0), DAILY);
    private static final Schedule OPEN = new Schedule.RealTime(Period.ofOpeningHours());
    private static final Schedule NINE_TO_SEVEN = new Schedule.RealTime(new Period(false, LocalTime.of(9, 0), LocalTime.of(19, 0), DAILY));
    private static final Audience TOMORROW = all(rule("appointment.date", Operator.IN, new InDays(1)), rule("appointment.status", Operator.IS_NOT, new Text("Canceled")));
    private static final Comparison UNDER_130 = rule("appointment.time_relative", Operator.LESS_THAN, new MinutesAgo(130));
    private static final Comparison OVER_120 = rule("appointment.time_relative", Operator.MORE_THAN, new MinutesAgo(120));

    private final Finder f = new Finder();
    private final Shop shop = f.shop;

    @BeforeEach void wednesdayMorning() { shop.frozen = Instant.parse("2027-02-10T13:30:00Z"); }

    /** KI-R08, found at five past midnight for nine in the morning: it speaks of Thursday at ten. */
    private long remindedOfThursday() {
        AudienceDraft d = f.draft(TOMORROW, NINE_TO_SEVEN, "Demain {appointment.start_at_time}");
        f.on(new AudienceDraft(null, null, d.name(), Kind.APPOINTMENT, TOMORROW, NINE_TO_SEVEN, false, d.locations(), d.channels(), false, d.translations(), true));
        long appointment = f.appointment(f.customer("Sophie", "+15145550142"), "2027-02-12T15:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        assertEquals(List.of(), f.at("2027-02-11T05:05:00Z"));
        assertEquals(List.of("PLANNED"), shop.plans());
        return appointment;
    }

    private void moves(long appointment, String local, String at) { shop.run("update appointment set start_local = '" + local + "', start_at = '" + at + "' where id = " + appointment); }

    @Test @DisplayName("KI-R08, B-01: an appointment that moves within its day while its reminder waits is reminded of once, with its new hour")
    void followsAMove() {
        moves(remindedOfThursday(), "2027-02-12T15:00", "2027-02-12T20:00:00Z");
        f.at("2027-02-11T05:10:00Z");
        assertEquals(List.of("+15145550142 Demain 15 h 00"), f.at("2027-02-11T14:00:00Z"));
        assertEquals(1, f.at("2027-02-11T14:05:00Z").size());
        assertEquals(List.of("RELEASED"), shop.plans());
    }

    @Test @DisplayName("KI-R08, P-03: one that moves to another week in the last moment before its reminder leaves is not spoken of as tomorrow's")
    void callsOffWhatMovedAway() {
        long appointment = remindedOfThursday();
        f.at("2027-02-11T13:55:00Z");
        moves(appointment, "2027-02-18T10:00", "2027-02-18T15:00:00Z");
        shop.frozen = Instant.parse("2027-02-11T14:00:00Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("CANCELLED SUPERSEDED"), shop.plans());
        assertEquals(List.of("+15145550142 Demain 10 h 00"), f.at("2027-02-17T14:00:00Z"), "the day before its new day");
    }

    @Test @DisplayName("A-22, B-01: one that is cancelled and booked again before its reminder leaves is reminded of; cancelled a minute before, it is not")
    void comesBack() {
        long appointment = remindedOfThursday();
        shop.run("update appointment set status = 'CANCELLED'");
        f.at("2027-02-11T06:00:00Z");
        assertEquals(List.of("CANCELLED NO_LONGER_MEANT"), shop.plans());
        shop.run("update appointment set status = 'BOOKED'");
        f.at("2027-02-11T07:00:00Z");
        assertEquals(List.of("PLANNED"), shop.plans());
        long other = f.appointment(f.customer("Luc", "+15145550143"), "2027-02-12T16:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.at("2027-02-11T13:55:00Z");
        shop.run("update appointment set status = 'CANCELLED' where id = " + other);
        shop.frozen = Instant.parse("2027-02-11T14:00:00Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("+15145550142 Demain 10 h 00"), shop.texts());
        assertEquals(List.of("CANCELLED NO_LONGER_MEANT", "RELEASED"), shop.plans().stream().sorted().toList());
        moves(appointment, "2027-02-12T11:00", "2027-02-12T16:00:00Z");
        assertEquals(2, f.at("2027-02-11T15:00:00Z").size(), "moved after it was told, it is told again");
    }

    @Test @DisplayName("KI-R09, A-22: found in the evening and due in the morning, who did come after all is not told that they were missed; the others of that evening are")
    void asksGroupsWithTimes() {
        Audience missed = Audience.of(List.of(List.of(UNDER_130), List.of(OVER_120), List.of(rule("repair_order_opened.last_time", Operator.MORE_THAN, new DaysAgo(1)),
            rule("repair_order_opened.times", Operator.EQUAL, new Amount(java.math.BigDecimal.ZERO)))));
        f.on(f.draft(missed, OPEN, "Une autre date"));
        List<Long> customers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            customers.add(f.customer("Client " + i, "+1514555014" + i));
            f.appointment(customers.get(i), "2027-02-10T20:" + (30 + 5 * i) + ":00Z", "2027-02-01T12:00:00Z", "BOOKED");
            f.at("2027-02-10T22:" + (31 + 5 * i) + ":00Z");
        }
        assertEquals(List.of("PLANNED", "PLANNED", "PLANNED", "PLANNED"), shop.plans(), "each found by a look of its own");
        shop.run("update work_order set opened_at = '2027-02-10T22:00:00Z' where id = " + shop.order(customers.get(2)));
        shop.run("update work_order set opened_at = '2026-02-10T22:00:00Z' where id = " + shop.order(customers.get(3)));
        shop.frozen = Instant.parse("2027-02-11T13:00:01Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("+15145550140 Une autre date", "+15145550141 Une autre date", "+15145550143 Une autre date"), shop.texts().stream().sorted().toList());
        assertEquals(1, shop.plans().stream().filter("CANCELLED NO_LONGER_MEANT"::equals).count());
    }

    @Test @DisplayName("KI-R11, A-22: a daily look whose finds wait for another hour invites nobody who has booked meanwhile; whose order was followed by another one is still meant")
    void asksAgainOfDailyLooks() {
        Audience unbooked = all(rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(1)), rule("appointment.next_one", Operator.DOES_NOT_EXIST, Value.NONE));
        f.on(f.draft(unbooked, AT_11, "Prenez rendez-vous"));
        long booked = f.customer("Sophie", "+15145550142");
        long again = f.customer("Luc", "+15145550143");
        f.closed(booked, "2027-02-09T20:00:00Z");
        f.closed(again, "2027-02-09T20:00:00Z");
        shop.run("update location set quiet_from = '10:00', quiet_to = '08:00'");
        assertEquals(List.of(), f.at("2027-02-10T16:00:00Z"));
        f.appointment(booked, "2027-02-20T15:00:00Z", "2027-02-10T19:00:00Z", "BOOKED");
        f.closed(again, "2027-02-09T22:00:00Z");
        shop.frozen = Instant.parse("2027-02-11T13:00:00Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("+15145550143 Prenez rendez-vous"), shop.texts());
        assertEquals(List.of("CANCELLED NO_LONGER_MEANT", "RELEASED"), shop.plans().stream().sorted().toList());
    }

    @Test @DisplayName("A-17, B-01: a message about an order that was given to somebody else while it waited goes to that person")
    void followsTheOrder() {
        f.on(f.draft(all(rule("repair_order_opened.status", Operator.IS, new Text("READY"))), OPEN, "Pret {customer.name}"));
        long order = shop.order(f.customer("Sophie", "+15145550142"));
        shop.run("update work_order set status = 'READY', status_group = 'READY', status_day = '2027-02-10'");
        f.at("2027-02-11T02:00:00Z");
        shop.run("update work_order set customer_id = " + f.customer("Luc", "+15145550143") + " where id = " + order);
        f.at("2027-02-11T02:05:00Z");
        assertEquals(List.of("+15145550143 Pret Luc"), f.at("2027-02-11T13:00:01Z"));
    }
}
