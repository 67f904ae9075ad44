package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.OwnConnection;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Jdbi;

/** The lines of this node, one for each route that runs. {@code job} opens, rings, drains and closes them; nobody else does. */
@ApplicationScoped
public class Dispatcher {

    /** @param connections of its own; none where its turns have another's */
    private record Track(Line line, List<OwnConnection> connections, ExecutorService threads) {

        void close() {
            threads.shutdown();
            connections.forEach(OwnConnection::close);
        }
    }

    /** A window from which on a second turn begins while the first commits: below it a batch is too small to be halved. */
    private static final int WIDE = 20;

    private final Map<String, Track> tracks = new ConcurrentSkipListMap<>();
    private final Node node;
    private final ApplicationClock clock;
    private final Config config;

    protected Dispatcher() { this(null, null, null); }

    @Inject
    public Dispatcher(Node node, ApplicationClock clock, Config config) {
        this.node = node;
        this.clock = clock;
        this.config = config;
    }

    /** Over these and no others. @param rates submits a second by route; null where none */
    public Dispatcher(List<? extends Gateway> gateways, Turn turn, Node node, ApplicationClock clock, java.util.function.Function<String, Double> rates) {
        this(gateways, List.of(turn), node, clock, rates);
    }

    /** As above, with several turns under way at once. @param turns each with a connection of its own */
    public Dispatcher(List<? extends Gateway> gateways, List<Turn> turns, Node node, ApplicationClock clock, java.util.function.Function<String, Double> rates) {
        this(node, clock, null);
        gateways.forEach(g -> tracks.computeIfAbsent(g.route(), route -> {
            ExecutorService threads = Executors.newCachedThreadPool(Dispatcher::daemon);
            return new Track(new Line(g, turns, threads, node, rates.apply(route)), List.of(), threads);
        }));
    }

    private static Thread daemon(Runnable turn) {
        Thread thread = new Thread(turn, "turn");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * A line for a gateway that runs; an earlier one of that route has ended.
     *
     * @param rate    submits a second that the provider allows, all nodes together; null where none
     * @param threads for its turns
     */
    public void open(Gateway gateway, Double rate, boolean paused, ThreadFactory threads) {
        List<OwnConnection> connections = IntStream.range(0, gateway.window() < WIDE ? 1 : 2).mapToObj(n -> new OwnConnection(OwnConnection.source(config, "carillon " + gateway.route()))).toList();
        ExecutorService executor = Executors.newCachedThreadPool(threads);
        Line line = new Line(gateway, connections.stream().map(this::turn).toList(), executor, node, rate);
        line.pause(paused);
        tracks.put(gateway.route(), new Track(line, connections, executor));
    }

    private Turn turn(OwnConnection connection) {
        Jdbi jdbi = connection.jdbi();
        return new Turn(jdbi, clock, new BadAddresses(new Outbox(jdbi, clock)), Deadlines.from(config));
    }

    public Set<String> routes() { return Set.copyOf(tracks.keySet()); }

    public Set<Channel> channels() { return tracks.values().stream().map(track -> track.line().gateway().channel()).collect(java.util.stream.Collectors.toSet()); }

    /** Sends what is due on this route until nothing is, or the route is closed. Blocks meanwhile; answers the number of submits. */
    public int drain(String route) {
        Track track = tracks.get(route);
        try {
            return track == null ? 0 : track.line().drain();
        } finally {
            node.dispatcherTurned(clock.now());
        }
    }

    /** One route of the channel after the other. */
    public int drain(Channel channel) {
        return tracks.entrySet().stream().filter(e -> e.getValue().line().gateway().channel() == channel).map(Map.Entry::getKey).mapToInt(this::drain).sum();
    }

    /** Tells a line that is draining already to look again. */
    public void ring(String route) { Optional.ofNullable(tracks.get(route)).ifPresent(track -> track.line().ring()); }

    /** A paused line claims nothing; what is under way is recorded. */
    public void pause(String route, boolean on) { Optional.ofNullable(tracks.get(route)).ifPresent(track -> track.line().pause(on)); }

    /** Ends one line gracefully: nothing new is claimed, what is under way is recorded, unused claims go back. Its drain ends by itself. */
    public void stop(String route) { Optional.ofNullable(tracks.get(route)).ifPresent(track -> track.line().stop()); }

    /** After the line's drain ended. */
    public void close(String route) { Optional.ofNullable(tracks.remove(route)).ifPresent(Track::close); }

    /** Ends all. */
    public void stop() { routes().forEach(this::stop); }

    /** After all drains ended. */
    public void close() { routes().forEach(this::close); }

    /** Submits a second that the slowest of the channel's open routes may do, for what is let go may all be that route's; those without a limit count as {@code usual}. */
    public double rate(Channel channel, double usual) {
        return tracks.values().stream().map(Track::line).filter(line -> line.gateway().channel() == channel && line.gateway().health().open())
            .mapToDouble(line -> line.configured() == null ? usual : line.configured()).min().orElse(usual);
    }
}
