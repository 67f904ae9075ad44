package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.carillon.fact.Channel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Several routes, chosen by location and country")
class RoutingTest {

    private static final DeliveryFixture SHOP = new DeliveryFixture();
    private static final String CANADIAN = "+15145550142", FRENCH = "+33612345678";

    private final RouteTable table = new RouteTable(SHOP.jdbi);
    private final ScriptedGateway first = new ScriptedGateway("smpp", Channel.SMS), second = new ScriptedGateway("second", Channel.SMS);
    private final Routing routing = new Routing(Gateways.of(List.of(first, second, SHOP.mail)), table);
    private final Outbox outbox = new Outbox(SHOP.jdbi, SHOP.clock, MailIds.LOCAL, routing);
    private final Detours detours = new Detours(SHOP.jdbi, table, new DetourStep(SHOP.jdbi, SHOP.clock, table, routing));
    private final Dispatcher dispatcher = SHOP.dispatcher(SHOP.node, first, second);

    @BeforeEach void empty() {
        SHOP.database.owner().useHandle(h -> {
            h.execute("truncate message, message_ended, message_due, message_event, message_part, message_detour, attempt, attempt_outcome, route_choice, route_state, route_node");
            h.execute("delete from route where not built_in");
            h.execute("update route set present = true, paused_at = null, paused_by = null");
            h.execute("insert into route (code, channel, protocol, name, changed_at) values ('second', 'SMS', 'SMPP', 'Second', now()), ('third', 'SMS', 'SMPP', 'Third', now())");
            h.execute("update route_revision set revision = revision + 1");
        });
    }

    private void choose(Long location, String country, String... routes) {
        for (int i = 0; i < routes.length; i++) {
            SHOP.execute("insert into route_choice (channel, location_id, country, rank, route) values ('SMS', ?, ?, ?, ?)", location, country, i + 1, routes[i]);
        }
        changed();
    }

    private void changed() { SHOP.execute("update route_revision set revision = revision + 1"); }

    private void suspend(String route, int seconds) {
        SHOP.execute("insert into route_state (route, suspended_at, suspended_until, detail) values (?, ?, ?, '0x0E') on conflict (route) do update set suspended_at = excluded.suspended_at, "
            + "suspended_until = excluded.suspended_until", route, SHOP.now(), SHOP.now().plusSeconds(seconds));
    }

    private String route(long id) { return SHOP.jdbi.withHandle(h -> h.createQuery("select route from message_due where message_id = :id").bind("id", id).mapTo(String.class).one()); }

    private long sms(String to) { return outbox.enqueue(List.of(SHOP.sms(to, "Bonjour"))).get(0); }

    @ParameterizedTest(name = "{0}: {1} to {2}") @DisplayName("the most particular list decides alone")
    @CsvSource({"'', smpp, smpp", "default:second, second, second", "default:second+country:third, second, third", "default:second+location:third, third, third",
        "country:second+location:third, third, third", "location:second+both:third, second, third", "both:third, smpp, third", "default:smpp+country:second+both:third, smpp, third"})
    void choosesByLocationAndCountry(String chosen, String toCanada, String toFrance) {
        for (String one : chosen.isEmpty() ? new String[0] : chosen.split("\\+")) {
            String[] sides = one.split(":");
            choose(sides[0].equals("location") || sides[0].equals("both") ? SHOP.location : null, sides[0].equals("country") || sides[0].equals("both") ? "FR" : null, sides[1]);
        }
        assertEquals(toCanada, route(sms(CANADIAN)));
        assertEquals(toFrance, route(sms(FRENCH)));
    }

    @Test void takesTheRouteOfThePagesWhereTheEnvironmentNamesNone() {
        SHOP.execute("update route set present = false where code = 'smpp'");
        changed();
        assertEquals("second", route(sms(CANADIAN)));
        assertEquals("smtp", route(outbox.enqueue(List.of(SHOP.mail("a@garage.test", "x"))).get(0)));
    }

