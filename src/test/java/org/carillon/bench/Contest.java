package org.carillon.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Workloads in turn, round after round, so that whatever else the machine does befalls all of them. The first of each is a rehearsal. Rounds:
 * {@code carillon.bench.rounds} (5). What counts is the ratio of a round, ours by the other's; the worst is the lowest.
 */
final class Contest {

    private static final PrintStream OUT = System.out;
    private static final int ROUNDS = Integer.getInteger("carillon.bench.rounds", 5);

    private final List<Workload> parties;
    private final Map<Workload, double[]> rates = new LinkedHashMap<>();
    private final double[] loads = new double[ROUNDS];

    Contest(Workload... parties) {
        this.parties = List.of(parties);
        this.parties.forEach(party -> rates.put(party, new double[ROUNDS]));
    }

    Contest run() throws Exception {
        for (int round = -1; round < ROUNDS; round++) {
            List<String> line = new ArrayList<>();
            for (Workload party : parties) {
                party.prepare();
                double rate = party.run();
                line.add(String.format(Locale.ROOT, "%s %,.0f/s", party.name(), rate));
                if (round >= 0) {
                    rates.get(party)[round] = rate;
                }
            }
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            if (round >= 0) {
                loads[round] = load;
            }
            OUT.printf(Locale.ROOT, "%s: %s; load %.1f%n", round < 0 ? "rehearsal" : "round " + (round + 1), String.join(", ", line), load);
        }
        return this;
    }

    /** A line for the table of README: goal, both rates (medians), ratio with its worst round, and what is wanted of it. */
    void row(String id, Workload ours, Workload other, String goal) {
        double[] ratios = new double[ROUNDS];
        Arrays.setAll(ratios, i -> rates.get(ours)[i] / rates.get(other)[i]);
        OUT.printf(Locale.ROOT, "| %s | %s: %,.0f/s | %s: %,.0f/s | %.2f (%.2f) | %s | %d rounds, load %.1f to %.1f |%n", id, ours.name(), median(rates.get(ours)),
            other.name(), median(rates.get(other)), median(ratios), Arrays.stream(ratios).min().orElseThrow(), goal, ROUNDS, Arrays.stream(loads).min().orElseThrow(),
            Arrays.stream(loads).max().orElseThrow());
    }

    static double median(double[] all) {
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        return sorted.length % 2 == 1 ? sorted[sorted.length / 2] : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }
}
