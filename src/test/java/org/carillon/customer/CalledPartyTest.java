package org.carillon.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalledPartyTest {

    @ParameterizedTest @DisplayName("REL-55, LAW-09: the area code tells the zone, or all that it may be")
    @CsvSource({"+15145550142,CA/America/Toronto", "+14185550142,CA/America/Halifax CA/America/Toronto", "+12125550142,US/America/New_York", "+13105550142,US/America/Los_Angeles",
        "+17095550142,CA/America/Halifax CA/America/St_Johns", "+33612345678,FR/Europe/Paris", "+262692123456,RE/Indian/Mayotte RE/Indian/Reunion", "+32470123456,BE/Europe/Brussels",
        "+13065550142,CA/America/Regina", "+41791234567,CH/Europe/Zurich"})
    void knowsWhereANumberIsAtHome(String number, String expected) {
        assertEquals(expected, CalledParty.of(number).stream().map(w -> w.country() + "/" + w.zone()).sorted().collect(Collectors.joining(" ")));
    }

    @Test @DisplayName("REL-55: a number that nobody can read leaves the shop's own place; the table names only zones that exist")
    void knowsItsLimits() {
        assertEquals(0, CalledParty.of("nobody").size());
        assertTrue(CalledParty.read().size() > 600, "area codes and calling codes: " + CalledParty.read().size());
    }
}
