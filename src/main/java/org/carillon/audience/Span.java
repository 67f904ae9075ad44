package org.carillon.audience;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.InDays;
import org.carillon.audience.Value.InOpenDays;
import org.carillon.audience.Value.MinutesAgo;
import org.carillon.audience.Value.OpenDaysAgo;

/**
 * The stretch of time that a comparison means at one location: from its first day or microsecond up to, not including, its end; null is open. What
 * days mean becomes instants here, once, so that predicates stay index-friendly and the database never computes local time (REL-41).
 *
 * @param <T> LocalDate for columns that are days, Instant for points in time
 */
record Span<T extends Comparable<? super T>>(T from, T to) {

    boolean empty() { return from != null && to != null && from.compareTo(to) >= 0; }

    /** What a column of instants must lie in; empty where nothing can. */
    static List<Span<Instant>> instants(Operator operator, Value value, LocalDays place, Moment moment) {
        return value instanceof MinutesAgo minutes ? kept(List.of(minutes(operator, minutes.minutes(), moment)))
            : kept(days(operator, value, place, moment).stream().map(d -> new Span<>(start(d.from, place), start(d.to, place))).toList());
    }

    /** The same for a column of days. */
    static List<Span<LocalDate>> days(Operator operator, Value value, LocalDays place, Moment moment) {
        LocalDate today = place.today(moment.now());
        if (value instanceof DaysAgo ago) {
            return List.of(past(operator, today, today.minusDays(ago.days()), today.minusDays(ago.days() - 1L)));
        }
        if (value instanceof InDays in) {
            LocalDate day = today.plusDays(in.days());
            return List.of(operator == Operator.IN ? new Span<>(day, day.plusDays(1)) : new Span<>(day.plusDays(1), null));
        }
        if (value instanceof InOpenDays in) {
            return openDaysAhead(in.days(), place, today);
        }
        return openDays(operator, ((OpenDaysAgo) value).days(), place, today);
    }

    /** an open day and the closed ones after it are found on one day; asked on a closed day, nothing is so many open days ago. */
    private static List<Span<LocalDate>> openDays(Operator operator, int days, LocalDays place, LocalDate today) {
        if (!place.opensOn(today) && operator != Operator.MORE_THAN) {
            return List.of();
        }
        return place.openDayBefore(today, days).map(day -> past(operator, today, day, days == 0 ? today.plusDays(1) : place.openDayBefore(today, days - 1).orElseThrow()))
            .map(List::of).orElse(List.of());
    }

    /** the closed days before the next open one are spoken of with it, on the open day before; asked on a closed day, nothing is so many open days ahead. */
    private static List<Span<LocalDate>> openDaysAhead(int days, LocalDays place, LocalDate today) {
        if (!place.opensOn(today)) {
            return List.of();
        }
        return place.openDayAfter(today, days).map(day -> new Span<>(days == 0 ? day : place.openDayAfter(today, days - 1).orElseThrow().plusDays(1), day.plusDays(1)))
            .map(List::of).orElse(List.of());
    }

    /** "Less or equal" means today too, never the days to come (A-15a). */
    private static Span<LocalDate> past(Operator operator, LocalDate today, LocalDate day, LocalDate next) {
        return switch (operator) {
            case EXACTLY -> new Span<>(day, next);
            case LESS_OR_EQUAL -> new Span<>(day, today.plusDays(1));
            case MORE_THAN -> new Span<>(null, day);
            default -> throw new IllegalArgumentException("not an operator of days: " + operator);
        };
    }

    /** the future is never "less than so many minutes ago"; the bounds of "or equal" belong to it. */
    private static Span<Instant> minutes(Operator operator, int minutes, Moment moment) {
        Duration length = Duration.ofMinutes(minutes);
        Instant edge = moment.now().minus(length);
        Instant after = moment.now().plus(1, ChronoUnit.MICROS);
        return switch (operator) {
            case LESS_THAN -> new Span<>((moment.since() == null ? edge : moment.since().minus(length)).plus(1, ChronoUnit.MICROS), after);
            case LESS_OR_EQUAL -> new Span<>(moment.since() == null || moment.since().equals(moment.now()) ? edge : moment.since().minus(length).plus(1, ChronoUnit.MICROS), after);
            case MORE_THAN -> new Span<>(null, edge);
            case MORE_OR_EQUAL -> new Span<>(null, edge.plus(1, ChronoUnit.MICROS));
            default -> throw new IllegalArgumentException("not an operator of minutes: " + operator);
        };
    }

    private static Instant start(LocalDate day, LocalDays place) { return day == null ? null : place.start(day); }

    private static <T extends Comparable<? super T>> List<Span<T>> kept(List<Span<T>> spans) { return spans.stream().filter(s -> !s.empty()).toList(); }

    /** The same time in as few spans as it takes: seven days in a row are one week. */
    static <T extends Comparable<? super T>> List<Span<T>> union(List<Span<T>> spans) {
        List<Span<T>> sorted = new ArrayList<>(kept(spans));
        sorted.sort(Comparator.comparing(Span::from, Comparator.nullsFirst(Comparator.naturalOrder())));
        List<Span<T>> merged = new ArrayList<>();
        for (Span<T> span : sorted) {
            Span<T> last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && (last.to == null || span.from == null || span.from.compareTo(last.to) <= 0)) {
                merged.set(merged.size() - 1, new Span<>(last.from, last.to == null || span.to == null ? null : later(last.to, span.to)));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    private static <T extends Comparable<? super T>> T later(T a, T b) { return a.compareTo(b) >= 0 ? a : b; }
}
