package org.carillon.fact;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a caller says of one property: left out (unknown, stays as it is), null (cleared) or a value. */
public record Given<T>(boolean present, T value) {

    private static final Given<?> ABSENT = new Given<>(false, null);

    @SuppressWarnings("unchecked")
    public static <T> Given<T> absent() { return (Given<T>) ABSENT; }

    public static <T> Given<T> of(T value) { return new Given<>(true, value); }

    /** The value where one was given (null included), else what stands now. */
    public T or(T present) { return this.present ? value : present; }

    /** As {@link #or}, with a default in place of null. */
    public T or(T present, Supplier<T> cleared) { return !this.present ? present : value == null ? cleared.get() : value; }

    /** The same of another kind; null stays null. */
    public <R> Given<R> map(Function<T, R> to) { return !present ? absent() : of(value == null ? null : to.apply(value)); }

    public boolean changes(T present) { return this.present && !Objects.equals(value, present); }
}
