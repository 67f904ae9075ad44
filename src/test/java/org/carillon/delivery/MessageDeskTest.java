package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.carillon.delivery.MessageDesk.Stopped;
import org.carillon.fact.Invalid;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** T14 and T16 by hand. */
class MessageDeskTest {

    private DeliveryFixture shop;
    private MessageDesk desk;

    @BeforeEach void open() {
        shop = new DeliveryFixture();
        desk = new MessageDesk(shop.jdbi, shop.clock);
    }

    private static Person person(Role role, Scope scope) { return new Person(1, "a@shop.test", "Ana", role, "fr", Person.Appearance.SYSTEM, scope, 1); }

    private Person here() { return person(Role.ADVISOR, Scope.of(Set.of(shop.location))); }

    @Test @DisplayName("T16: what waits is cancelled, by whom is kept, and a second time it is over")
    void stopsWhatWaits() {
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        assertEquals(Stopped.YES, desk.stop(here(), id));
        assertEquals("CANCELLED", shop.state(id));
        assertEquals("STOPPED_BY_STAFF", shop.reason(id));
        assertEquals("Ana", shop.jdbi.withHandle(h -> h.createQuery("select actor from message_event where message_id = :id and to_state = 'CANCELLED'").bind("id", id).mapTo(String.class).one()));
        assertEquals(Stopped.OVER, desk.stop(here(), id));
        assertEquals(0, shop.drain());
    }

    @Test @DisplayName("T14: what is unknown is closed and not sent again")
    void closesTheUnknown() {
        shop.sms.always(Verdict.UNKNOWN);
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        shop.drain();
        assertEquals(Stopped.YES, desk.stop(here(), id));
        assertEquals("UNKNOWN_CLOSED", shop.state(id));
        shop.advance(java.time.Duration.ofMinutes(10));
        shop.sweep();
        assertEquals(0, shop.drain());
    }

    @Test @DisplayName("T16: what is being sent is too late; where it comes back, it is cancelled")
    void isTooLateWhileItIsSent() {
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        shop.sms.answer = o -> {
            assertEquals(Stopped.UNDER_WAY, desk.stop(here(), id));
            return ScriptedGateway.refuse(Verdict.TEMPORARY);
        };
        shop.drain();
        assertEquals("CANCELLED", shop.state(id));
    }

    @Test @DisplayName("SEC-13: another location's message is not there, nor anybody's for an operator")
    void isNotThereForOthers() {
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        for (Person other : List.of(person(Role.MANAGER, Scope.of(Set.of(shop.location + 1))), person(Role.OPERATOR, Scope.everything()))) {
            assertThrows(Invalid.class, () -> desk.stop(other, id));
        }
        assertEquals("QUEUED", shop.state(id));
    }
}
