package org.carillon.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comparisons with time mean at one location, case by case. */
class SpanTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    private static final String WEEKDAYS = "\"MON\":[[\"08:00\",\"17:00\"]],\"TUE\":[[\"08:00\",\"17:00\"]],\"WED\":[[\"08:00\",\"17:00\"]],\"THU\":[[\"08:00\",\"17:00\"]],\"FRI\":[[\"08:00\",\"17:00\"]]";

    private static LocalDays garage(boolean saturday, String holidays) {
        return new LocalDays(1, new BusinessCalendar(OpeningHours.parse("{" + WEEKDAYS + (saturday ? ",\"SAT\":[[\"09:00\",\"12:00\"]]" : "") + "}"), Holidays.parse(holidays), TORONTO));
    }

    private static Moment at(String local) { return Moment.at(LocalDateTime.parse(local).atZone(TORONTO).toInstant()); }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # A-18: asked in the morning of               | Saturday | n | from       | to
        Tuesday finds Monday                          | 2026-11-24T09:00 | false | 1 | 2026-11-23 | 2026-11-24
        Monday finds Friday and the weekend           | 2026-11-23T09:00 | false | 1 | 2026-11-20 | 2026-11-23
        Monday finds Saturday where that is open      | 2026-11-23T09:00 | true  | 1 | 2026-11-21 | 2026-11-23
        Saturday finds Friday where it is open        | 2026-11-21T09:00 | true  | 1 | 2026-11-20 | 2026-11-21
        Sunday finds nothing, Monday will             | 2026-11-22T09:00 | true  | 1 |            |
        after a Monday holiday Tuesday finds Friday   | 2026-10-13T09:00 | false | 1 | 2026-10-09 | 2026-10-13
        the holiday itself finds nothing              | 2026-10-12T09:00 | false | 1 |            |
        two open days before Monday is Thursday       | 2026-11-23T09:00 | false | 2 | 2026-11-19 | 2026-11-20
        none ago is today                             | 2026-11-23T09:00 | false | 0 | 2026-11-23 | 2026-11-24
        """)
    @DisplayName("A-18: so many open days ago, by the location's own calendar")
    void countsOpenDays(String name, String local, boolean saturday, int n, LocalDate from, LocalDate to) {
        List<Span<LocalDate>> days = Span.days(Operator.EXACTLY, new Value.OpenDaysAgo(n), garage(saturday, "[\"2026-10-12\"]"), at(local));
        assertEquals(from == null ? List.of() : List.of(new Span<>(from, to)), days);
    }

    @Test @DisplayName("A-18: whoever runs on every open day finds every day of a year exactly once")
    void findsEveryDayOnce() {
        LocalDays garage = garage(true, "[{\"yearly\":\"12-25\"},{\"yearly\":\"12-26\"},{\"month\":10,\"weekday\":\"MON\",\"nth\":2}]");
        List<LocalDate> found = LocalDate.of(2026, 1, 8).datesUntil(LocalDate.of(2027, 1, 8)).flatMap(day ->
            Span.days(Operator.EXACTLY, new Value.OpenDaysAgo(1), garage, at(day + "T11:00")).stream().flatMap(s -> s.from().datesUntil(s.to()))).toList();
        assertEquals(LocalDate.of(2026, 1, 7).datesUntil(LocalDate.of(2027, 1, 7)).collect(Collectors.toList()), found);
    }

    @Test @DisplayName("A-23: whoever runs on every open day speaks of every day to come once, on the open day before")
    void remindsOnTheOpenDayBefore() {
        LocalDays garage = garage(true, "[{\"yearly\":\"12-25\"},{\"yearly\":\"12-26\"},{\"month\":10,\"weekday\":\"MON\",\"nth\":2}]");
        List<LocalDate> found = LocalDate.of(2026, 1, 8).datesUntil(LocalDate.of(2027, 1, 8)).flatMap(day ->
            Span.days(Operator.IN, new Value.InOpenDays(1), garage, at(day + "T11:00")).stream().flatMap(s -> s.from().datesUntil(s.to()))).toList();
        assertEquals(LocalDate.of(2026, 1, 9).datesUntil(LocalDate.of(2027, 1, 9)).collect(Collectors.toList()), found);
        assertEquals(List.of(new Span<>(LocalDate.of(2026, 11, 22), LocalDate.of(2026, 11, 24))), Span.days(Operator.IN, new Value.InOpenDays(1), garage, at("2026-11-21T11:00")),
            "on Saturday of Monday, since it is closed on Sunday");
        assertEquals(List.of(), Span.days(Operator.IN, new Value.InOpenDays(1), garage, at("2026-11-22T11:00")));
    }

    @ParameterizedTest(name = "{0} {1} at {2}")
    @CsvSource(delimiter = '|', textBlock = """
        EXACTLY       | 1 | 2026-11-23T00:10 | 2026-11-22T05:00:00Z | 2026-11-23T05:00:00Z
        EXACTLY       | 0 | 2026-11-01T12:00 | 2026-11-01T04:00:00Z | 2026-11-02T05:00:00Z
        EXACTLY       | 1 | 2026-03-09T12:00 | 2026-03-08T05:00:00Z | 2026-03-09T04:00:00Z
        LESS_OR_EQUAL | 4 | 2026-11-23T12:00 | 2026-11-19T05:00:00Z | 2026-11-24T05:00:00Z
        MORE_THAN     | 1 | 2026-11-23T12:00 |                      | 2026-11-22T05:00:00Z
        """)
    @DisplayName("A-03: days are those of the wall, 25 or 23 hours long when clocks change")
    void countsCalendarDays(Operator operator, int days, String local, Instant from, Instant to) {
        assertEquals(List.of(new Span<>(from, to)), Span.instants(operator, new Value.DaysAgo(days), garage(false, "[]"), at(local)));
    }

    @Test @DisplayName("A-07: in 1 day and in more than 1 day never mean the same appointment")
    void partsTomorrowFromLater() {
        Span<Instant> tomorrow = Span.instants(Operator.IN, new Value.InDays(1), garage(false, "[]"), at("2026-11-23T12:00")).get(0);
        Span<Instant> later = Span.instants(Operator.IN_MORE_THAN, new Value.InDays(1), garage(false, "[]"), at("2026-11-23T12:00")).get(0);
        assertEquals(tomorrow.to(), later.from());
        assertEquals(Instant.parse("2026-11-24T05:00:00Z"), tomorrow.from());
    }

    @Test @DisplayName("A-21: whatever the polls, each moment lies in the ten minutes of some poll exactly as long as it should, and none falls between two")
    void losesNobodyBetweenTwoPolls() {
        Instant start = Instant.parse("2026-11-23T15:00:00Z");
        Instant appointment = Instant.parse("2026-11-23T13:00:00Z");
        Instant last = start.minusSeconds(3_600);
        int found = 0;
        for (int seconds : new int[] {0, 299, 1_700, 1_701, 5_400}) {   // 15:00:00, 15:04:59, 15:28:20 (late), 15:28:21, 16:30
            Moment moment = new Moment(start.plusSeconds(seconds), last);
            Span<Instant> less = Span.instants(Operator.LESS_THAN, new Value.MinutesAgo(130), garage(false, "[]"), moment).get(0);
            Span<Instant> more = Span.instants(Operator.MORE_THAN, new Value.MinutesAgo(120), garage(false, "[]"), moment).get(0);
            found += !appointment.isBefore(less.from()) && appointment.isBefore(less.to()) && appointment.isBefore(more.to()) ? 1 : 0;
            last = start.plusSeconds(seconds);
        }
        // at 15:00:00 it is exactly 120 minutes old, not more; at 15:04:59 it is; at 15:28:20 it has been since 15:04:59
        assertEquals(2, found);
    }

    @Test void makesOneWeekOfSevenDays() {
        LocalDays garage = garage(false, "[]");
        List<Span<Instant>> days = List.of(180, 174, 176, 175, 179, 178, 177).stream().flatMap(n -> Span.instants(Operator.EXACTLY, new Value.DaysAgo(n), garage, at("2026-11-23T12:00")).stream()).toList();
        List<Span<Instant>> week = Span.union(days);
        assertEquals(1, week.size());
        assertEquals(7 * 24, ChronoUnit.HOURS.between(week.get(0).from(), week.get(0).to()));
    }
}