    @ParameterizedTest(name = "{0}: {1}") @DisplayName("the first that is open")
    @CsvSource({"paused, second", "absent, second", "suspended, second", "tried, smpp", "shut, second", "shut but elsewhere open, smpp", "both paused, smpp", "paused and suspended, second"})
    void takesTheFirstThatIsOpen(String trouble, String expected) {
        choose(null, null, "smpp", "second");
        switch (trouble) {
            case "paused" -> pause("smpp");
            case "absent" -> SHOP.execute("update route set present = false where code = 'smpp'");
            case "suspended" -> suspend("smpp", 60);
            case "tried" -> suspend("smpp", -1);
            case "shut" -> see("n1", true);
            case "shut but elsewhere open" -> {
                SHOP.execute("insert into node (id, started_at, heartbeat_at) values ('n2', now(), clock_timestamp()) on conflict (id) do update set heartbeat_at = clock_timestamp(), stopped_at = null");
                see("n1", true);
                see("n2", false);
            }
            case "both paused" -> {
                pause("smpp");
                pause("second");
            }
            default -> {
                pause("smpp");
                suspend("second", 60);
            }
        }
        changed();
        assertEquals(expected, route(sms(CANADIAN)));
    }

    private void pause(String route) {
        SHOP.execute("update route set paused_at = now(), paused_by = 'Olga', changed_by = 'Olga' where code = ?", route);
        changed();
    }

    private void see(String node, boolean shut) {
        SHOP.beat();
        SHOP.execute("insert into route_node (route, node, epoch, open, since, closed_from) select 'smpp', id, epoch, ?, now(), case when ? then now() - interval '1 second' end from node where id = ?",
            !shut, shut, node);
    }

    @Test @DisplayName("failover: what was provably not taken moves on, what may have been stays")
    void movesOnWhatWasNotTaken() {
        choose(null, null, "smpp", "second");
        long queued = sms(CANADIAN);
        long refused = sms("+15145550143");
        long unknown = sms("+15145550144");
        first.answer = o -> ScriptedGateway.refuse(o.recipient().endsWith("44") ? Verdict.UNKNOWN : Verdict.ROUTE_FAULT);
        first.window = 1;
        for (int i = 0; i < 3 && SHOP.count("select count(*) from attempt") < 1; i++) {
            dispatcher.drain("smpp");
        }
        SHOP.execute("update message_due set next_attempt_at = now() where message_id = ?", unknown);
        suspend("smpp", 60);
        long already = SHOP.count("select count(*) from message_due where state = 'UNKNOWN'");
        assertEquals(3 - already, detours.turn());
        assertEquals("second", route(queued));
        assertEquals("second", route(refused));
        assertEquals(0, detours.turn());
        assertEquals(already, SHOP.count("select count(*) from message_due where route = 'smpp'"));
        assertEquals(3 - already, SHOP.count("select count(*) from message_detour where from_route = 'smpp' and to_route = 'second' and reason = 'SUSPENDED'"));
        assertEquals(3 - already, dispatcher.drain("second"));
        assertEquals("ACCEPTED", SHOP.state(queued));
        assertEquals(1, SHOP.count("select count(*) from attempt_outcome where verdict = 'ACCEPTED' and message_id = " + queued));
        SHOP.execute("update route_state set suspended_at = null, suspended_until = null");
        assertEquals("smpp", route(sms(CANADIAN)), "open again for what is new");
    }

    @Test @DisplayName("failover: a route that has no sender for a message is passed over, and the next of the list taken")
    void passesOverARouteWithoutSender() {
        second.hasSender = false;
        choose(null, null, "smpp", "second");
        long id = sms(CANADIAN);
        suspend("smpp", 60);
        assertEquals(0, detours.turn());
        assertEquals("smpp", route(id), "it waits: the provider would refuse it for good");
        second.hasSender = true;
        assertEquals(1, new Detours(SHOP.jdbi, table, new DetourStep(SHOP.jdbi, SHOP.clock, table, routing)).turn());
        assertEquals("second", route(id));
    }

    @Test @DisplayName("REL-25: a text of which a part was taken stays with its provider; a resend after an unknown outcome, too")
    void keepsWhatWasBegun() {
        choose(null, null, "smpp", "second");
        long parts = outbox.enqueue(List.of(SHOP.sms(CANADIAN, "x".repeat(200)))).get(0);
        long resend = sms(FRENCH);
        SHOP.execute("update message_part set state = 'ACCEPTED' where message_id = ? and part_no = 1", parts);
        SHOP.execute("update message_due set resends = 1 where message_id = ?", resend);
        suspend("smpp", 60);
        assertEquals(0, detours.turn());
        assertEquals(2, SHOP.count("select count(*) from message_due where route = 'smpp'"));
    }

