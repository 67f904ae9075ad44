package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.RouteHealth;
import org.carillon.delivery.Routing;
import org.carillon.delivery.SmsTerms;
import org.carillon.delivery.Submission;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.report.RouteFigures;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.carillon.template.Alphabet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("MSG-06: a route is tried with a message of our own")
class RouteTrialsTest {

    private record Way(String route, Channel channel, RouteHealth health, SmsTerms smsTerms) implements Gateway {
        @Override public int window() { return 10; }
        @Override public CompletionStage<Submission> submit(Outgoing outgoing) { throw new AssertionError("a trial goes through the outbox"); }
    }

    private final Shop shop = new Shop();
    private SmsTerms terms = SmsTerms.USUAL;
    private final RouteTrials trials = new RouteTrials(shop.jdbi, shop.clock, shop.outbox, new Routing(() -> Stream.of(
        new Way("smpp", Channel.SMS, new RouteHealth(true, false, "bound", shop.clock.now()), terms), new Way("smtp", Channel.EMAIL, new RouteHealth(true, false, "", shop.clock.now()), terms),
        new Way("none", Channel.SMS, RouteHealth.ABSENT, terms))));

    private Person person(long id, Role role) { return new Person(id, "a@garage.example", "Alex", role, "fr", Person.Appearance.SYSTEM, role == Role.OPERATOR ? Scope.nothing() : Scope.everything(), 1); }

    private Invalid refusal(Person by, String route, String to) { return assertThrows(Invalid.class, () -> trials.send(by, route, to, false, "fr")); }

    private Map<String, Object> row(long id) { return shop.jdbi.withHandle(h -> h.createQuery("select * from message_now where id = :id").bind("id", id).mapToMap().one()); }

    @Test void leavesThroughTheOutboxInTheNameOfWhoAsked() {
        long id = trials.send(person(7, Role.OPERATOR), "smpp", "514 555-0142", false, "fr");
        Map<String, Object> message = row(id);
        assertEquals("+15145550142", message.get("recipient"));
        assertEquals("QUEUED", message.get("state"));
        assertEquals("TRANSACTIONAL", message.get("purpose"));
        assertEquals(Optional.empty(), Optional.ofNullable(message.get("location_id")));
        assertEquals("Alex", shop.jdbi.withHandle(h -> h.createQuery("select actor from message_event").mapTo(String.class).one()));
        RouteFigures.Trial trial = new RouteFigures(shop.jdbi).trials("smpp").get(0);
        assertEquals(List.of("QUEUED"), trial.steps());
        assertEquals("Alex", trial.staffName());
        assertEquals(Map.of("QUEUED", 1L), new RouteFigures(shop.jdbi).live("smpp"));
        assertEquals("no-reply@garage.example", row(trials.send(person(7, Role.ADMINISTRATOR), "smtp", "no-reply@garage.example", true, "en")).get("recipient"));
    }

    @ParameterizedTest @EnumSource(Alphabet.class) @DisplayName("MSG-06: the difficult characters leave as they are, in the alphabet of the route or as UCS-2")
    void sendsTheCharacters(Alphabet alphabet) {
        terms = new SmsTerms(alphabet, LongMessages.UDH, null);
        Map<String, Object> message = row(trials.send(person(7, Role.OPERATOR), "smpp", "+15145550142", true, "en"));
        assertEquals("@£$èéùìòÇØøÅå_ΔΦ€{}[]~|^\\", message.get("text"));
        assertEquals(alphabet == Alphabet.LATIN1, message.get("ucs2"));
        assertEquals(1, message.get("segments"));
    }

    @ParameterizedTest @CsvSource({"smpp,12,phone.INVALID", "smpp,1 800 555 0199,phone.TOLL_FREE", "smpp,+33 6 12 34 56 78,route.country", "smpp,,phone.INVALID",
        "smtp,nobody,email.invalid", "none,514 555-0142,route.absent", "other,514 555-0142,route.absent"})
    void refusesWhatLeadsNowhere(String route, String to, String key) { assertEquals(key, refusal(person(7, Role.OPERATOR), route, to).key()); }

    @Test @DisplayName("SEC-13: only who looks after routes tries them")
    void refusesOthers() {
        for (Role role : Set.of(Role.MANAGER, Role.ADVISOR)) {
            assertEquals("route.role", refusal(person(7, role), "smpp", "514 555-0142").key());
        }
    }

    @Test void givesEachPersonTenAnHour() {
        for (int i = 0; i < Trials.AN_HOUR; i++) {
            trials.send(person(7, Role.OPERATOR), "smpp", "514 555-0142", i % 2 == 0, "fr");
        }
        assertEquals("route.tooMany", refusal(person(7, Role.OPERATOR), "smpp", "514 555-0142").key());
        trials.send(person(8, Role.OPERATOR), "smpp", "514 555-0142", false, "fr");
        shop.frozen = shop.clock.now().plusSeconds(3_601);
        trials.send(person(7, Role.OPERATOR), "smpp", "514 555-0142", false, "fr");
    }
}
