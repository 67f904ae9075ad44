package org.carillon.delivery;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Rows as column arrays, for {@code select ... from unnest(...)}: one statement for a whole batch. */
final class Columns {

    private Columns() { }

    static <T> Long[] longs(List<T> rows, Function<? super T, Long> value) { return rows.stream().map(value).toArray(Long[]::new); }

    static <T> Integer[] integers(List<T> rows, Function<? super T, Integer> value) { return rows.stream().map(value).toArray(Integer[]::new); }

    static <T> Boolean[] booleans(List<T> rows, Function<? super T, Boolean> value) { return rows.stream().map(value).toArray(Boolean[]::new); }

    static <T> Instant[] instants(List<T> rows, Function<? super T, Instant> value) { return rows.stream().map(value).toArray(Instant[]::new); }

    /** Texts and, by their name, constants. */
    static <T> String[] texts(List<T> rows, Function<? super T, ?> value) {
        return rows.stream().map(value).map(v -> v == null ? null : v instanceof Enum<?> constant ? constant.name() : v.toString()).toArray(String[]::new);
    }
}
