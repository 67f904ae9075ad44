package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.Seeded;
import org.carillon.shop.OfferHours.Whereabouts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class OfferHoursTest {

    private static final QuietHours QUIET = new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0));

    @ParameterizedTest(name = "{4}") @DisplayName("LAW-08, LAW-09, LAW-10, REL-55: the first good moment for an offer")
    @CsvFileSource(resources = "/cases/offer-hours.csv", delimiter = ';', numLinesToSkip = 1)
    void leavesAtTheFirstGoodMoment(String shop, String reader, String from, String expected, String why) {
        List<Whereabouts> places = new ArrayList<>();
        for (String place : reader == null ? new String[0] : reader.split(" ")) {
            places.add(place(place));
        }
        OfferHours hours = OfferHours.sms(place(shop), places, QUIET, null);
        assertEquals(Optional.of(instant(expected)), hours.nextOpening(instant(from), Duration.ofDays(14)), why);
    }

    private static Whereabouts place(String text) { return new Whereabouts(text.substring(0, 2), ZoneId.of(text.substring(3))); }

    /** {@code 2026-11-20T20:00@Europe/Paris}. */
    private static Instant instant(String text) {
        return LocalDateTime.parse(text.split("@")[0]).atZone(ZoneId.of(text.split("@")[1])).toInstant();
    }

    @Test @DisplayName("LAW-08: never on the eleven French public holidays of any year, nor on a Sunday")
    void keepsFrenchHolidays() {
        OfferHours paris = OfferHours.sms(new Whereabouts("FR", ZoneId.of("Europe/Paris")), List.of(), QuietHours.NONE, null);
        for (String day : List.of("2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11",
                "2026-12-25", "2027-03-29", "2027-05-06", "2027-05-17", "2026-11-22")) {
            for (int hour = 0; hour < 24; hour++) {
                assertFalse(paris.openAt(instant(day + "T" + (hour < 10 ? "0" : "") + hour + ":30@Europe/Paris")), day);
            }
        }
        assertTrue(paris.openAt(instant("2026-11-23T08:00@Europe/Paris")));
        assertFalse(paris.openAt(instant("2026-11-23T20:00@Europe/Paris")));
    }

    @Test @DisplayName("The company may be stricter than the law, never laxer")
    void isOnlyEverNarrower() {
        Whereabouts montreal = new Whereabouts("CA", ZoneId.of("America/Toronto"));
        OfferHours law = OfferHours.sms(montreal, List.of(), QUIET, null);
        OfferHours wide = OfferHours.sms(montreal, List.of(), QUIET, OpeningHours.of(List.of(new Window(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)), DayOfWeek.values()));
        OfferHours narrow = OfferHours.sms(montreal, List.of(), QUIET, OpeningHours.of(List.of(new Window(LocalTime.of(10, 0), LocalTime.NOON)), DayOfWeek.TUESDAY));
        Instant from = instant("2026-11-23T00:00@America/Toronto");
        for (int minute = 0; minute < 7 * 1_440; minute += 7) {
            Instant at = from.plus(Duration.ofMinutes(minute));
            assertEquals(law.openAt(at), wide.openAt(at));
            assertTrue(law.openAt(at) || !narrow.openAt(at));
        }
        assertEquals(Optional.of(instant("2026-11-24T10:00@America/Toronto")), narrow.nextOpening(from, Duration.ofDays(14)));
        OfferHours never = OfferHours.sms(montreal, List.of(), QUIET, OpeningHours.NEVER);
        assertEquals(Optional.empty(), never.nextOpening(from, Duration.ofDays(14)));
    }

    @Test @DisplayName("LAW-08 to 10, REL-55: minute by minute as the oracle, across every change of the clock")
    void agreesWithTheMinuteScan() {
        List<String> countries = List.of("FR", "US", "CA", "BE");
        List<String> zones = List.of("Europe/Paris", "America/Toronto", "America/St_Johns", "America/Los_Angeles", "Pacific/Honolulu", "America/Halifax", "Indian/Reunion");
        Seeded.run(60, random -> {
            Whereabouts shop = new Whereabouts(countries.get(random.nextInt(4)), ZoneId.of(zones.get(random.nextInt(zones.size()))));
            List<Whereabouts> reader = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                reader.add(new Whereabouts(countries.get(random.nextInt(4)), ZoneId.of(zones.get(random.nextInt(zones.size())))));
            }
            QuietHours quiet = new QuietHours(LocalTime.of(random.nextInt(24), random.nextInt(60)), LocalTime.of(random.nextInt(24), random.nextInt(60)));
            OfferHours hours = OfferHours.sms(shop, reader, quiet, null);
            List<MinuteScan> scans = hours.calendars().stream().map(MinuteScan::new).toList();
            long first = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() / 60 + random.nextInt(2 * 365 * 1_440);
            Instant from = Instant.ofEpochSecond(first * 60);
            Optional<Instant> expected = Optional.empty();
            for (long minute = first; minute <= first + 5 * 1_440; minute++) {
                long at = minute;
                boolean open = scans.stream().allMatch(s -> s.openAt(at));
                if (minute % 61 == 0) {
                    assertEquals(open, hours.openAt(Instant.ofEpochSecond(minute * 60)));
                }
                if (open) {
                    expected = Optional.of(Instant.ofEpochSecond(minute * 60));
                    break;
                }
            }
            assertEquals(expected, hours.nextOpening(from, Duration.ofDays(5)), shop + " " + reader + " " + quiet + " from " + from);
        });
    }
}
