package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.carillon.audience.Audience;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.AudienceJson;
import org.carillon.audience.Explanation;
import org.carillon.audience.Moment;
import org.carillon.automation.Period;
import org.carillon.automation.Schedule;
import org.carillon.fact.Channel;
import org.carillon.fact.EventType;
import org.carillon.shop.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("\"notify\": false and automations with an audience: what was recorded without messages is no news for 31 days, time that passes is")
class SilenceTest {

    private static final Schedule AT_11 = new Schedule.Daily(LocalTime.of(11, 0), EnumSet.allOf(DayOfWeek.class));

    /** Rules by name. Wednesday the tenth is asked about at eleven. */
    private static final Map<String, String> RULES = Map.ofEntries(
        Map.entry("closed yesterday", rule("repair_order_closed.last_time", "exactly", "{'daysAgo': 1}")),
        Map.entry("closed 30 days ago", rule("repair_order_closed.last_time", "exactly", "{'daysAgo': 30}")),
        Map.entry("closed 40 days ago", rule("repair_order_closed.last_time", "exactly", "{'daysAgo': 40}")),
        Map.entry("ready", rule("repair_order_opened.status", "is", "'READY'")),
        Map.entry("not closed, opened yesterday", rule("repair_order_opened.status", "is_not", "'CLOSED'") + ", " + rule("repair_order_opened.happened_at", "exactly", "{'daysAgo': 1}")),
        Map.entry("closed, opened 3 days ago", rule("repair_order_opened.status", "is", "'CLOSED'") + ", " + rule("repair_order_opened.happened_at", "exactly", "{'daysAgo': 3}")),
        Map.entry("number", rule("repair_order_opened.reference", "contains", "'K-7'")),
        Map.entry("number, opened 3 days ago", rule("repair_order_opened.reference", "contains", "'K-7'") + ", " + rule("repair_order_opened.happened_at", "exactly", "{'daysAgo': 3}")),
        Map.entry("last seen yesterday", rule("work_order.last_time", "exactly", "{'daysAgo': 1}")),
        Map.entry("booked today", rule("appointment.created_at", "exactly", "{'daysAgo': 0}")),
        Map.entry("booked today for tomorrow", rule("appointment.created_at", "exactly", "{'daysAgo': 0}") + ", " + rule("appointment.date", "in", "{'inDays': 1}")),
        Map.entry("comes tomorrow", rule("appointment.date", "in", "{'inDays': 1}") + ", " + rule("appointment.status", "is", "'BOOKED'")),
        Map.entry("came yesterday", rule("appointment.date", "exactly", "{'daysAgo': 1}")),
        Map.entry("came yesterday, booked", rule("appointment.date", "exactly", "{'daysAgo': 1}") + ", " + rule("appointment.status", "is", "'BOOKED'")),
        Map.entry("missed", rule("appointment.status", "is", "'MISSED'")),
        Map.entry("has an appointment", rule("appointment.next_one", "exists", null)),
        Map.entry("bought yesterday", rule("sale.vehicle_delivery_date", "exactly", "{'daysAgo': 1}")),
        Map.entry("bought 175 days ago", rule("sale.vehicle_delivery_date", "exactly", "{'daysAgo': 175}")),
        Map.entry("bought a Kia", rule("sale.vehicle_make", "is", "'Kia'")),
        Map.entry("is called Sophie", rule("customer.name", "contains", "'Sophie'")),
        Map.entry("once", rule("repair_order_opened.times", "equal", "1")));

    private final Finder f = new Finder();
    private final Shop shop = f.shop;

    @BeforeEach void wednesdayMorning() { shop.frozen = Instant.parse("2027-02-10T13:30:00Z"); }

    private static String rule(String field, String operator, String value) {
        return "[{'field': '" + field + "', 'operator': '" + operator + "'" + (value == null ? "" : ", 'value': " + value) + "}]";
    }

    private Audience audience(String rules) { return AudienceJson.parse("[" + RULES.get(rules).replace('\'', '"') + "]", null, shop.fields.now()); }

