package org.carillon.shop;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When one location is open, in instants: its hours and holidays in its zone. Open from the opening instant up to, not including, the closing
 * instant; windows that touch are one. An edge that the clock skips or shows twice never makes a window longer (REL-45), so a window that lies
 * within such an hour may vanish.
 */
public record BusinessCalendar(OpeningHours hours, Holidays holidays, ZoneId zone) {

    /** How far ahead a closing is looked for: a shop that never closes closes then. */
    private static final Duration FAR = Duration.ofDays(14);

    private record Stretch(Instant open, Instant close) {
        boolean holds(Instant instant) { return !instant.isBefore(open) && instant.isBefore(close); }
    }

    /**
     * As far as a period lets it (KI-44): on these days only, and at times of its own where it has any; then it does not ask whether the shop is open.
     *
     * @param from null where the shop's hours hold; at or after {@code to} it ends on the next day
     */
    public BusinessCalendar within(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
        Map<DayOfWeek, List<Window>> week = new EnumMap<>(DayOfWeek.class);
        days.forEach(day -> week.put(day, from == null ? hours.on(day) : List.of(new Window(from, to))));
        return new BusinessCalendar(new OpeningHours(week), from == null ? holidays : Holidays.NONE, zone);
    }

    /** Whether a window opens on that day, by the week or by a holiday of its own hours. */
    public boolean opensOn(LocalDate day) { return on(day).findAny().isPresent(); }

    public boolean openAt(Instant instant) { return around(instant).anyMatch(s -> s.holds(instant)); }

    /** From itself when open then; empty when nothing opens up to and including {@code from + horizon}. */
    public Optional<Instant> nextOpening(Instant from, Duration horizon) {
        if (openAt(from)) {
            return Optional.of(from);
        }
        Instant last = from.plus(horizon);
        LocalDate end = local(last).plusDays(1);
        for (LocalDate day = local(from).minusDays(1); !day.isAfter(end); day = day.plusDays(1)) {
            Optional<Instant> opening = on(day).map(Stretch::open).filter(o -> o.isAfter(from) && !o.isAfter(last)).min(Instant::compareTo);
            if (opening.isPresent()) {
                return opening;
            }
        }
        return Optional.empty();
    }

    /**
     * The latest moment at or before an instant at which the shop was open, at least {@code margin} before it closes where the window is long
     * enough; empty when it was not open in the time before.
     */
    public Optional<Instant> lastOpen(Instant to, Duration margin, Duration horizon) {
        if (openAt(to)) {
            return Optional.of(to);
        }
        LocalDate first = local(to.minus(horizon)).minusDays(1);
        for (LocalDate day = local(to).plusDays(1); !day.isBefore(first); day = day.minusDays(1)) {
            // a window of the day before may close after all of this day's
            Optional<Stretch> last = Stream.concat(on(day), on(day.minusDays(1))).filter(s -> !s.close().isAfter(to)).max(Comparator.comparing(Stretch::close));
            if (last.isPresent()) {
                Instant wished = last.get().close().minus(margin);
                return Optional.of(wished.isBefore(last.get().open()) ? last.get().open() : wished).filter(at -> !at.isBefore(to.minus(horizon)));
            }
        }
        return Optional.empty();
    }

    /** When the shop that is open at the instant closes; empty when it is not open. Looks 14 days ahead. */
    public Optional<Instant> windowEnd(Instant instant) {
        Optional<Instant> end = closing(instant);
        Instant far = instant.plus(FAR);
        while (end.isPresent() && end.get().isBefore(far)) {
            Optional<Instant> further = closing(end.get());  // another window begins where this one ends, or has begun
            if (further.isEmpty()) {
                return end;
            }
            end = further;
        }
        return end;
    }

    /**
     * The latest instant from which, up to {@code to}, the shop was open for that long in all: what lies at or before it is as many open hours
     * old. Empty where it was not open so long within the horizon before {@code to}.
     *
     * @param open more than zero
     */
    public Optional<Instant> openSince(Instant to, Duration open, Duration horizon) {
        Duration left = open;
        Instant first = to.minus(horizon);
        for (LocalDate day = local(to); ; day = day.minusDays(1)) {
            Instant from = day.atStartOfDay(zone).toInstant();
            for (Stretch stretch : within(day, from, earlier(to, day.plusDays(1).atStartOfDay(zone).toInstant()))) {
                Duration length = Duration.between(stretch.open(), stretch.close());
                if (length.compareTo(left) >= 0) {
                    return Optional.of(stretch.close().minus(left)).filter(at -> !at.isBefore(first));
                }
                left = left.minus(length);
            }
            if (!from.isAfter(first)) {
                return Optional.empty();
            }
        }
    }

    /** What is open between two instants of one day, latest first; windows that overlap (a holiday's with the night before) count once. */
    private List<Stretch> within(LocalDate day, Instant from, Instant to) {
        List<Stretch> disjoint = new ArrayList<>();
        Stream.of(day.minusDays(1), day, day.plusDays(1)).flatMap(this::on).map(s -> new Stretch(later(s.open(), from), earlier(s.close(), to)))
            .filter(s -> s.open().isBefore(s.close())).sorted(Comparator.comparing(Stretch::open)).forEach(s -> {
                Instant end = disjoint.isEmpty() ? s.open() : disjoint.get(disjoint.size() - 1).close();
                if (s.close().isAfter(end)) {
                    disjoint.add(new Stretch(later(s.open(), end), s.close()));
                }
            });
        Collections.reverse(disjoint);
        return disjoint;
    }

    private static Instant earlier(Instant a, Instant b) { return a.isBefore(b) ? a : b; }

    private static Instant later(Instant a, Instant b) { return a.isAfter(b) ? a : b; }

    private Optional<Instant> closing(Instant instant) { return around(instant).filter(s -> s.holds(instant)).map(Stretch::close).max(Instant::compareTo); }

    /** Windows belong to their start day: those of the day before may still be open. */
    private Stream<Stretch> around(Instant instant) {
        LocalDate day = local(instant);
        return Stream.of(day.minusDays(1), day, day.plusDays(1)).flatMap(this::on);
    }

    private Stream<Stretch> on(LocalDate day) {
        List<Window> windows = holidays.on(day).map(Holiday::windows).orElseGet(() -> hours.on(day.getDayOfWeek()));
        return windows.stream().map(w -> new Stretch(WallTime.opening(w.opensOn(day), zone), WallTime.closing(w.closesOn(day), zone)))
            .filter(s -> s.open().isBefore(s.close()));
    }

    private LocalDate local(Instant instant) { return instant.atZone(zone).toLocalDate(); }
}
