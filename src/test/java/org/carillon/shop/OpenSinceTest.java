package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.carillon.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("B-16, B-17: time limits are counted on opening hours")
class OpenSinceTest {

    private static final Duration FAR = Duration.ofDays(60);
    private static final String WEEKDAYS = "{'MON':*,'TUE':*,'WED':*,'THU':*,'FRI':*}";

    @DisplayName("B-16, B-17")
    @ParameterizedTest(name = "{0}, {1}: {4} minutes before {3} it was {5}")
    @CsvSource(delimiter = '|', value = {
        "America/Toronto | ['08:00','18:00']                   |              | 2026-11-24T16:00:00Z |  240 | 2026-11-23T22:00:00Z",  // 4 h set at 17:00 end 3 h after the next opening
        "America/Toronto | ['08:00','18:00']                   |              | 2026-11-24T15:59:00Z |  240 | 2026-11-23T21:59:00Z",
        "America/Toronto | ['09:00','18:00']                   |              | 2026-11-24T14:10:00Z |   15 | 2026-11-23T22:55:00Z",  // B-17: 15 min set at 17:55 end at 9:10
        "America/Toronto | ['08:00','18:00']                   |              | 2026-11-23T15:00:00Z |   60 | 2026-11-23T14:00:00Z",  // within one window
        "America/Toronto | ['08:00','18:00']                   |              | 2026-11-23T14:00:00Z |   60 | 2026-11-23T13:00:00Z",  // exactly the opening, not the night before
        "America/Toronto | ['08:00','18:00']                   |              | 2026-11-24T03:00:00Z |   60 | 2026-11-23T22:00:00Z",  // asked at night
        "America/Toronto | ['08:00','18:00']                   |              | 2026-11-23T14:00:00Z |  120 | 2026-11-20T22:00:00Z",  // over the weekend
        "America/Toronto | ['08:00','12:00'],['13:00','17:00'] |              | 2026-11-23T19:00:00Z |  120 | 2026-11-23T16:00:00Z",  // over lunch
        "America/Toronto | ['08:00','18:00']                   | 2026-11-24   | 2026-11-25T14:00:00Z |  120 | 2026-11-23T22:00:00Z",  // over a holiday
        "Europe/Paris    | ['20:00','02:00']                   |              | 2026-11-24T19:30:00Z |   60 | 2026-11-24T00:30:00Z",  // past midnight, counted to 02:00
        "Europe/Paris    | ['20:00','02:00']                   |              | 2026-11-21T02:00:00Z |  360 | 2026-11-20T19:00:00Z",  // Friday's window ends on Saturday
        "Europe/Paris    | ['22:00','08:00']                   | 2027-03-29   | 2027-03-27T06:00:00Z |  540 | 2027-03-26T21:00:00Z",  // a night of usual length
        "America/Toronto | ['00:00','24:00']                   |              | 2027-03-15T04:00:00Z |   60 | 2027-03-13T04:00:00Z"})
    void countsBack(String zone, String windows, String holiday, String to, int minutes, String since) {
        assertEquals(Optional.of(Instant.parse(since)), calendar(WEEKDAYS.replace("*", "[" + windows + "]"), holiday == null ? "[]" : "['" + holiday + "']", zone)
            .openSince(Instant.parse(to), Duration.ofMinutes(minutes), FAR));
    }

    @Test @DisplayName("B-16, REL-45: a night of spring has an hour less, one of autumn an hour more")
    void daylightSaving() {
        BusinessCalendar nights = calendar("{'SAT':[['22:00','06:00']]}", "[]", "America/Toronto");
        Instant spring = Instant.parse("2027-03-14T10:00:00Z");  // 06:00 on Sunday
        assertEquals(Optional.of(Instant.parse("2027-03-14T03:00:00Z")), nights.openSince(spring, Duration.ofHours(7), Duration.ofDays(2)));
        assertEquals(Optional.empty(), nights.openSince(spring, Duration.ofHours(8), Duration.ofDays(2)));
        Instant autumn = Instant.parse("2026-11-01T11:00:00Z");
        assertEquals(Optional.of(Instant.parse("2026-11-01T02:00:00Z")), nights.openSince(autumn, Duration.ofHours(9), Duration.ofDays(2)));
    }

    @Test
    void aShopThatNeverOpensCountsNothing() {
        assertEquals(Optional.empty(), calendar("{}", "[]", "Asia/Tokyo").openSince(Instant.parse("2026-11-24T16:00:00Z"), Duration.ofMinutes(1), FAR));
    }

    @Test @DisplayName("B-16: agrees with a scan of every minute, for any hours, holidays and zones")
    void agreesWithTheScan() {
        Seeded.run(2_000, random -> {
            ZoneId zone = RandomCalendars.zone(random);
            Instant to = RandomCalendars.instant(random, zone);
            BusinessCalendar calendar = RandomCalendars.calendar(random, zone, to.atZone(zone).toLocalDate());
            MinuteScan scan = new MinuteScan(calendar);
            int open = random.nextInt(1, 3_000);
            long last = to.getEpochSecond() / 60;
            long first = last - 20 * 1_440;
            long minute = last;
            int counted = 0;
            while (counted < open && minute > first) {
                counted += scan.openAt(--minute) ? 1 : 0;
            }
            Optional<Instant> expected = counted == open ? Optional.of(Instant.ofEpochSecond(minute * 60)) : Optional.empty();
            assertEquals(expected, calendar.openSince(to, Duration.ofMinutes(open), Duration.ofDays(20)), () -> calendar + " at " + to + ", " + open + " min");
        });
    }

    private static BusinessCalendar calendar(String hours, String holidays, String zone) {
        return new BusinessCalendar(OpeningHours.parse(hours.replace('\'', '"')), Holidays.parse(holidays.replace('\'', '"')), ZoneId.of(zone));
    }
}