    @ParameterizedTest(name = "{0}; {1}: {2}; {3}")
    @DisplayName("the event by which one hears of what the rules say decides; of a status the last one, of an instant the first that can have told it")
    @CsvSource(delimiter = ';', value = {
        // an order: opened, closed; what was recorded when, with ! without messages
        "closed yesterday; 02-09T19:00 02-09T20:00; CREATED 02-09T19:00, CLOSED 02-09T20:00; told",
        "closed yesterday; 02-09T19:00 02-09T20:00; -; told",
        "closed yesterday; 02-09T19:00 02-09T20:00; !CREATED 02-09T21:00; SILENT",
        "closed yesterday; 02-01T19:00 02-09T20:00; CREATED 02-01T19:00, !CLOSED 02-09T20:00; SILENT",
        "closed yesterday; 02-01T19:00 02-09T20:00; !CREATED 02-01T19:00, CLOSED 02-09T20:00; told",
        "closed yesterday; 02-01T19:00 02-09T20:00; CREATED 02-01T19:00, CLOSED 02-09T20:00, !CLOSED 02-10T01:00; told",
        "closed yesterday; 02-01T19:00 02-09T20:00; CREATED 02-01T19:00, CLOSED 02-09T20:00, !SCHEDULED_TIME_CHANGED 02-10T01:00; told",
        "closed 30 days ago; 01-10T19:00 01-11T20:00; !CREATED 02-10T01:00; SILENT",
        "closed 40 days ago; 12-31T19:00 01-01T20:00; !CREATED 02-10T01:00; told",
        "ready; 02-09T19:00; CREATED 02-09T19:00, !STATUS_CHANGED 02-10T01:00; SILENT",
        "ready; 02-09T19:00; !CREATED 02-10T01:00; SILENT",
        "ready; 02-09T19:00; !CREATED 02-09T19:00, STATUS_CHANGED 02-10T01:00; told",
        "ready; 02-09T19:00; CREATED 02-09T19:00, !STATUS_CHANGED 02-09T20:00, STATUS_CHANGED 02-10T01:00; told",
        "ready; 01-02T19:00; CREATED 01-02T19:00, !STATUS_CHANGED 01-09T20:00; told",
        "not closed, opened yesterday; 02-09T19:00; !CREATED 02-09T19:00, STATUS_CHANGED 02-10T01:00; SILENT",
        "closed, opened 3 days ago; 02-07T19:00 02-09T20:00; CREATED 02-07T19:00, !STATUS_CHANGED 02-09T20:00; SILENT",
        "closed, opened 3 days ago; 02-07T19:00 02-09T20:00; !CREATED 02-07T19:00, STATUS_CHANGED 02-09T20:00; told",
        "number; 02-09T19:00; !CREATED 02-09T19:00; SILENT",
        "number; 02-09T19:00; CREATED 02-09T19:00, !STATUS_CHANGED 02-10T01:00; told",
        "number, opened 3 days ago; 02-07T19:00; CREATED 02-07T19:00, !STATUS_CHANGED 02-10T01:00; told",
        "last seen yesterday; 02-01T19:00 02-09T20:00; CREATED 02-01T19:00, !STATUS_CHANGED 02-09T20:00, !CLOSED 02-09T20:00; SILENT",
        "is called Sophie; 02-09T19:00; !CREATED 02-09T19:00; told",
        "once; 02-09T19:00; !CREATED 02-09T19:00; told",
        // an appointment: booked, start
        "booked today; 02-10T14:00 02-20T15:00; BOOKED 02-10T14:00; told",
        "booked today; 02-10T14:00 02-20T15:00; !BOOKED 02-10T14:00; SILENT",
        "booked today; 02-10T14:00 02-20T15:00; BOOKED 02-10T14:00, !MOVED 02-10T14:05; told",
        "booked today for tomorrow; 02-10T14:00 02-11T15:00; !BOOKED 02-10T14:00; SILENT",
        "comes tomorrow; 02-10T14:00 02-11T15:00; !BOOKED 02-10T14:00; told",
        "came yesterday; 02-01T14:00 02-09T15:00; !BOOKED 02-01T14:00; told",
        "came yesterday; 02-01T14:00 02-09T15:00; BOOKED 02-01T14:00, !MOVED 02-02T14:00; told",
        "came yesterday; 02-01T14:00 02-09T15:00; !BOOKED 02-10T01:00; SILENT",
        "came yesterday, booked; 02-01T14:00 02-09T15:00; !BOOKED 02-01T14:00; told",
        "missed; 02-01T14:00 02-09T15:00; BOOKED 02-01T14:00, !MISSED 02-09T17:00; SILENT",
        "missed; 02-01T14:00 02-09T15:00; !BOOKED 02-01T14:00, MISSED 02-09T17:00; told",
        "has an appointment; 02-10T14:00 02-20T15:00; !BOOKED 02-10T14:00; SILENT",
        // a vehicle: delivered
        "bought yesterday; 02-09; RECORDED 02-09T15:00; told",
        "bought yesterday; 02-09; !RECORDED 02-09T15:00; SILENT",
        "bought yesterday; 02-09; !RECORDED 02-09T04:30; SILENT",
        "bought yesterday; 02-09; !RECORDED 02-01T15:00; told",
        "bought 175 days ago; 08-19; !RECORDED 02-09T15:00; told",
        "bought a Kia; 02-09; !RECORDED 02-09T15:00; SILENT"})
    void tells(String rules, String when, String events, String expected) {
        f.on(f.draft(audience(rules), AT_11, "Merci"));
        long customer = f.customer("Sophie", "+15145550142");
        String[] at = when.split(" ");
        String subject;
        long id;
        if (at[0].length() == 5) {
            subject = "SALE";
            id = shop.id("insert into sale (location_id, customer_id, ref, vehicle_make, delivered_on, created_at) values (" + shop.location + ", " + customer + ", 'S1', 'Kia', '" + day(at[0]) + "', now()) returning id");
        } else if (events.contains("BOOKED") || events.contains("MISSED")) {
            subject = "APPOINTMENT";
            id = f.appointment(customer, instant(at[1]), instant(at[0]), rules.equals("missed") ? "MISSED" : "BOOKED");
        } else {
            subject = "ORDER";
            id = at.length > 1 ? f.closed(customer, instant(at[1])) : shop.order(customer);
            shop.run("update work_order set reference = 'K-7', opened_at = '" + instant(at[0]) + "'" + (at.length > 1 ? "" : ", status = 'READY', status_group = 'READY'") + " where id = " + id);
        }
        for (String event : events.equals("-") ? new String[0] : events.split(", ")) {
            recorded(subject, id, customer, event);
        }
        Scope all = Scope.everything();
        AudienceDesk desk = new AudienceDesk(shop.jdbi, shop.fields, shop.clock);
        Instant asked = Instant.parse("2027-02-10T16:00:00Z");
        boolean told = expected.equals("told");
        assertEquals(new AudienceDesk.Count(1, told ? 1 : 0, 0, 0, 0, told ? 0 : 1), desk.count(all, audience(rules), Channel.SMS, false, asked), "the wizard and the dry run say so before");
        assertEquals(told ? Map.of("fr", 1) : Map.of(), desk.languages(all, audience(rules), Channel.SMS, false, Moment.at(asked)), "and so does the price");
        long who = shop.id("select max(id) from customer");
        Explanation why = desk.explain(all, all, audience(rules), who, Moment.at(asked));
        assertEquals(List.of(true, !told), List.of(why.matched(), why.silent()), "law 5: and so does the answer for one customer");
        Explanation other = desk.explain(all, all, audience(rules), f.customer("Autre", "+15145550199"), Moment.at(asked));
        assertEquals(List.of(false, false), List.of(other.matched(), other.silent()));
        assertEquals(told ? List.of("+15145550142 Merci") : List.of(), f.at("2027-02-10T16:00:00Z"));
        assertEquals(List.of(told ? "RELEASED" : "SKIPPED SILENT"), plans());
        assertEquals(told ? 0 : 1, shop.id("select silent from audience_run"));
    }

