package org.carillon.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Durations by what was done, in the order of their first occurrence. Safe for several threads. */
final class Samples {

    private final Map<String, long[]> nanos = new LinkedHashMap<>();

    <T> T time(String what, Callable<T> work) throws Exception {
        long began = System.nanoTime();
        T done = work.call();
        add(what, System.nanoTime() - began);
        return done;
    }

    synchronized void add(String what, long took) {
        nanos.merge(what, new long[] {took}, (all, one) -> {
            long[] more = Arrays.copyOf(all, all.length + 1);
            more[all.length] = one[0];
            return more;
        });
    }

    /** Milliseconds that the given share of the samples did not exceed. */
    synchronized double quantile(String what, double share) {
        long[] sorted = nanos.get(what).clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e6;
    }

    synchronized String table() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-44s %6s %9s %9s %9s%n", "", "n", "p50 ms", "p95 ms", "worst ms"));
        nanos.forEach((what, all) -> text.append(String.format(Locale.ROOT, "%-44s %6d %9.1f %9.1f %9.1f%n", what, all.length, quantile(what, 0.5), quantile(what, 0.95), quantile(what, 1))));
        return text.toString();
    }
}
