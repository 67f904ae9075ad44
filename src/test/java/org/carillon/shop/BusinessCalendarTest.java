package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.carillon.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BusinessCalendarTest {

    private static final Duration FORTNIGHT = Duration.ofDays(14);

    @Test
    void isOpenFromTheOpeningInstantUpToNotIncludingTheClosing() {
        BusinessCalendar calendar = calendar("{\"MON\":[[\"08:00\",\"12:00\"],[\"13:00\",\"17:30\"]]}", "[]", "America/Toronto");
        assertFalse(calendar.openAt(Instant.parse("2026-11-23T12:59:59.999Z")));
        assertTrue(calendar.openAt(Instant.parse("2026-11-23T13:00:00Z")));
        assertTrue(calendar.openAt(Instant.parse("2026-11-23T16:59:59.999Z")));
        assertFalse(calendar.openAt(Instant.parse("2026-11-23T17:00:00Z")));
        assertEquals(Optional.of(Instant.parse("2026-11-23T17:00:00Z")), calendar.windowEnd(Instant.parse("2026-11-23T13:00:00Z")));
        assertEquals(Optional.empty(), calendar.windowEnd(Instant.parse("2026-11-23T17:00:00Z")));
        assertEquals(Optional.of(Instant.parse("2026-11-23T18:00:00Z")), calendar.nextOpening(Instant.parse("2026-11-23T17:00:00Z"), FORTNIGHT));
        assertEquals(Optional.of(Instant.parse("2026-11-23T14:00:00Z")), calendar.nextOpening(Instant.parse("2026-11-23T14:00:00Z"), FORTNIGHT));
    }

    @Test @DisplayName("REL-46: a window past midnight belongs to its start day, also for holidays")
    void pastMidnight() {
        String hours = "{\"FRI\":[[\"20:00\",\"02:00\"]],\"SAT\":[[\"20:00\",\"02:00\"]]}";
        BusinessCalendar usual = calendar(hours, "[]", "Europe/Paris");
        assertTrue(usual.openAt(Instant.parse("2026-11-21T00:30:00Z")));
        assertEquals(Optional.of(Instant.parse("2026-11-21T01:00:00Z")), usual.windowEnd(Instant.parse("2026-11-20T21:00:00Z")));
        BusinessCalendar closedSaturday = calendar(hours, "[\"2026-11-21\"]", "Europe/Paris");
        assertTrue(closedSaturday.openAt(Instant.parse("2026-11-21T00:30:00Z")), "Friday's window stays");
        assertFalse(closedSaturday.openAt(Instant.parse("2026-11-22T00:30:00Z")), "Saturday's window goes whole");
    }

    @Test
    void windowsThatTouchAreOne() {
        BusinessCalendar calendar = calendar("{\"MON\":[[\"08:00\",\"12:00\"],[\"12:00\",\"24:00\"]],\"TUE\":[[\"00:00\",\"09:00\"]]}", "[]", "America/Toronto");
        assertEquals(Optional.of(Instant.parse("2026-11-24T14:00:00Z")), calendar.windowEnd(Instant.parse("2026-11-23T15:00:00Z")));
    }

    @Test
    void aShopThatNeverClosesIsOpenForAtLeastAFortnight() {
        String day = "[[\"00:00\",\"24:00\"]]";
        BusinessCalendar always = calendar("{'MON':*,'TUE':*,'WED':*,'THU':*,'FRI':*,'SAT':*,'SUN':*}".replace("*", day).replace('\'', '"'), "[]", "Asia/Tokyo");
        Instant now = Instant.parse("2026-11-23T15:00:00Z");
        assertTrue(always.windowEnd(now).orElseThrow().isAfter(now.plus(FORTNIGHT).minusSeconds(1)));
    }

    @Test @DisplayName("REL-45: an edge in the doubled hour never makes the window longer")
    void edgesInTheDoubledHour() {
        BusinessCalendar night = calendar("{\"SUN\":[[\"01:30\",\"03:00\"]],\"SAT\":[[\"22:00\",\"01:15\"]]}", "[]", "America/Toronto");
        assertEquals(Optional.of(Instant.parse("2026-11-01T05:15:00Z")), night.windowEnd(Instant.parse("2026-11-01T03:00:00Z")), "closes at the first 01:15");
        assertEquals(Optional.of(Instant.parse("2026-11-01T06:30:00Z")), night.nextOpening(Instant.parse("2026-11-01T05:15:00Z"), FORTNIGHT), "opens at the second 01:30");
    }

    @Test @DisplayName("REL-46: 10,000 random calendars in random zones over 14 days against a scan of every minute")
    void agreesWithTheMinuteScan() {
        Seeded.run(10_000, random -> {
            ZoneId zone = RandomCalendars.zone(random);
            Instant start = RandomCalendars.instant(random, zone);
            BusinessCalendar calendar = RandomCalendars.calendar(random, zone, start.atZone(zone).toLocalDate());
            MinuteScan oracle = new MinuteScan(calendar);
            boolean open = calendar.openAt(start);
            long change = next(calendar, start, open);
            long first = start.getEpochSecond() / 60;
            for (long minute = first; minute < first + FORTNIGHT.toMinutes(); minute++) {
                if (minute == change) {
                    open = !open;
                    change = next(calendar, Instant.ofEpochSecond(minute * 60), open);
                }
                if (oracle.openAt(minute) != open) {
                    throw new AssertionError(calendar + ": the oracle says " + !open + " at " + Instant.ofEpochSecond(minute * 60));
                }
            }
        });
    }

    /** The minute at which the shop closes when open, opens when closed. */
    private static long next(BusinessCalendar calendar, Instant from, boolean open) {
        Optional<Instant> next = open ? calendar.windowEnd(from) : calendar.nextOpening(from, FORTNIGHT.plusDays(1));
        return next.map(i -> i.getEpochSecond() / 60).orElse(Long.MAX_VALUE);
    }

    static BusinessCalendar calendar(String hours, String holidays, String zone) {
        return new BusinessCalendar(OpeningHours.parse(hours), Holidays.parse(holidays), ZoneId.of(zone));
    }
}
