package org.carillon.shop;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.carillon.Seeded;
import org.carillon.fact.Invalid;

/** Calendars of every kind in every zone, with instants close to where the clocks change. */
public final class RandomCalendars {

    private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2031-01-01T00:00:00Z");

    private RandomCalendars() { }

    public static ZoneId zone(Random random) { return ZoneId.of(Seeded.oneOf(random, ZONES)); }

    /** Whole minutes of 2024 to 2030; two times in three within two days of a change of the clocks, where the zone has any. */
    public static Instant instant(Random random, ZoneId zone) {
        Instant any = FROM.plusSeconds(60 * random.nextLong(Duration.between(FROM, TO).toMinutes()));
        ZoneOffsetTransition change = zone.getRules().nextTransition(any);
        if (change == null || change.getInstant().isAfter(TO) || random.nextInt(3) == 0) {
            return any;
        }
        return change.getInstant().plusSeconds(60L * random.nextInt(-2 * 1_440, 2 * 1_440));
    }

    public static BusinessCalendar calendar(Random random, ZoneId zone, LocalDate around) {
        Map<DayOfWeek, List<Window>> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day, random.nextInt(4) == 0 ? List.of() : windows(random));
        }
        List<Holiday> holidays = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            LocalDate date = around.plusDays(random.nextInt(-3, 16));
            List<Window> own = random.nextBoolean() ? List.of() : windows(random);
            holidays.add(switch (random.nextInt(4)) {
                case 0 -> new Holiday.OnDate("", date, own);
                case 1 -> new Holiday.Yearly("", MonthDay.from(date), own);
                case 2 -> new Holiday.Easter("", random.nextInt(-60, 60), own);
                default -> new Holiday.NthWeekday("", date.getMonth(), date.getDayOfWeek(), (date.getDayOfMonth() - 1) / 7 + 1, own);
            });
        }
        return new BusinessCalendar(hours(days), new Holidays(holidays), zone);
    }

    private static OpeningHours hours(Map<DayOfWeek, List<Window>> days) {
        while (true) {
            try {
                return new OpeningHours(days);
            } catch (Invalid overlap) {  // two days meet after midnight: the later one closes
                days.put(DayOfWeek.valueOf(full(overlap.field())), List.of());
            }
        }
    }

    private static String full(String field) {
        String day = field.substring("openingHours.".length()).substring(0, 3);
        for (DayOfWeek each : DayOfWeek.values()) {
            if (each.name().startsWith(day)) {
                return each.name();
            }
        }
        throw new IllegalArgumentException(field);
    }

    /** Many short ones, many in the small hours, some past midnight, some all day. */
    private static List<Window> windows(Random random) {
        if (random.nextInt(12) == 0) {
            return List.of(new Window(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));
        }
        List<Window> windows = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int open = random.nextInt(3) == 0 ? random.nextInt(240) : random.nextInt(1_440);
            int length = random.nextInt(3) == 0 ? random.nextInt(1, 90) : random.nextInt(1, 900);
            Window window = new Window(LocalTime.ofSecondOfDay(60L * open), LocalTime.ofSecondOfDay(60L * ((open + length) % 1_440)));
            if (windows.stream().noneMatch(window::overlaps)) {
                windows.add(window);
            }
        }
        return windows;
    }
}
