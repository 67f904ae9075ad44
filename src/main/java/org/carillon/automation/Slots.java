package org.carillon.automation;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.automation.Schedule.Daily;
import org.carillon.automation.Schedule.RealTime;
import org.carillon.automation.Schedule.Weekly;
import org.carillon.shop.WallTime;

/** The moments at which a schedule looks for its audience. Pure. A wall time that the clock skips means the change, one that comes twice its first coming. */
public final class Slots {

    /** Between two looks of real time (KI-43). */
    public static final Duration EVERY = Duration.ofMinutes(5);
    /** How long after its time a daily look is still made when its day has ended. */
    static final Duration GRACE = Duration.ofHours(3);

    /** Between two looks at one slot of a day or week (P-08). */
    static final Duration AGAIN = Duration.ofHours(1);

    /** For so long what passed unseen is asked about as of its own day: a week, with some hours for a clock that changes. */
    public static final Duration FORMER = Duration.ofDays(8);

    private Slots() { }

    /** The latest one at or before an instant; of real time the same in every zone. */
    public static Optional<Instant> last(Schedule schedule, ZoneId zone, Instant now) {
        if (schedule instanceof RealTime) {
            return Optional.of(Instant.ofEpochSecond(now.getEpochSecond() - Math.floorMod(now.getEpochSecond(), EVERY.toSeconds())));
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        for (int back = -1; back <= 8; back++) {
            Instant at = WallTime.at(today.minusDays(back).atTime(at(schedule)), zone);
            if (!at.isAfter(now) && days(schedule).contains(today.minusDays(back).getDayOfWeek())) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** The next ones after an instant, earliest first. */
    public static List<Instant> next(Schedule schedule, ZoneId zone, Instant after, int most) {
        List<Instant> slots = new ArrayList<>();
        if (schedule instanceof RealTime) {
            Instant last = last(schedule, zone, after).orElseThrow();
            for (int i = 1; i <= most; i++) {
                slots.add(last.plus(EVERY.multipliedBy(i)));
            }
            return slots;
        }
        LocalDate day = after.atZone(zone).toLocalDate().minusDays(1);
        for (int ahead = 0; slots.size() < most && ahead < 8 * (most + 1) && !days(schedule).isEmpty(); ahead++) {
            Instant at = WallTime.at(day.plusDays(ahead).atTime(at(schedule)), zone);
            if (at.isAfter(after) && days(schedule).contains(day.plusDays(ahead).getDayOfWeek())) {
                slots.add(at);
            }
        }
        return slots;
    }

    /** Of those after an instant and before a slot the latest, earliest first. */
    public static List<Instant> between(Schedule schedule, ZoneId zone, Instant after, Instant slot, int most) {
        LinkedList<Instant> slots = new LinkedList<>();
        Optional<Instant> at = last(schedule, zone, slot.minusNanos(1));
        while (slots.size() < most && at.filter(a -> a.isAfter(after)).isPresent()) {
            slots.addFirst(at.get());
            at = last(schedule, zone, at.get().minusNanos(1));
        }
        return slots;
    }

    /** The last microseconds of local days that ended after an instant and before now, the latest of them, earliest first: as of these real time is asked once more (P-08). */
    public static List<Instant> ends(ZoneId zone, Instant after, Instant now, int most) {
        LinkedList<Instant> ends = new LinkedList<>();
        LocalDate day = now.atZone(zone).toLocalDate();
        Instant end = end(day, zone);
        while (ends.size() < most && end.isAfter(after)) {
            ends.addFirst(end);
            day = day.minusDays(1);
            end = end(day, zone);
        }
        return ends;
    }

    private static Instant end(LocalDate next, ZoneId zone) { return next.atStartOfDay(zone).toInstant().minus(1, ChronoUnit.MICROS); }

    /** When a slot that has been looked at is looked at again: while its day lasts there. */
    public static Optional<Instant> again(ZoneId zone, Instant slot, Instant now) {
        return Optional.of(now.plus(AGAIN)).filter(at -> isToday(zone, slot, at));
    }

    static Instant midnight(ZoneId zone, Instant slot) { return slot.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant(); }

    public static boolean isToday(ZoneId zone, Instant slot, Instant now) { return slot.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate()); }

    /** Whether a look that did not happen at its slot is still made: weekly always, daily while its day lasts, so that nobody reads "today" tomorrow; real time at the end of a day for a week. */
    public static boolean catchesUp(Schedule schedule, ZoneId zone, Instant slot, Instant now) {
        return schedule instanceof RealTime ? !now.isAfter(slot.plus(FORMER)) : !(schedule instanceof Daily) || isToday(zone, slot, now) || !now.isAfter(slot.plus(GRACE));
    }

    private static LocalTime at(Schedule schedule) { return schedule instanceof Daily daily ? daily.at() : ((Weekly) schedule).at(); }

    private static Set<DayOfWeek> days(Schedule schedule) { return schedule instanceof Daily daily ? daily.days() : Set.of(((Weekly) schedule).day()); }
}