    @Test @DisplayName("T19: a paused route without another holds its messages and gives them back, once and in their order")
    void holdsAndResumes() {
        List<Long> ids = outbox.enqueue(List.of(SHOP.sms(CANADIAN, "1"), SHOP.sms(CANADIAN, "2"), SHOP.sms(CANADIAN, "3")));
        pause("smpp");
        assertEquals(3, detours.turn());
        assertEquals(0, detours.turn());
        assertEquals(List.of("HELD", "ROUTE_PAUSED", "NEW>QUEUED>HELD"), List.of(SHOP.state(ids.get(0)), SHOP.reason(ids.get(0)), SHOP.path(ids.get(0))));
        assertEquals(3, SHOP.count("select count(*) from message_event where to_state = 'HELD' and actor = 'Olga'"));
        SHOP.execute("update route set paused_at = null, paused_by = null, changed_by = 'Alex' where code = 'smpp'");
        changed();
        assertEquals(3, detours.turn());
        assertEquals(0, detours.turn());
        assertEquals(3, SHOP.count("select count(*) from message_event where from_state = 'HELD' and to_state = 'QUEUED' and actor = 'Alex'"));
        assertEquals(3, dispatcher.drain("smpp"));
        assertEquals(List.of("1", "2", "3"), first.submitted.stream().map(o -> ((Outgoing.Sms) o.content()).text()).sorted().toList());
        assertEquals(0, SHOP.count("select count(*) from message_due"));
    }

    @Test void takesTheOtherWayWhenOneIsNamedWhileItIsHeld() {
        long id = sms(CANADIAN);
        pause("smpp");
        detours.turn();
        choose(null, null, "smpp", "second");
        assertEquals(1, detours.turn());
        assertEquals(List.of("second", "QUEUED", "NEW>QUEUED>HELD>QUEUED"), List.of(route(id), SHOP.state(id), SHOP.path(id)));
    }

    @Test @DisplayName("MSG-05: on a route that takes texts whole a text of three parts becomes one submit, and back it is cut again")
    void countsAnewWhereTheOtherRouteTakesTextsWhole() {
        choose(null, null, "smpp", "second");
        second.terms = new SmsTerms(org.carillon.template.Alphabet.GSM7, LongMessages.PAYLOAD, null);
        long cut = outbox.enqueue(List.of(SHOP.sms(CANADIAN, "x".repeat(400)))).get(0);
        suspend("smpp", 60);
        assertEquals(1, detours.turn());
        assertEquals(1, dispatcher.drain("second"));
        assertEquals("x".repeat(400), ((Outgoing.Sms) second.submitted.get(0).content()).text());
        assertEquals("ACCEPTED", SHOP.state(cut));
        long whole = outbox.enqueue(List.of(SHOP.sms(CANADIAN, "y".repeat(400)))).get(0);
        assertEquals(1, SHOP.count("select parts from message where id = " + whole));
        SHOP.execute("delete from route_state");
        suspend("second", 60);
        assertEquals(1, detours.turn());
        assertEquals(3, dispatcher.drain("smpp"));
        assertEquals(400, first.submitted.stream().mapToInt(o -> ((Outgoing.Sms) o.content()).text().length()).sum());
        assertTrue(first.submitted.stream().allMatch(o -> ((Outgoing.Sms) o.content()).parts() == 3));
    }

    @Test @DisplayName("REL-16: what waits for one route does not hold up another")
    void keepsRoutesApart() {
        choose(null, "FR", "second");
        first.open = false;
        long here = sms(CANADIAN);
        long there = sms(FRENCH);
        dispatcher.drain("smpp");
        dispatcher.drain("second");
        assertEquals(List.of("QUEUED", "ACCEPTED"), List.of(SHOP.state(here), SHOP.state(there)));
        assertEquals(Map.of("second", 1L), SHOP.jdbi.withHandle(h -> h.createQuery("select route, count(*) from attempt group by route").map((r, c) -> Map.entry(r.getString(1), r.getLong(2)))
            .collectToMap(Map.Entry<String, Long>::getKey, Map.Entry<String, Long>::getValue)));
    }
}
