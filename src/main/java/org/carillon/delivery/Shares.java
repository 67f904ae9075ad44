package org.carillon.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.carillon.fact.Purpose;

/**
 * Who gets how much of a line's claims (REL-21): a class is served before the next, which still gets a tenth; and within a class a location that
 * takes all of it makes the line look for the others. That look costs more than the plain one, so it is taken only then. Of one node.
 */
final class Shares {

    /** How often a class below gets a place although those above could take all. */
    static final int TENTH = 10;
    private static final long ALONE = TimeUnit.SECONDS.toNanos(1);

    private record Queue(String route, Purpose purpose) { }

    private final Map<Queue, Long> crowded = new ConcurrentHashMap<>();
    private final Map<String, Integer> claims = new ConcurrentHashMap<>();

    /** Whether a location had more than half of a full batch lately, so that others may wait behind it. */
    boolean crowded(String route, Purpose purpose) {
        Long since = crowded.get(new Queue(route, purpose));
        return since != null && System.nanoTime() - since >= 0;
    }

    /** @param fair whether each location had been asked for its own */
    void saw(String route, Purpose purpose, List<Claimed> batch, boolean fair, boolean full) {
        Queue queue = new Queue(route, purpose);
        long places = batch.stream().map(Claimed::locationId).distinct().count();
        if (fair && batch.isEmpty()) {
            crowded.remove(queue);
        } else if (fair && places == 1) {
            crowded.put(queue, System.nanoTime() + ALONE);  // nobody waits behind it; look again soon
        } else if (!fair && full && !crowded.containsKey(queue) && half(batch)) {
            crowded.put(queue, System.nanoTime());
        }
    }

    private static boolean half(List<Claimed> batch) {
        return batch.stream().collect(Collectors.groupingBy(Claimed::locationId, Collectors.counting())).values().stream().anyMatch(own -> own * 2 > batch.size());
    }

    /** How many of a class below may be claimed on top of a full claim. */
    int below(String route, int wanted) { return wanted >= 100 ? 10 : wanted >= TENTH ? 1 : claims.merge(route, 1, Integer::sum) % TENTH == 0 ? 1 : 0; }
}
