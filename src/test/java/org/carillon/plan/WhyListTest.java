package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.audience.Operator;
import org.carillon.audience.Value;
import org.carillon.automation.Period;
import org.carillon.automation.Schedule;
import org.carillon.fact.EventType;
import org.carillon.report.Why;
import org.carillon.report.WhyList;
import org.carillon.report.WhyList.Subject;
import org.carillon.shop.Scope;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The facts behind "why (not)", on a real database. */
class WhyListTest {

    private final Shop shop = new Shop();
    private final WhyList list = new WhyList(shop.jdbi);

    private List<String> whys(long order) {
        Subject subject = list.order(Scope.everything(), order).orElseThrow();
        return list.ofOrder(subject).stream().map(row -> Why.of(row, subject, shop.clock.now())).map(why -> why.look() + " " + why.key() + " " + why.reason() + " " + why.warning()).toList();
    }

    @Test @DisplayName("B-03: of each notification of the order's location what became of it, or why it was never called for; nothing of another location")
    void explainsEveryNotificationOfTheLocation() {
        shop.at("2027-03-01T15:00:00Z");
        shop.run("insert into location_status select " + shop.location + ", id from order_status on conflict do nothing");
        shop.automation("ORDER_CREATED", null, "Bienvenue", "");
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Prêt", "");
        shop.reminder(1, "DAYS", "Demain", "");
        long refused = shop.order(shop.customer("Sophie", "fr", false, "+15145550142"));
        shop.record(refused, EventType.ORDER_CREATED, "NEW", Map.of("status", "NEW"), false);
        shop.releaser.releaseDue();
        assertEquals(List.of("SKIPPED REASON NO_CONSENT NONE", "SKIPPED NEVER_REACHED null NO_CONSENT", "SKIPPED NO_DUE_DATE null NO_CONSENT"), whys(refused));

        long sent = shop.order(shop.customer("Luc", "fr", true, "+15145550143"));
        shop.record(sent, EventType.ORDER_CREATED, "NEW", Map.of("status", "NEW"), false);
        shop.releaser.releaseDue();
        shop.due(sent, "2027-03-04T15:00");
        assertEquals(List.of("PLANNED ON_ITS_WAY null NONE", "SKIPPED NEVER_REACHED null NONE", "PLANNED PLANNED null NONE"), whys(sent));
        shop.automation("ORDER_CREATED", null, "Plus tard", "");
        assertTrue(whys(sent).contains("SKIPPED NOT_THERE_THEN null NONE"), whys(sent).toString());
        shop.run("update automation set state = 'PAUSED' where event_type = 'ORDER_STATUS_CHANGED'");
        assertTrue(whys(sent).contains("SKIPPED SWITCHED_OFF null NONE"), whys(sent).toString());
        shop.run("delete from automation_location where automation_id in (select id from automation where trigger_kind = 'AROUND_DATE')");
        assertEquals(3, whys(sent).size());
        assertTrue(list.order(Scope.of(Set.of(-1L)), sent).isEmpty(), "somebody else's");
    }

    @Test @DisplayName("B-03, law 5: of each automation whose messages are about appointments what became of it, or that its rules do not mean this one; nothing about orders, nothing of another location")
    void explainsAnAppointment() {
        Finder f = new Finder();
        WhyList whys = new WhyList(f.shop.jdbi);
        f.shop.frozen = Instant.parse("2027-02-10T15:00:00Z");
        Schedule always = new Schedule.RealTime(Period.ofOpeningHours());
        f.on(f.draft(Finder.all(Finder.rule("appointment.date", Operator.IN, new Value.InDays(1))), always, "Demain {appointment.start_at_time}"));
        f.on(f.draft(Finder.all(Finder.rule("appointment.date", Operator.IN, new Value.InDays(5)), Finder.rule("repair_order_opened.times", Operator.EQUAL, new Value.Amount(BigDecimal.ZERO))), always, "Bientot"));
        f.on(f.draft(Finder.all(Finder.rule("repair_order_closed.last_time", Operator.EXACTLY, new Value.DaysAgo(1)), Finder.rule("appointment.next_one", Operator.DOES_NOT_EXIST, Value.NONE)), always, "Merci"));
        f.desk.save(Scope.everything(), f.draft(Finder.all(Finder.rule("appointment.date", Operator.IN, new Value.InDays(2))), always, "Esquisse"), Finder.EVE);
        long tomorrow = f.appointment(f.customer("Sophie", "+15145550142"), "2027-02-11T15:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        long mute = f.appointment(f.shop.customer("Luc", "fr", false, "+15145550143"), "2027-02-11T15:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        f.at("2027-02-10T15:05:00Z");
        assertEquals(List.of("PLANNED ON_ITS_WAY null NONE", "SKIPPED NOT_MEANT null NONE"), ofAppointment(f, whys, tomorrow));
        assertEquals(List.of("SKIPPED REASON NO_CONSENT NONE", "SKIPPED NOT_MEANT null NO_CONSENT"), ofAppointment(f, whys, mute));
        f.shop.run("update automation set state = 'PAUSED' where trigger_kind = 'REAL_TIME' and state = 'ACTIVE'");
        assertTrue(ofAppointment(f, whys, mute).contains("SKIPPED SWITCHED_OFF null NONE"), () -> ofAppointment(f, whys, mute).toString());
        f.shop.run("delete from automation_location");
        assertEquals(1, ofAppointment(f, whys, tomorrow).size(), "what was said of it stays");
        assertTrue(whys.appointment(Scope.of(Set.of(-1L)), tomorrow).isEmpty(), "somebody else's");
    }

    private static List<String> ofAppointment(Finder f, WhyList list, long id) {
        Subject subject = list.appointment(Scope.everything(), id).orElseThrow();
        return list.ofAppointment(subject).stream().map(row -> Why.of(row, subject, f.shop.clock.now())).map(why -> why.look() + " " + why.key() + " " + why.reason() + " " + why.warning()).toList();
    }
}
