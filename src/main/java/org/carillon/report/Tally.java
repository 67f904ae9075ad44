package org.carillon.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Figures that are dear to count are told again for twenty times as long as counting them took, so that each costs a twentieth of a core at most, however many
 * people look; cheap ones are counted each time. One who waits for a count takes the count of another who asked first. Of one node, in memory.
 */
final class Tally<K, V> {

    private static final long CHEAP = Duration.ofMillis(100).toNanos();
    private static final int AGAIN = 20;
    private static final int MOST = 64;

    private final class Entry {

        private V value;
        private long until;

        private synchronized V value(Supplier<V> count) {
            long now = nanos.getAsLong();
            if (value == null || now - until >= 0) {
                value = count.get();
                long took = nanos.getAsLong() - now;
                until = nanos.getAsLong() + (took < CHEAP ? 0 : AGAIN * took);
            }
            return value;
        }
    }

    private final LongSupplier nanos;
    private final Map<K, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override protected boolean removeEldestEntry(Map.Entry<K, Entry> eldest) { return size() > MOST; }
    };

    Tally() { this(System::nanoTime); }

    /** @param nanos a clock that never goes back */
    Tally(LongSupplier nanos) { this.nanos = nanos; }

    V of(K key, Supplier<V> count) {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(key, k -> new Entry());
        }
        return entry.value(count);
    }
}
