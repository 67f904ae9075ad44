package org.carillon.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
