package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.carillon.template.SmsMode;
import org.carillon.template.Translation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("KI-11: a text is tried on one's own phone")
class TextTrialsTest {

    private final Shop shop = new Shop();
    private final TextTrials trials = new TextTrials(shop.jdbi, shop.clock, shop.outbox, shop.routing, new Samples(shop.jdbi, new Facts(shop.fields), shop.fields));
    private final long zoe = shop.customer("Zoé", "fr", false, "+15145550199");
    private final long order = shop.order(zoe);

    private Person person(Scope scope) { return new Person(7, "a@garage.example", "Alex", Role.MANAGER, "fr", Person.Appearance.SYSTEM, scope, 1); }

    private long send(Scope scope, String to, String sms) {
        Samples.Reader reader = new Samples.Reader(zoe, Subject.order(order), "Zoé", "fr", "fr", "CA", SmsMode.TYPO, shop.routing.of(shop.location));
        return trials.send(person(scope), Channel.SMS, to, Map.of("fr", Translation.of(sms, "", "")), Purpose.TRANSACTIONAL, false, reader, shop.location);
    }

    private String refusal(Scope scope, String to, String sms) { return assertThrows(Invalid.class, () -> send(scope, to, sms)).key(); }

    @Test void isWhatTheCustomerWouldGetThoughItAsksNothingOfThem() {
        Map<String, Object> message = shop.jdbi.withHandle(h -> h.createQuery("select * from message_now where id = :id").bind("id", send(Scope.everything(), "514 555-0142", "Bonjour {customer.name}")).mapToMap().one());
        assertEquals("+15145550142", message.get("recipient"));
        assertEquals("Bonjour Zoé", message.get("text"));
        assertEquals("QUEUED", message.get("state"));
        assertEquals(shop.location, message.get("location_id"));
        assertNull(message.get("customer_id"), "Zoé has given no consent, and none is needed for a test");
        assertNull(message.get("automation_id"));
    }

    @Test void refusesByName() {
        assertEquals("phone.INVALID", refusal(Scope.everything(), "12", "Bonjour"));
        assertEquals("route.country", refusal(Scope.everything(), "+33 6 12 34 56 78", "Bonjour"));
        assertEquals("trial.noText", refusal(Scope.everything(), "514 555-0142", " "));
        assertEquals("trial.missing", refusal(Scope.everything(), "514 555-0142", "Votre {vehicle.make}"));
        assertEquals("trial.tooLong", refusal(Scope.everything(), "514 555-0142", "Bonjour ".repeat(300)));
        assertThrows(Invalid.class, () -> send(Scope.nothing(), "514 555-0142", "Bonjour"), "SEC-13");
    }

    @Test void countsWithTheTestsOfRoutes() {
        for (int i = 0; i < Trials.AN_HOUR; i++) {
            send(Scope.everything(), "514 555-0142", "Bonjour");
        }
        assertEquals("route.tooMany", refusal(Scope.everything(), "514 555-0142", "Bonjour"));
    }
}
