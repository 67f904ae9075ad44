package org.carillon.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.TestDatabase;
import org.carillon.booking.AppointmentAttributes;
import org.carillon.customer.AttributeFields;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Attributes;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudienceDeskTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private final AudienceDesk desk = new AudienceDesk(jdbi, World.CATALOGUE, new ApplicationClock(jdbi));
    private long montreal;
    private long paris;

    @BeforeEach
    void twoLocations() {
        montreal = id("insert into location (code, name, zone, country, language) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr') returning id");
        paris = id("insert into location (code, name, zone, country, language) values ('PAR', 'Paris', 'Europe/Paris', 'FR', 'fr') returning id");
        run("insert into order_status (code, name_fr, name_en, status_group, position) values ('CLOSED', 'c', 'c', 'CLOSED', 1)");
    }

    private long id(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    private void run(String sql) { jdbi.useHandle(h -> h.execute(sql)); }

    private long customer(long location, String ref, boolean consent, String phone) {
        long id = id("insert into customer (location_id, ref, source, name, language, sms_consent, created_at) values (" + location + ", '" + ref + "', 'dms', '" + ref + "', 'fr', " + consent + ", now()) returning id");
        if (phone != null) {
            run("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (" + id + ", 0, '" + phone + "', '" + phone + "', true)");
        }
        return id;
    }

    /** So many days ago where the location is, whatever the hour is there now and however long the days between were. */
    private Instant noon(long location, int daysAgo) {
        ZoneId zone = ZoneId.of(jdbi.withHandle(h -> h.createQuery("select zone from location where id = :id").bind("id", location).mapTo(String.class).one()));
        return new ApplicationClock(jdbi).now().atZone(zone).toLocalDate().minusDays(daysAgo).atTime(12, 0).atZone(zone).toInstant();
    }

    private void closed(long customer, long location, int daysAgo) {
        run("insert into work_order (location_id, customer_id, ref, status, status_group, opened_at, closed_at, status_changed_at, last_time, created_at) values (" + location + ", " + customer
            + ", gen_random_uuid()::text, 'CLOSED', 'CLOSED', now(), '" + noon(location, daysAgo) + "', now(), now(), now())");
    }

    private static Audience audience(String json) { return AudienceJson.parse(json, null, World.CATALOGUE); }

    private static final String CLOSED_SIX_MONTHS_AGO = """
        [[{"field": "repair_order_closed.last_time", "operator": "exactly", "value": {"daysAgo": 180}}, {"field": "repair_order_closed.last_time", "operator": "exactly", "value": 179}],
         [{"field": "appointment.next_one", "operator": "does_not_exist"}]]""";

    @Test @DisplayName("KI-40: counts each customer once, and each of the unreachable under the first reason that holds")
    void countsWhomItReaches() {
        for (String[] c : new String[][] {{"ready", "true", "+15145550101"}, {"silent", "false", "+15145550102"}, {"mute", "true", null}, {"stopped", "true", "+15145550103"}}) {
            closed(customer(montreal, c[0], Boolean.parseBoolean(c[1]), c[2]), montreal, 180);
        }
        closed(customer(montreal, "recent", true, "+15145550104"), montreal, 20);
        run("insert into suppression (channel, address, reason, at, actor) values ('SMS', '+15145550103', 'OPTED_OUT', now(), 'test')");
        assertEquals(new AudienceDesk.Count(4, 1, 1, 1, 1, 0), desk.count(Scope.everything(), audience(CLOSED_SIX_MONTHS_AGO), Channel.SMS, false));
        assertEquals(new AudienceDesk.Count(0, 0, 0, 0, 0, 0), desk.count(Scope.of(java.util.Set.of(paris)), audience(CLOSED_SIX_MONTHS_AGO), Channel.SMS, false), "of another location");
        assertEquals(new AudienceDesk.Count(4, 0, 1, 1, 2, 0), desk.count(Scope.everything(), audience(CLOSED_SIX_MONTHS_AGO), Channel.SMS, true), "nobody accepted offers");
        run("update customer set marketing_consent = true, sms_consent = false");
        assertEquals(0, desk.count(Scope.everything(), audience(CLOSED_SIX_MONTHS_AGO), Channel.SMS, true).reachable(), "who accepts offers, but no SMS");
    }

    @Test @DisplayName("Pages through all, newest first, and by one source's references only")
    void pages() {
        for (int i = 0; i < 5; i++) {
            closed(customer(montreal, "C" + i, true, null), montreal, 179);
        }
        List<AudienceDesk.Member> first = desk.members(Scope.everything(), audience(CLOSED_SIX_MONTHS_AGO), "dms", null, 3);
        List<AudienceDesk.Member> rest = desk.members(Scope.everything(), audience(CLOSED_SIX_MONTHS_AGO), "dms", first.get(2).id(), 3);
        assertEquals(List.of("C4", "C3", "C2", "C1", "C0"), java.util.stream.Stream.concat(first.stream(), rest.stream()).map(AudienceDesk.Member::ref).toList());
        assertEquals(List.of(), desk.members(Scope.everything(), audience(CLOSED_SIX_MONTHS_AGO), "other", null, 3));
    }

    @Test @DisplayName("1.4.2, A-12: message_sent asks for date, text and automation of what a provider took, one message at a time (A-02); an automation's reference outlives it")
    void asksForWhatWasSent() {
        long told = customer(montreal, "told", true, null);
        customer(montreal, "quiet", true, null);
        run("insert into automation (id, ref, name, state, trigger_kind, kind, channels) values (1, 'thanks', 'Merci', 'DRAFT', 'DAILY', 'GENERAL', 'SMS'), (2, 'recall', 'Rappel', 'DRAFT', 'DAILY', 'GENERAL', 'SMS')");
        sent(told, 1, "Merci de votre visite", "now() - interval '72 hours'");
        sent(told, 2, "Rappel du garage", "null");
        assertEquals(List.of("told"), found("{'field': 'message_sent.automation', 'operator': 'is', 'value': 'THANKS'}"));
        assertEquals(List.of(), found("{'field': 'message_sent.automation', 'operator': 'is', 'value': 'recall'}"), "no provider took it");
        assertEquals(List.of("told"), found("{'field': 'message_sent.automation', 'operator': 'is_not', 'value': 'recall'}"), "a message there is, and it is another's; without any it is false (A-15a)");
        assertEquals(List.of("told"), found("{'field': 'message_sent.text', 'operator': 'contains', 'value': 'visite'}"));
        assertEquals(List.of(), found("{'field': 'message_sent.text', 'operator': 'contains', 'value': 'rappel'}"));
        assertEquals(List.of("told"), found("{'field': 'message_sent.date', 'operator': 'exactly', 'value': {'daysAgo': 3}}"));
        assertEquals(List.of("told"), found("{'field': 'message_sent.date', 'operator': 'more_than', 'value': {'daysAgo': 2}}"));
        assertEquals(List.of(), found("{'field': 'message_sent.date', 'operator': 'less_or_equal', 'value': {'daysAgo': 1}}"));
        sent(told, 2, "Rappel du garage", "now()");
        assertEquals(List.of(), found("{'field': 'message_sent.automation', 'operator': 'is', 'value': 'thanks'}], [{'field': 'message_sent.text', 'operator': 'contains', 'value': 'rappel'}"), "A-02: of one message");
        run("update automation set deleted = true, ref = ref || '~1' where id = 1");
        assertEquals(List.of("told"), found("{'field': 'message_sent.automation', 'operator': 'is', 'value': 'thanks'}"));
    }

    @Test @DisplayName("1.4.2: customer.phone_number asks all numbers, by their digits, however they are typed")
    void asksForNumbersAsTheyAreTyped() {
        long two = customer(montreal, "two", true, "+15145550142");
        run("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (" + two + ", 1, '+33612345678', '+33612345678', true)");
        customer(montreal, "none", true, null);
        for (String typed : new String[] {"514 555-0142", "(514) 555.0142", "1 514 555 0142", "+1 514 555-0142", "06 12 34 56 78", "+33 6 12 34 56 78", "0033 6 12 34 56 78", "+33 (0)6 12 34 56 78",
            "0033 (0) 6 12 34 56 78", "(0)6 12 34 56 78", "011 33 6 12 34 56 78", "001 514 555-0142"}) {
            assertEquals(List.of("two"), found("{'field': 'customer.phone_number', 'operator': 'is', 'value': '" + typed + "'}"), typed);
            assertEquals(List.of("none"), found("{'field': 'customer.phone_number', 'operator': 'is_not', 'value': '" + typed + "'}"), typed);
        }
        for (String typed : new String[] {"555-0142", "514 555-014", "514 555-01423", "abc", "142"}) {
            assertEquals(List.of(), found("{'field': 'customer.phone_number', 'operator': 'is', 'value': '" + typed + "'}"), typed);
        }
        assertEquals(List.of("two"), found("{'field': 'customer.phone_number', 'operator': 'contains', 'value': '514 555'}"));
        assertEquals(List.of("two"), found("{'field': 'customer.phone_number', 'operator': 'contains', 'value': '06 12 34 56'}"));
        for (String typed : new String[] {"0033 6 12 34", "+33 (0)6 12 34", "00336123", "0142"}) {
            assertEquals(List.of("two"), found("{'field': 'customer.phone_number', 'operator': 'contains', 'value': '" + typed + "'}"), typed);
            assertEquals(List.of("none"), found("{'field': 'customer.phone_number', 'operator': 'does_not_contain', 'value': '" + typed + "'}"), typed);
        }
        assertEquals(List.of(), found("{'field': 'customer.phone_number', 'operator': 'contains', 'value': 'x'}"), "nothing that has no digits is in a number");
        assertEquals(List.of(), found("{'field': 'customer.phone_number', 'operator': 'contains', 'value': '0142 336'}"), "not across two");
        assertEquals(List.of("none"), found("{'field': 'customer.phone_number', 'operator': 'is_unknown'}"));
        assertEquals("+15145550142, +33612345678", desk.explain(Scope.everything(), Scope.everything(), audience("[[{\"field\": \"customer.phone_number\", \"operator\": \"is\", \"value\": \"514 555-0142\"}]]"), two).groups().get(0).get(0).actual());
    }

    private void sent(long customer, int automation, String text, String at) {
        run("insert into message (location_id, customer_id, subject_type, subject_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, route, state, accepted_at, settled_at, automation_id) values ("
            + montreal + ", " + customer + ", 'CUSTOMER', " + customer + ", 'SMS', 'TRANSACTIONAL', '+15145550100', '" + text + "', 'RESEND_ONCE', now(), now(), 'x', case when " + at + " is null then 'FAILED' else 'DELIVERED' end, "
            + at + ", now(), " + automation + ")");
    }

    private List<String> found(String rules) {
        return desk.members(Scope.everything(), audience("[[" + rules.replace('\'', '"') + "]]"), null, null, 10).stream().map(AudienceDesk.Member::ref).toList();
    }

    @Test @DisplayName("Law 5: every rule's answer for one customer, with what the field says")
    void explains() {
        long walkIn = customer(montreal, "walk-in", true, null);
        closed(walkIn, montreal, 180);
        run("insert into appointment (location_id, customer_id, ref, status, start_local, start_at, booked_at, status_changed_at, created_at) values (" + montreal + ", " + walkIn
            + ", 'A1', 'BOOKED', '2099-01-05T09:00', '2099-01-05T14:00:00Z', now(), now(), now())");
        Explanation why = desk.explain(Scope.everything(), Scope.everything(), audience(CLOSED_SIX_MONTHS_AGO), walkIn);
        assertFalse(why.matched());
        assertEquals(List.of(List.of(true, false), List.of(false)), why.groups().stream().map(g -> g.stream().map(Explanation.Answer::answer).toList()).toList());
        assertEquals("2099-01-05T09:00:00-05:00", why.groups().get(1).get(0).actual());
        assertTrue(desk.explain(Scope.everything(), Scope.everything(), audience("[[{\"field\": \"customer.name\", \"operator\": \"contains\", \"value\": \"WALK\"}]]"), walkIn).matched());
        assertThrows(Invalid.class, () -> desk.explain(Scope.of(java.util.Set.of(paris)), Scope.everything(), audience(CLOSED_SIX_MONTHS_AGO), walkIn), "SEC-13");
        run("update appointment set location_id = " + paris);
        assertFalse(desk.explain(Scope.of(java.util.Set.of(paris)), Scope.everything(), audience(CLOSED_SIX_MONTHS_AGO), walkIn).matched(), "who is expected there is seen there");
    }

    @Test @DisplayName("SEC-13: an explanation answers for all that counts, and says only what its reader may see")
    void tellsNobodyAboutOtherLocations() {
        Scope here = Scope.of(java.util.Set.of(montreal));
        long both = customer(montreal, "both", true, null);
        closed(both, montreal, 400);
        closed(both, paris, 180);
        Explanation why = desk.explain(here, here, audience("""
            [[{"field": "repair_order_closed.last_time", "operator": "exactly", "value": {"daysAgo": 180}}, {"field": "work_order.last_time", "operator": "exists"},
              {"field": "customer.name", "operator": "is", "value": "both"}], [{"field": "appointment.next_one", "operator": "does_not_exist"}]]"""), both);
        assertEquals(List.of(false, true), List.of(why.matched(), why.groups().get(0).get(0).answer()), "the order that counts is another location’s");
        String day = noon(montreal, 400).toString().substring(0, 10);
        assertTrue(why.groups().get(0).get(0).actual().startsWith(day), why.groups().get(0).get(0).actual());
        assertEquals(List.of(true, true, false), why.groups().get(0).stream().map(Explanation.Answer::elsewhere).toList());
        assertEquals(List.of("", false), List.of(why.groups().get(1).get(0).actual(), why.groups().get(1).get(0).elsewhere()));
        Explanation all = desk.explain(here, Scope.everything(), audience("[[{\"field\": \"repair_order_closed.last_time\", \"operator\": \"exists\"}]]"), both);
        assertFalse(all.groups().get(0).get(0).actual().startsWith(day));
        assertFalse(all.groups().get(0).get(0).elsewhere());
    }

    @Test @DisplayName("SEC-13: of single objects, and of how many there are, only those of the reader's locations are told")
    void tellsOfSingleObjectsOnlyThoseInSight() {
        Scope here = Scope.of(java.util.Set.of(montreal));
        long both = customer(montreal, "both", true, null);
        run("insert into sale (location_id, customer_id, ref, vehicle_make, vehicle_model, vehicle_year, delivered_on, vehicle_condition, created_at) values (" + montreal + ", " + both + ", 'S1', 'Toyota', 'Yaris', 2020, '2020-05-01', 'NEW', now()), ("
            + paris + ", " + both + ", 'S2', 'Bugatti', 'Veyron', 2021, '2021-05-01', 'NEW', now())");
        closed(both, paris, 3);
        Explanation why = desk.explain(here, here, audience("""
            [[{"field": "sale.vehicle_make", "operator": "contains", "value": "Bugatti"}], [{"field": "sale.vehicle_make", "operator": "contains", "value": "a"}]]"""), both);
        assertEquals(List.of("Toyota", "Toyota"), why.groups().stream().map(g -> g.get(0).actual()).toList());
        assertFalse(why.matched());
        Explanation other = desk.explain(here, here, audience("""
            [[{"field": "repair_order_closed.last_time", "operator": "exists"}], [{"field": "customer.name", "operator": "is", "value": "both"}, {"field": "sale.vehicle_make", "operator": "contains", "value": "Bugatti"}],
             [{"field": "appointment.next_one", "operator": "exists"}, {"field": "sale.vehicle_make", "operator": "is", "value": "Toyota"}]]"""), both);
        String told = other.toString();
        assertFalse(told.contains("actual=Bugatti") || told.contains("Veyron"), told);
        assertEquals(List.of("", true), List.of(other.groups().get(0).get(0).actual(), other.groups().get(0).get(0).elsewhere()));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
        customer.meta_club       | is            | "OR"           | gold
        customer.meta_club       | is_unknown    | null           | plain
        customer.meta_points     | more_or_equal | 10.5           | gold
        customer.meta_contract   | in            | {"inDays": 3}  | gold
        appointment.meta_bay     | contains      | "nord"         | plain
        """)
    @DisplayName("KI-36: asks for the shop's own attributes, of customers and of appointments")
    void asksForOwnAttributes(String field, String operator, String value, String who) {
        ApplicationClock clock = new ApplicationClock(jdbi);
        run("insert into attribute (owner, code, name_fr, name_en, type, position) values ('CUSTOMER', 'club', 'c', 'c', 'CHOICE', 1), ('CUSTOMER', 'points', 'p', 'p', 'NUMBER', 2), "
            + "('CUSTOMER', 'contract', 'c', 'c', 'DATE', 3), ('APPOINTMENT', 'bay', 'b', 'b', 'TEXT', 1)");
        long gold = customer(montreal, "gold", true, null);
        jdbi.useHandle(h -> h.execute("update customer set attributes = ?::jsonb where id = ?", "{\"club\": \"or\", \"points\": 10.5, \"contract\": \""
            + clock.now().atZone(java.time.ZoneId.of("America/Toronto")).toLocalDate().plusDays(3) + "\"}", gold));
        long plain = customer(montreal, "plain", true, null);
        run("insert into appointment (location_id, customer_id, ref, status, start_local, start_at, booked_at, status_changed_at, created_at, attributes) values (" + montreal + ", " + plain
            + ", 'A1', 'BOOKED', '2099-01-05T09:00', '2099-01-05T14:00:00Z', now(), now(), now(), '{\"bay\": \"Côté Nord\"}')");
        Attributes attributes = new Attributes(jdbi);
        FieldCatalogue all = new FieldCatalogue(World.CATALOGUE.asked(), List.of(new AttributeFields(attributes), new AppointmentAttributes(attributes)));
        Audience asked = AudienceJson.parse("[[{\"field\": \"" + field + "\", \"operator\": \"" + operator + "\", \"value\": " + value + "}]]", null, all.now());
        assertEquals(List.of(who), new AudienceDesk(jdbi, all, clock).members(Scope.everything(), asked, "dms", null, 10).stream().map(AudienceDesk.Member::ref).toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing at all                  | []                                                                                           | groups               | audience.empty
        a rule without alternatives     | [[]]                                                                                         | groups               | audience.empty
        an empty one beside another     | [[{"field": "customer.name", "operator": "is", "value": "x"}], []]                           | groups[1]            | audience.emptyRule
        an empty contains (A-14)        | [[{"field": "sale.vehicle_make", "operator": "contains", "value": " "}]]                     | groups[0][0].value   | audience.text
        only a space that does not break | [[{"field": "sale.vehicle_make", "operator": "contains", "value": "\u00a0"}]]               | groups[0][0].value   | audience.text
        only an accent                  | [[{"field": "customer.name", "operator": "contains", "value": "´"}]]                         | groups[0][0].value   | audience.text
        a field that was removed        | [[{"field": "customer.meta_gone", "operator": "is", "value": "x"}]]                          | groups[0][0].field   | audience.field
        an operator of another type     | [[{"field": "customer.name", "operator": "more_than", "value": 3}]]                          | groups[0][0].operator | audience.operator
        minutes of a day                | [[{"field": "sale.vehicle_delivery_date", "operator": "less_than", "value": {"minutesAgo": 3}}]] | groups[0][0].operator | audience.operator
        an unknown operator             | [[{"field": "customer.name", "operator": "like", "value": "x"}]]                             | groups[0][0].operator | audience.operator
        days before the beginning       | [[{"field": "repair_order_closed.last_time", "operator": "exactly", "value": -1}]]           | groups[0][0].value   | audience.days
        half a day                      | [[{"field": "repair_order_closed.last_time", "operator": "exactly", "value": 1.5}]]          | groups[0][0].value   | number.whole
        half an order                   | [[{"field": "work_order.times", "operator": "equal", "value": 1.5}]]                         | groups[0][0].value   | audience.amount
        an unknown unit                 | [[{"field": "work_order.times", "operator": "equal", "value": {"weeksAgo": 1}}]]             | groups[0][0].value   | audience.value
        """)
    void refusesByPlace(String name, String json, String field, String key) {
        Invalid refused = assertThrows(Invalid.class, () -> desk.check(audience(json)));
        assertEquals(field + " " + key, refused.field() + " " + refused.key());
    }

    @Test void writesWhatItReads() {
        String json = "[[{\"field\":\"sale.vehicle_make\",\"operator\":\"contains\",\"value\":\"Toyota\"},{\"field\":\"appointment.next_one\",\"operator\":\"does_not_exist\"}],"
            + "[{\"field\":\"appointment.date\",\"operator\":\"in\",\"value\":{\"inDays\":1}},{\"field\":\"appointment.time_relative\",\"operator\":\"more_than\",\"value\":{\"minutesAgo\":120}},"
            + "{\"field\":\"repair_order_closed.last_time\",\"operator\":\"exactly\",\"value\":{\"openDaysAgo\":1}},{\"field\":\"work_order.times\",\"operator\":\"equal\",\"value\":0}]]";
        assertEquals(Json.createReader(new StringReader(json)).readArray(), AudienceJson.write(audience(json)));
    }

    @Test @DisplayName("A-01, 4: what people wrote is bound, and never part of the statement")
    void bindsWhatPeopleWrote() {
        Audience evil = audience("[[{\"field\": \"customer.name\", \"operator\": \"is_not\", \"value\": \"x'; drop table customer; -- :name ?\"}]]");
        String sql = AudienceQuery.compile(evil, World.CATALOGUE, List.of(jdbi.withHandle(AudienceDesk::places).get(0)), java.util.Set.of(montreal), Moment.at(new ApplicationClock(jdbi).now()))
            .stream().map(Statement::sql).collect(Collectors.joining());
        assertFalse(sql.contains("drop"), sql);
        customer(montreal, "kept", true, null);
        assertEquals(1, desk.count(Scope.everything(), evil, Channel.SMS, false).matched());
    }
}
