package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.carillon.Seeded;
import org.carillon.automation.LeadTime;
import org.carillon.automation.Timing.Unit;
import org.carillon.fact.Reason;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.QuietHours;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a reminder leaves: named cases, and random ones against a scan of the clock, minute by minute. */
class ReminderTimeTest {

    private static final String WEEK = "{\"MON\":[[\"08:00\",\"17:00\"]],\"TUE\":[[\"08:00\",\"12:00\"],[\"13:00\",\"17:30\"]],\"WED\":[[\"08:00\",\"17:00\"]],"
        + "\"THU\":[[\"08:00\",\"17:00\"]],\"FRI\":[[\"18:00\",\"02:00\"]]}";
    private static final QuietHours NIGHT = new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0));

    private static BusinessCalendar calendar(String zone) { return new BusinessCalendar(OpeningHours.parse(WEEK), Holidays.parse("[]"), ZoneId.of(zone)); }

    @ParameterizedTest(name = "{0} {1} {2} before {3} in {4}: {5}") @DisplayName("REL-44, REL-45, A-40, P-09, P-10")
    @CsvSource({
        // days are calendar days, hours are elapsed time
        "1, DAYS, any, 2026-03-08T09:00, America/Toronto, 2026-03-07T14:00:00Z",
        "24, HOURS, any, 2026-03-08T09:00, America/Toronto, 2026-03-07T13:00:00Z",
        "1, DAYS, any, 2026-11-01T09:00, America/Toronto, 2026-10-31T13:00:00Z",
        "24, HOURS, any, 2026-11-01T09:00, America/Toronto, 2026-10-31T14:00:00Z",
        // the wall time of a day before that the clock skips is the instant of the change; it is quiet then, so the morning
        "1, DAYS, none, 2026-03-09T02:30, America/Toronto, 2026-03-08T07:00:00Z",
        "1, DAYS, none, 2026-03-30T02:30, Europe/Paris, 2026-03-29T01:00:00Z",
        "1, DAYS, none, 2026-10-05T02:15, Australia/Lord_Howe, 2026-10-03T15:30:00Z",
        // what comes twice is its first coming
        "1, DAYS, none, 2026-11-02T01:30, America/Toronto, 2026-11-01T05:30:00Z",
        // quiet hours: the morning where the date is later, else the evening before, a quarter of an hour early
        "2, HOURS, any, 2027-03-08T09:30, America/Toronto, 2027-03-08T13:00:00Z",
        "2, HOURS, any, 2027-03-08T08:00, America/Toronto, 2027-03-08T01:45:00Z",
        "30, MINUTES, any, 2027-03-08T08:00, America/Toronto, 2027-03-08T01:45:00Z",
        "1, HOURS, any, 2027-03-08T22:00, America/Toronto, 2027-03-09T01:45:00Z",
        "59, MINUTES, any, 2027-03-08T21:30, America/Toronto, 2027-03-09T01:31:00Z",
        // into opening hours: the last opening before, past midnight too
        "2, HOURS, open, 2027-03-08T09:30, America/Toronto, 2027-03-06T06:45:00Z",
        "1, DAYS, open, 2027-03-10T12:30, America/Toronto, 2027-03-09T16:45:00Z",
        "1, DAYS, open, 2027-03-10T16:00, America/Toronto, 2027-03-09T21:00:00Z",
        "10, MINUTES, open, 2027-03-09T13:05, America/Toronto, 2027-03-09T16:45:00Z"})
    void leavesAt(int amount, Unit unit, String hours, String anchor, String zone, String expected) {
        SendTime time = SendTimeResolver.remind(new LeadTime(amount, unit, hours.equals("open"), false), LocalDateTime.parse(anchor), calendar(zone),
            hours.equals("none") ? QuietHours.NONE : NIGHT);
        assertEquals(Instant.parse(expected), ((SendTime.At) time).due());
    }

    @Test @DisplayName("A-40: without an opening in the two weeks before it says so")
    void saysThatNothingIsOpen() {
        BusinessCalendar closed = new BusinessCalendar(OpeningHours.parse("{}"), Holidays.parse("[]"), ZoneId.of("America/Toronto"));
        assertEquals(new SendTime.Missed(Reason.NO_OPENING), SendTimeResolver.remind(new LeadTime(1, Unit.DAYS, true, false), LocalDateTime.parse("2027-03-08T09:30"), closed, NIGHT));
    }

    @Test @DisplayName("A-40, REL-46: random reminders against a scan of the clock")
    void agreesWithAScanOfTheClock() {
        Seeded.run(3_000, random -> {
            ZoneId zone = ZoneId.of(Seeded.oneOf(random, java.util.List.of("America/Toronto", "Europe/Paris", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo", "Pacific/Apia")));
            BusinessCalendar calendar = calendar(zone.getId());
            LocalDateTime anchor = LocalDate.of(2024 + random.nextInt(7), 1 + random.nextInt(12), 1 + random.nextInt(28)).atTime(random.nextInt(24), random.nextInt(60));
            LeadTime lead = new LeadTime(1 + random.nextInt(40), Seeded.oneOf(random, java.util.List.of(Unit.values())), random.nextBoolean(), false);
            QuietHours quiet = new QuietHours(LocalTime.of(18 + random.nextInt(6), random.nextInt(60)), LocalTime.of(random.nextInt(10), random.nextInt(60)));
            Instant date = wall(anchor, zone);
            Instant wished = lead.unit() == Unit.DAYS ? wall(anchor.minusDays(lead.amount()), zone)
                : date.minus(lead.amount(), lead.unit() == Unit.HOURS ? ChronoUnit.HOURS : ChronoUnit.MINUTES);
            Instant real = ((SendTime.At) SendTimeResolver.remind(lead, anchor, calendar, quiet)).due();
            if (lead.intoOpeningHours()) {
                Instant scanned = wished;
                while (!calendar.openAt(scanned)) {
                    scanned = scanned.minus(1, ChronoUnit.MINUTES);
                }
                assertTrue(real.equals(wished) && scanned.equals(wished)
                    || calendar.openAt(real) && Duration.between(real, scanned.plus(1, ChronoUnit.MINUTES)).equals(SendTimeResolver.MARGIN), () -> lead + " before " + anchor + " " + zone + ": " + real);
                return;
            }
            assertEquals(expected(wished, date, quiet, zone), real, () -> lead + " before " + anchor + " " + zone + ", quiet " + quiet);
        });
    }

    private static Instant expected(Instant wished, Instant date, QuietHours quiet, ZoneId zone) {
        if (!isQuiet(wished, quiet, zone)) {
            return wished;
        }
        Instant end = wished;
        while (isQuiet(end, quiet, zone)) {
            end = end.plus(1, ChronoUnit.MINUTES);
        }
        Instant start = wished;
        while (isQuiet(start.minus(1, ChronoUnit.MINUTES), quiet, zone)) {
            start = start.minus(1, ChronoUnit.MINUTES);
        }
        return end.isBefore(date) ? end : start.minus(SendTimeResolver.MARGIN);
    }

    private static boolean isQuiet(Instant at, QuietHours quiet, ZoneId zone) {
        LocalTime clock = at.atZone(zone).toLocalTime();
        return quiet.from().isAfter(quiet.to()) ? !clock.isBefore(quiet.from()) || clock.isBefore(quiet.to()) : !clock.isBefore(quiet.from()) && clock.isBefore(quiet.to());
    }

    /** By trying instants: the first at which the wall shows this time or a later one. */
    private static Instant wall(LocalDateTime local, ZoneId zone) {
        Instant at = ZonedDateTime.of(local, zone).toInstant().minus(3, ChronoUnit.HOURS);
        while (at.atZone(zone).toLocalDateTime().isBefore(local)) {
            at = at.plus(1, ChronoUnit.MINUTES);
        }
        return at;
    }
}
