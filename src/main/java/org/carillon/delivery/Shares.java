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

    /**
     * @param batch the location of each message
     * @param fair  whether each location had been asked for its own
     */
    void saw(String route, Purpose purpose, List<Long> batch, boolean fair, boolean full) {
        Queue queue = new Queue(route, purpose);
        long places = batch.stream().distinct().count();
        if (fair && batch.isEmpty()) {
            crowded.remove(queue);
        } else if (fair && places == 1) {
            crowded.put(queue, System.nanoTime() + ALONE);  // nobody waits behind it; look again soon
        } else if (!fair && full && !crowded.containsKey(queue) && half(batch)) {
            crowded.put(queue, System.nanoTime());
        }
    }

    private static boolean half(List<Long> batch) { return most(batch) * 2 > batch.size(); }

    /** How many of these are of one location. */
    static long most(List<Long> locations) {
        return locations.stream().collect(Collectors.groupingBy(location -> location, Collectors.counting())).values().stream().mapToLong(own -> own).max().orElse(0);
    }

    /**
     * How many of a class below may be claimed on top of a full claim.
     *
     * @param nth of the classes below, from 0: few places come to them in turn
     */
    int below(String route, int wanted, int nth) {
        return wanted >= TENTH ? wanted / TENTH : claims.merge(route + " " + nth, 1, Integer::sum) % TENTH == nth * TENTH / 2 ? 1 : 0;
    }
}
