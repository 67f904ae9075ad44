package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.carillon.Seeded;
import org.carillon.automation.Timing;
import org.carillon.fact.Reason;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.MinuteScan;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.RandomCalendars;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SendTimeResolverTest {

    private static final String DAY = "[['08:00','12:00'],['13:00','17:30']]";
    private static final Map<String, String> WEEKS = Map.of(
        "GARAGE", "{'MON':#,'TUE':#,'WED':#,'THU':#,'FRI':#,'SAT':[['09:00','12:00']]}".replace("#", DAY),
        "BAR", "{'FRI':[['20:00','03:00']],'SAT':[['20:00','03:00']]}",
        "NEVER", "{}",
        "ALWAYS", "{'MON':#,'TUE':#,'WED':#,'THU':#,'FRI':#,'SAT':#,'SUN':#}".replace("#", "[['00:00','24:00']]"));

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/cases/send-times.csv", delimiter = '|', quoteCharacter = '~', numLinesToSkip = 1)
    void delayFirstThenHours(String name, OffsetDateTime event, String delay, String hours, String zone, String week, String holidays, String due, String closes) {
        Timing timing = new Timing(Integer.parseInt(delay.split(" ")[0]), Timing.Unit.valueOf(delay.split(" ")[1]), hours.equals("open"));
        BusinessCalendar calendar = new BusinessCalendar(
            OpeningHours.parse(WEEKS.getOrDefault(week, week).replace('\'', '"')), Holidays.parse(holidays), ZoneId.of(zone));
        SendTime resolved = SendTimeResolver.resolve(timing, event.toInstant(), calendar);
        if (due.equals("NO_OPENING")) {
            assertEquals(new SendTime.Missed(Reason.NO_OPENING), resolved);
            return;
        }
        SendTime.At at = assertInstanceOf(SendTime.At.class, resolved);
        assertEquals(OffsetDateTime.parse(due).toInstant(), at.due());
        if (closes.equals("far")) {
            assertFalse(at.windowEnd().orElseThrow().isBefore(at.due().plus(SendTimeResolver.HORIZON)));
        } else {
            assertEquals(closes.equals("-") ? Optional.empty() : Optional.of(OffsetDateTime.parse(closes).toInstant()), at.windowEnd());
        }
    }

    @Test @DisplayName("REL-46: 10,000 random calendars, zones, events and delays against a scan of every minute")
    void agreesWithTheMinuteScan() {
        Seeded.run(10_000, random -> {
            ZoneId zone = RandomCalendars.zone(random);
            Instant event = RandomCalendars.instant(random, zone).plusMillis(random.nextInt(60_000));
            Timing timing = new Timing(random.nextInt(48), Seeded.oneOf(random, java.util.List.of(Timing.Unit.MINUTES, Timing.Unit.HOURS)), true);
            Instant due = event.plus(timing.duration());
            BusinessCalendar calendar = RandomCalendars.calendar(random, zone, due.atZone(zone).toLocalDate());
            MinuteScan oracle = new MinuteScan(calendar);
            Optional<Instant> expected = oracle.nextOpening(due, 14 * 1_440);
            SendTime resolved = SendTimeResolver.resolve(timing, event, calendar);
            if (expected.isEmpty()) {
                assertEquals(new SendTime.Missed(Reason.NO_OPENING), resolved);
            } else {
                SendTime.At at = assertInstanceOf(SendTime.At.class, resolved);
                assertEquals(expected.get(), at.due());
                Instant end = at.windowEnd().orElseThrow();
                assertTrue(oracle.openAt(end.minusSeconds(60)), "open in the last minute");
                assertTrue(!oracle.openAt(end) || end.isAfter(at.due().plus(SendTimeResolver.HORIZON).minusSeconds(1)), "closed at the end");
            }
        });
    }
}
