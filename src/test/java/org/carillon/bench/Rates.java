package org.carillon.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How much a second, round by round: ours and the baselines, measured in turn. Ratios are taken within a round, so that a busy machine is a
 * disadvantage to both. Of one thread.
 */
final class Rates {

    /** {@code carillon.bench.rounds} (5). */
    static final int ROUNDS = Integer.getInteger("carillon.bench.rounds", 5);

    interface Work {
        void run() throws Exception;
    }

    private final Map<String, List<Double>> perSecond = new LinkedHashMap<>();
    private final List<Double> loads = new ArrayList<>();

    /** The round's rate of {@code what}, which did so many. */
    double add(String what, int count, Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        double rate = count * 1e9 / (System.nanoTime() - began);
        add(what, rate);
        return rate;
    }

    void add(String what, double rate) {
        perSecond.computeIfAbsent(what, name -> new ArrayList<>()).add(rate);
        loads.add(load());
    }

    boolean has(String what) { return perSecond.containsKey(what); }

    String table() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-60s %6s %11s %11s %11s%n", "a second", "rounds", "median", "worst", "best"));
        perSecond.forEach((what, all) -> text.append(String.format(Locale.ROOT, "%-60s %6d %,11.1f %,11.1f %,11.1f%n", what, all.size(), median(all), Collections.min(all), Collections.max(all))));
        return text + String.format(Locale.ROOT, "load %.1f to %.1f on %d cores%n", Collections.min(loads), Collections.max(loads), Runtime.getRuntime().availableProcessors());
    }

    /** What ours is of the baseline, beside the goal: the median round and the worst. */
    String ratio(String id, String ours, String baseline, double goal) {
        if (!has(ours) || !has(baseline)) {
            return String.format(Locale.ROOT, "%s: %s / %s not measured (goal %.2f)%n", id, ours, baseline, goal);
        }
        List<Double> base = perSecond.get(baseline);
        List<Double> ratios = IntStream.range(0, base.size()).mapToObj(i -> perSecond.get(ours).get(i) / base.get(i)).toList();
        return String.format(Locale.ROOT, "%s: %s / %s = %.2f, worst round %.2f (goal %.2f)%n", id, ours, baseline, median(ratios), Collections.min(ratios), goal);
    }

    private static double median(List<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double load() { return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(); }
}
