package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.carillon.fact.Actor;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the desk refuses of a location, whatever the browser let through. */
class LocationDeskTest {

    private final Location stored = new Location() {
        @Override public Long id() { return 1L; }
    };
    private final LocationDesk desk = new LocationDesk(new Locations() {
        @Override Optional<Location> byCode(String code) { return Optional.of(stored); }
        @Override void flush() { }
    }, (location, actor) -> { }, null);

    private Location from(String sender) {
        Given<String> none = Given.absent();
        return desk.put(Scope.everything(), "MTL", new LocationState(none, none, none, none, Given.absent(), Given.absent(), Given.absent(), Given.absent(), none, none,
            Given.of(sender), none, none, none), Actor.staff("Luc"));
    }

    @ParameterizedTest @ValueSource(strings = {"rosemont", "rosemont@", "@garage.example", "rosemont@garage", "a@garage.example, b@garage.example", "Garage rosemont@garage.example",
        "Garage <rosemont@garage.example", "<rosemont@garage.example>x", "Garage\nBcc: x@y.example <rosemont@garage.example>", "léo@garage.example"})
    void refusesASenderThatNoLetterCanCarry(String sender) {
        Invalid refusal = assertThrows(Invalid.class, () -> from(sender));
        assertEquals("emailFrom location.emailFrom", refusal.field() + " " + refusal.key());
        assertEquals("", stored.emailFrom());
    }

    @Test void takesAnAddressWithOrWithoutANameAndNone() {
        assertEquals("rosemont@garage.example", from("rosemont@garage.example").emailFrom());
        assertEquals("Garage Léo <rosemont@garage.example>", from("Garage Léo <rosemont@garage.example>").emailFrom());
        assertEquals("", from("").emailFrom());
        assertEquals("", from(null).emailFrom());
    }
}
