package org.carillon.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The faults in force. Seeded, so that a run can be repeated. Safe for several threads. */
public final class Faults {

    private final List<Fault> all = new ArrayList<>();
    private final Map<Fault, Integer> struck = new HashMap<>();
    private final Random random = new Random(Long.getLong("carillon.simulator.seed", 1));
    private long second;
    private int inThisSecond;

    public synchronized void add(Fault fault) { all.add(fault); }

    public synchronized void clear() {
        all.clear();
        struck.clear();
    }

    public synchronized List<Fault> all() { return List.copyOf(all); }

    /** The fault of that kind which strikes now, if any; it is counted. */
    synchronized Optional<Fault> strike(Fault.Kind kind, String recipient, int part) { return strike(kind, "", recipient, part); }

    /** As above, only faults of the given moment ({@link Fault#when()}). */
    synchronized Optional<Fault> strike(Fault.Kind kind, String when, String recipient, int part) {
        for (Fault fault : all) {
            if (fault.kind() == kind && (when.isEmpty() || fault.when().equals(when)) && fault.concerns(recipient, part) && random.nextDouble() < fault.rate()) {
                if (fault.times() > 0 && struck.merge(fault, 1, Integer::sum) >= fault.times()) {
                    all.remove(fault);
                    struck.remove(fault);
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /** True when this second already saw as many submits as a THROTTLE fault allows. */
    synchronized Optional<Fault> throttle(String recipient) {
        Optional<Fault> limit = all.stream().filter(fault -> fault.kind() == Fault.Kind.THROTTLE && fault.concerns(recipient, 0)).findFirst();
        long now = System.nanoTime() / 1_000_000_000;
        if (now != second) {
            second = now;
            inThisSecond = 0;
        }
        return limit.filter(fault -> ++inThisSecond > fault.perSecond());
    }
}
