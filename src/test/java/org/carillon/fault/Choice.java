package org.carillon.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What a run of the suite is asked to do, by {@code -Dcarillon.fault.<name>=}.
 *
 * @param rounds   each kills one node at least
 * @param messages of one round
 * @param nodes    on one database
 * @param seed     of the schedule; the timing of processes is their own
 * @param kills    of nodes in one round, each when the one before serves again
 * @param rate     submits a second that the SMS route may do, all nodes together
 * @param pace     messages a second that are asked for
 * @param most     the whole run takes no longer; what is left of the rounds is not begun
 * @param patience for one round to come to rest after its last fault
 * @param cuts     seconds for which the database is cut off, drawn from these
 * @param freeze   how long a stopped node sleeps; longer than a lease
 * @param troubles faults of a round beside its kill
 * @param faults   false: nothing is broken and nobody is killed
 * @param http     a fifth of the texts takes a route over HTTP
 * @param only     what the troubles are drawn from
 */
record Choice(int rounds, int messages, int nodes, long seed, int kills, int rate, int pace, Duration most, Duration patience, List<Integer> cuts, Duration freeze, int troubles, boolean faults,
              boolean http, List<Trouble> only) {

    static Choice asked() {
        return new Choice(Integer.getInteger("carillon.fault.rounds", 10), Integer.getInteger("carillon.fault.messages", 500),
            Integer.getInteger("carillon.fault.nodes", 2), Long.getLong("carillon.fault.seed", System.nanoTime() % 1_000_000), Integer.getInteger("carillon.fault.kills", 1),
            Integer.getInteger("carillon.fault.rate", 60), Integer.getInteger("carillon.fault.pace", Integer.getInteger("carillon.fault.rate", 60)),
            Duration.parse(System.getProperty("carillon.fault.most", "PT45M")), Duration.ofSeconds(Integer.getInteger("carillon.fault.patience", 240)),
            Arrays.stream(System.getProperty("carillon.fault.cuts", "5,5,5,60").split(",")).filter(s -> !s.isBlank()).map(Integer::valueOf).toList(),
            Duration.ofSeconds(Integer.getInteger("carillon.fault.freeze", 25)), Integer.getInteger("carillon.fault.troubles", 3),
            Boolean.parseBoolean(System.getProperty("carillon.fault.faults", "true")), Boolean.parseBoolean(System.getProperty("carillon.fault.http", "true")),
            System.getProperty("carillon.fault.only", "").isEmpty() ? List.of(Trouble.values()) : Arrays.stream(System.getProperty("carillon.fault.only").split(",")).map(Trouble::valueOf).toList());
    }

    /** Few and quick, for {@code mvn verify}. */
    static Choice small(int rounds) {
        return new Choice(rounds, 300, 2, Long.getLong("carillon.seed", System.nanoTime() % 1_000_000), 1, 60, 60, Duration.ofMinutes(6), Duration.ofSeconds(120), List.of(5),
            Duration.ofSeconds(20), 2, true, true, List.of(Trouble.values()));
    }
}