    @Test @DisplayName("an object that was met in silence is never told later by the same automation (A-16); a second one is")
    void isMetOnce() {
        f.on(f.draft(audience("ready"), new Schedule.RealTime(Period.ofOpeningHours()), "Pret {order.reference}"));
        long customer = f.customer("Sophie", "+15145550142");
        long first = ready(customer, "R1");
        recorded("ORDER", first, customer, "!CREATED 02-10T13:00");
        assertEquals(List.of(), f.at("2027-02-10T14:00:00Z"));
        recorded("ORDER", first, customer, "STATUS_CHANGED 02-10T14:01");
        assertEquals(List.of(), f.at("2027-02-10T14:05:00Z"));
        recorded("ORDER", ready(customer, "R2"), customer, "CREATED 02-10T14:06");
        assertEquals(List.of("+15145550142 Pret R2"), f.at("2027-02-10T14:10:00Z"));
        assertEquals(List.of("SKIPPED SILENT", "RELEASED"), plans());
    }

    @Test @DisplayName("who cannot be reached at all stays without consent; a group counts everybody; of two objects the loud one is told")
    void countsBesideOthers() {
        long refuses = f.customer("Luc", "+15145550143"), sophie = f.customer("Sophie", "+15145550142");
        shop.run("update customer set sms_consent = false where id = " + refuses);
        for (long customer : List.of(refuses, sophie)) {
            recorded("ORDER", ready(customer, "R"), customer, "!CREATED 02-10T13:00");
        }
        AudienceDesk desk = new AudienceDesk(shop.jdbi, shop.fields, shop.clock);
        assertEquals(new AudienceDesk.Count(2, 0, 0, 0, 1, 1), desk.count(Scope.everything(), audience("ready"), Channel.SMS, false, shop.frozen));
        assertEquals(new AudienceDesk.Count(2, 1, 0, 0, 1, 0), desk.count(Scope.everything(), audience("ready"), Channel.SMS, false));
        recorded("ORDER", ready(sophie, "R2"), sophie, "CREATED 02-10T13:10");
        assertEquals(new AudienceDesk.Count(2, 1, 0, 0, 1, 0), desk.count(Scope.everything(), audience("ready"), Channel.SMS, false, shop.frozen));
        f.on(f.draft(audience("ready"), AT_11, "Merci"));
        assertEquals(1, f.at("2027-02-10T16:00:00Z").size());
        assertEquals(List.of("DONE 3 1 0 0 1 0 0"), f.history());
    }

    private long ready(long customer, String reference) {
        long order = shop.order(customer);
        shop.run("update work_order set reference = '" + reference + "', status = 'READY', status_group = 'READY', status_day = '2027-02-10' where id = " + order);
        return order;
    }

    private void recorded(String subject, long id, long customer, String event) {
        boolean hushed = event.startsWith("!");
        String[] parts = event.substring(hushed ? 1 : 0).split(" ");
        shop.run("insert into business_event (type, subject_type, subject_id, location_id, customer_id, at, actor, silent, hushed) values ('" + EventType.valueOf(subject + "_" + parts[0]) + "', '" + subject
            + "', " + id + ", " + shop.location + ", " + customer + ", '" + instant(parts[1]) + "', 'test', " + hushed + ", " + hushed + ")");
    }

    private List<String> plans() {
        return shop.jdbi.withHandle(h -> h.createQuery("select concat_ws(' ', state, reason) from planned_notification order by id").mapTo(String.class).list());
    }

    private static String instant(String text) { return day(text.substring(0, 5)) + text.substring(5) + ":00Z"; }

    /** Before April in 2027, else in 2026. */
    private static String day(String text) { return (text.compareTo("04") < 0 ? "2027-" : "2026-") + text; }
}
