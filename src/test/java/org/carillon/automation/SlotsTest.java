package org.carillon.automation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("KI-42 to KI-45: the slots of a schedule, on the wall of each zone")
class SlotsTest {

    private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);

    private static Set<DayOfWeek> days(String codes) {
        return codes.equals("ALL") ? DAILY : Arrays.stream(codes.split(" ")).map(c -> Arrays.stream(DayOfWeek.values()).filter(d -> d.name().startsWith(c)).findFirst().orElseThrow()).collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0} {1} in {2}, at {3}: {4}, then {5}")
    @CsvSource({
        "11:00, ALL, America/Toronto, 2027-02-10T16:00:00Z, 2027-02-10T16:00:00Z, 2027-02-11T16:00:00Z",
        "11:00, ALL, America/Toronto, 2027-02-10T15:59:59Z, 2027-02-09T16:00:00Z, 2027-02-10T16:00:00Z",
        "11:00, ALL, Europe/Paris, 2027-02-10T15:59:59Z, 2027-02-10T10:00:00Z, 2027-02-11T10:00:00Z",
        // Monday and Thursday alone
        "11:00, MON THU, America/Toronto, 2027-02-10T20:00:00Z, 2027-02-08T16:00:00Z, 2027-02-11T16:00:00Z",
        // the hour that is skipped means the change, in spring; the one that comes twice its first coming, in autumn
        "02:30, ALL, America/Toronto, 2027-03-14T12:00:00Z, 2027-03-14T07:00:00Z, 2027-03-15T06:30:00Z",
        "01:30, ALL, America/Toronto, 2027-11-07T12:00:00Z, 2027-11-07T05:30:00Z, 2027-11-08T06:30:00Z",
        "01:30, ALL, America/Toronto, 2027-11-07T05:45:00Z, 2027-11-07T05:30:00Z, 2027-11-08T06:30:00Z",
        // a zone far ahead: its day has begun before
        "00:15, ALL, Pacific/Kiritimati, 2027-02-10T10:15:00Z, 2027-02-10T10:15:00Z, 2027-02-11T10:15:00Z",
        "23:59, SUN, Asia/Kolkata, 2027-02-14T18:28:00Z, 2027-02-07T18:29:00Z, 2027-02-14T18:29:00Z"})
    void dailySlotsFollowTheWall(String at, String days, String zone, String now, String last, String next) {
        Schedule daily = new Schedule.Daily(LocalTime.parse(at), days(days));
        assertEquals(Instant.parse(last), Slots.last(daily, ZoneId.of(zone), Instant.parse(now)).orElseThrow());
        assertEquals(Instant.parse(next), Slots.next(daily, ZoneId.of(zone), Instant.parse(now), 3).get(0));
    }

    @ParameterizedTest(name = "{0} {1}, at {2}: {3}, made then: {4}")
    @CsvSource({
        "MON, 09:00, 2027-02-08T14:00:00Z, 2027-02-08T14:00:00Z, true",
        "MON, 09:00, 2027-02-14T23:00:00Z, 2027-02-08T14:00:00Z, true",
        "MON, 09:00, 2027-02-15T13:59:00Z, 2027-02-08T14:00:00Z, true"})
    @DisplayName("A-19: a weekly look is caught up until the next one")
    void catchesUpWeekly(String day, String at, String now, String slot, boolean made) {
        Schedule weekly = new Schedule.Weekly(days(day).iterator().next(), LocalTime.parse(at));
        ZoneId zone = ZoneId.of("America/Toronto");
        assertEquals(Instant.parse(slot), Slots.last(weekly, zone, Instant.parse(now)).orElseThrow());
        assertEquals(made, Slots.catchesUp(weekly, zone, Instant.parse(slot), Instant.parse(now)));
    }

    @ParameterizedTest(name = "slot {0}, back at {1}: {2}")
    @CsvSource({"2027-02-10T16:00:00Z, 2027-02-11T04:59:00Z, true", "2027-02-10T16:00:00Z, 2027-02-11T05:00:00Z, false", "2027-02-11T04:50:00Z, 2027-02-11T07:50:00Z, true",
        "2027-02-11T04:50:00Z, 2027-02-11T07:51:00Z, false"})
    void aDailyLookIsMadeWhileItsDayLastsOrHardlyLater(String slot, String now, boolean made) {
        assertEquals(made, Slots.catchesUp(new Schedule.Daily(LocalTime.of(11, 0), DAILY), ZoneId.of("America/Toronto"), Instant.parse(slot), Instant.parse(now)));
    }

    @Test @DisplayName("KI-43: real time looks every five minutes, in all zones alike") void realTimeIsEveryFiveMinutes() {
        Schedule real = new Schedule.RealTime(Period.ofOpeningHours());
        Instant now = Instant.parse("2027-02-10T16:03:59Z");
        assertEquals(Instant.parse("2027-02-10T16:00:00Z"), Slots.last(real, ZoneId.of("Asia/Kolkata"), now).orElseThrow());
        assertEquals(List.of(Instant.parse("2027-02-10T16:05:00Z"), Instant.parse("2027-02-10T16:10:00Z")), Slots.next(real, ZoneId.of("Asia/Kolkata"), now, 2));
    }

    @Test void noDayMeansNever() {
        Schedule never = new Schedule.Daily(LocalTime.of(11, 0), Set.of());
        assertEquals(List.of(), Slots.next(never, ZoneId.of("Europe/Paris"), Instant.parse("2027-02-10T16:03:59Z"), 3));
        assertEquals(java.util.Optional.empty(), Slots.last(never, ZoneId.of("Europe/Paris"), Instant.parse("2027-02-10T16:03:59Z")));
    }
}
