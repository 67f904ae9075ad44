package org.carillon.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The oracle: asks of single minutes whether the shop is open, by what the clock on the wall shows then and whether it shows it for the first
 * or the second time; knows no intervals. A window whose opening edge is shown twice is not open at the first showing, one whose closing edge
 * is shown twice not at the second. Reads the offset anew each quarter of an hour: no zone changes its clock in between (WallTimeTest).
 */
public final class MinuteScan {

    private static final int DAY = 1_440;

    private record Day(List<Window> windows, Optional<ZoneOffsetTransition> doubled) { }

    private final BusinessCalendar calendar;
    private final ZoneRules rules;
    private final Map<Long, Day> days = new HashMap<>();
    private long today = Long.MIN_VALUE;
    private Day day;
    private Day before;
    private long quarter = Long.MIN_VALUE;
    private int offset;

    public MinuteScan(BusinessCalendar calendar) {
        this.calendar = calendar;
        this.rules = calendar.zone().getRules();
    }

    public boolean openAt(Instant instant) { return openAt(Math.floorDiv(instant.getEpochSecond(), 60)); }

    /** @param minute since 1970-01-01T00:00Z */
    public boolean openAt(long minute) {
        if (Math.floorDiv(minute, 15) != quarter) {
            quarter = Math.floorDiv(minute, 15);
            offset = rules.getOffset(Instant.ofEpochSecond(minute * 60)).getTotalSeconds() / 60;
        }
        long shown = minute + offset;
        if (Math.floorDiv(shown, DAY) != today) {
            today = Math.floorDiv(shown, DAY);
            day = on(today);
            before = on(today - 1);
        }
        int time = (int) Math.floorMod(shown, (long) DAY);
        for (Window w : day.windows()) {
            if (time >= w.openMinute() && time < w.closeMinute() && counts(minute, shown, today, w)) {
                return true;
            }
        }
        for (Window w : before.windows()) {
            if (time + DAY < w.closeMinute() && counts(minute, shown, today - 1, w)) {
                return true;
            }
        }
        return false;
    }

    private boolean counts(long minute, long shown, long start, Window w) {
        if (day.doubled().isEmpty()) {
            return true;
        }
        ZoneOffsetTransition change = day.doubled().get();
        long from = minute(change.getDateTimeAfter());
        long to = minute(change.getDateTimeBefore());
        if (shown < from || shown >= to) {
            return true;
        }
        boolean first = minute * 60 < change.toEpochSecond();
        long edge = start * DAY + (first ? w.openMinute() : w.closeMinute());
        return edge < from || edge >= to;
    }

    /** The first open minute from the instant on, the instant itself included. */
    public Optional<Instant> nextOpening(Instant from, int minutes) {
        if (openAt(from)) {
            return Optional.of(from);
        }
        long first = Math.floorDiv(from.getEpochSecond() + 59 + (from.getNano() > 0 ? 1 : 0), 60);
        for (long minute = first; minute * 60 <= from.getEpochSecond() + minutes * 60L; minute++) {
            if (openAt(minute)) {
                return Optional.of(Instant.ofEpochSecond(minute * 60));
            }
        }
        return Optional.empty();
    }

    private Day on(long epochDay) {
        return days.computeIfAbsent(epochDay, d -> {
            LocalDate date = LocalDate.ofEpochDay(d);
            return new Day(calendar.holidays().on(date).map(Holiday::windows).orElseGet(() -> calendar.hours().on(date.getDayOfWeek())), doubled(date));
        });
    }

    private Optional<ZoneOffsetTransition> doubled(LocalDate date) {
        return Optional.ofNullable(rules.nextTransition(date.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)))
            .filter(c -> c.isOverlap() && (c.getDateTimeBefore().toLocalDate().equals(date) || c.getDateTimeAfter().toLocalDate().equals(date)));
    }

    private static long minute(LocalDateTime local) { return local.toEpochSecond(ZoneOffset.UTC) / 60; }
}
