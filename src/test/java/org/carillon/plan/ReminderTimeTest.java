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
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.carillon.Seeded;
import org.carillon.automation.LeadTime;
import org.carillon.automation.Timing;
import org.carillon.automation.Timing.Unit;
import org.carillon.fact.Reason;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.MinuteScan;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.QuietHours;
import org.carillon.shop.RandomCalendars;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a reminder leaves: named cases, and random ones against a scan of the clock, minute by minute. */
class ReminderTimeTest {

    private static final String WEEK = "{\"MON\":[[\"08:00\",\"17:00\"]],\"TUE\":[[\"08:00\",\"12:00\"],[\"13:00\",\"17:30\"]],\"WED\":[[\"08:00\",\"17:00\"]],"
        + "\"THU\":[[\"08:00\",\"17:00\"]],\"FRI\":[[\"18:00\",\"02:00\"]]}";
    private static final QuietHours NIGHT = new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0));

    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2031-01-01T00:00:00Z");

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
            ZoneId zone = ZoneId.of(Seeded.oneOf(random, List.of("America/Toronto", "Europe/Paris", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo", "Pacific/Apia")));
            BusinessCalendar calendar = calendar(zone.getId());
            LocalDateTime anchor = LocalDate.of(2024 + random.nextInt(7), 1 + random.nextInt(12), 1 + random.nextInt(28)).atTime(random.nextInt(24), random.nextInt(60));
            LeadTime lead = new LeadTime(1 + random.nextInt(40), Seeded.oneOf(random, List.of(Unit.values())), random.nextBoolean(), false);
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

    @Test @DisplayName("REL-45, REL-44: in every zone at every change of 2024 to 2030 reminders and delays leave as a scan of the clock says")
    void everyTransitionOfEveryZone() {
        Set<ZoneRules> seen = new HashSet<>();
        int changes = 0;
        Random random = new Random(20261122);
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            ZoneRules rules = zone.getRules();
            if (!seen.add(rules)) {
                continue;  // another name of the same clock
            }
            for (ZoneOffsetTransition change = rules.nextTransition(FROM); change != null && change.getInstant().isBefore(TO); change = rules.nextTransition(change.getInstant())) {
                changes++;
                LocalDateTime start = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
                for (int minutes : new int[] {-61, -1, 0, 1, 29, 30, 59, 60, 61}) {
                    remindsAround(start.plusMinutes(minutes), start, zone, id);
                }
                delaysAround(random, change.getInstant(), zone, id);
            }
        }
        assertTrue(changes > 500, "only " + changes + " changes seen");
    }

    private static void remindsAround(LocalDateTime wished, LocalDateTime change, ZoneId zone, String id) {
        String about = id + " " + wished;
        BusinessCalendar calendar = new BusinessCalendar(OpeningHours.parse(WEEK), Holidays.parse("[]"), zone);
        LocalDateTime anchor = wished.plusDays(1);
        Instant date = wall(anchor, zone);
        assertEquals(wall(wished, zone), at(1, Unit.DAYS, anchor, calendar, QuietHours.NONE), about + ", a day before");
        assertEquals(date.minus(24, ChronoUnit.HOURS), at(24, Unit.HOURS, anchor, calendar, QuietHours.NONE), about + ", 24 hours before");
        assertEquals(wall(wished, zone).minus(30, ChronoUnit.MINUTES), at(30, Unit.MINUTES, wished, calendar, QuietHours.NONE), about + ", 30 minutes before");
        QuietHours night = new QuietHours(LocalTime.of(20, 30), LocalTime.of(8, 0));
        assertEquals(expected(wall(wished, zone), date, night, zone), at(1, Unit.DAYS, anchor, calendar, night), about + ", a day before, out of the night");
        QuietHours edge = new QuietHours(LocalTime.of(20, 30), change.toLocalTime().plusMinutes(30));
        if (zone.getRules().getValidOffsets(change.plusMinutes(30)).isEmpty() && edge.to().isBefore(edge.from())) {  // an edge that is shown twice is quiet until its second coming: QuietHours
            assertEquals(expected(wall(wished, zone), date, edge, zone), at(1, Unit.DAYS, anchor, calendar, edge), about + ", a day before, where the quiet ends in the gap");
        }
    }

    private static Instant at(int amount, Unit unit, LocalDateTime anchor, BusinessCalendar calendar, QuietHours quiet) {
        return ((SendTime.At) SendTimeResolver.remind(new LeadTime(amount, unit, false, false), anchor, calendar, quiet)).due();
    }

    /** A delay that ends around the change, and the opening that follows it; a reminder into opening hours, and the closing that it precedes. */
    private static void delaysAround(Random random, Instant change, ZoneId zone, String id) {
        BusinessCalendar calendar = RandomCalendars.calendar(random, zone, change.atZone(zone).toLocalDate());
        MinuteScan scan = new MinuteScan(calendar);
        for (int minutes : new int[] {-61, -1, 0, 30, 61}) {
            Instant due = change.plus(minutes, ChronoUnit.MINUTES);
            SendTime resolved = SendTimeResolver.resolve(new Timing(3, Unit.HOURS, true), due.minus(3, ChronoUnit.HOURS), calendar);
            assertEquals(scan.nextOpening(due, 14 * 1_440), resolved instanceof SendTime.At at ? Optional.of(at.due()) : Optional.empty(), () -> id + " " + due + " " + calendar);
            LocalDateTime anchor = due.atZone(zone).toLocalDateTime().plusHours(2);
            Instant wished = wall(anchor, zone).minus(2, ChronoUnit.HOURS);
            SendTime into = SendTimeResolver.remind(new LeadTime(2, Unit.HOURS, true, false), anchor, calendar, QuietHours.NONE);
            if (into instanceof SendTime.At at) {
                assertTrue(scan.openAt(at.due()), () -> id + " " + anchor + ": closed at " + at.due() + " " + calendar);
                assertTrue(!at.due().isAfter(wished) && (!scan.openAt(wished) || at.due().equals(wished)), () -> id + " " + anchor + " " + at.due());
            }
        }
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
