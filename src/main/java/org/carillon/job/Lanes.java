package org.carillon.job;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.carillon.delivery.Dispatcher;
import org.carillon.delivery.Gateways;
import org.carillon.delivery.Route;
import org.carillon.delivery.RouteShelf;
import org.carillon.delivery.RouteWatch;

/**
 * Keeps this node's gateways, lines and bells in step with the table of routes: starts what is new, makes anew what was changed, ends what is gone.
 * An edited route first ends its line: nothing more is claimed, every answer is recorded, then the session is closed and the new one opened. So
 * nothing is lost or doubled, and a provider that allows one session sees one.
 */
final class Lanes {

    private record Lane(Route.Make make, Bell bell) { }

    private static final Logger LOG = System.getLogger(Lanes.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final RouteShelf shelf;
    private final Gateways gateways;
    private final Dispatcher dispatcher;
    private final RouteWatch watch;
    private final ThreadFactory threads;
    private final Consumer<String> send;
    private final Runnable changed;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Set<String> ending = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** @param send drains a route's line; @param changed told when routes started or ended */
    Lanes(RouteShelf shelf, Gateways gateways, Dispatcher dispatcher, RouteWatch watch, ThreadFactory threads, Consumer<String> send, Runnable changed) {
        this.shelf = shelf;
        this.gateways = gateways;
        this.dispatcher = dispatcher;
        this.watch = watch;
        this.threads = threads;
        this.send = send;
        this.changed = changed;
    }

    /** One thread at a time. */
    synchronized void follow() {
        if (stopping) {
            return;
        }
        Map<String, Route> wanted = shelf.running();
        lanes.forEach((code, lane) -> {
            Route route = wanted.get(code);
            if ((route == null || !route.make().equals(lane.make())) && ending.add(code)) {
                threads.newThread(() -> end(code, lane)).start();
            }
        });
        Set<String> started = new HashSet<>();
        wanted.forEach((code, route) -> {
            if (!lanes.containsKey(code)) {
                dispatcher.open(gateways.start(route), gateways.rate(route), route.paused(), threads);
                lanes.put(code, new Lane(route.make(), new Bell("dispatcher " + code, threads, () -> send.accept(code)).start()));
                started.add(code);
            } else if (!ending.contains(code)) {
                dispatcher.pause(code, route.paused());
            }
        });
        if (!started.isEmpty()) {
            LOG.log(Level.INFO, "routes started: " + started);
            changed.run();
            started.forEach(this::ring);
        }
    }

    private void end(String code, Lane lane) {
        try {
            dispatcher.stop(code);
            while (!lane.bell().stop(LOOK)) {
                LOG.log(Level.INFO, "route " + code + " waits for its last answers");
            }
            dispatcher.close(code);
            gateways.stop(code);
            watch.forget(code);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "route " + code + " did not end well", e);
        } finally {
            lanes.remove(code);
            ending.remove(code);
            LOG.log(Level.INFO, "route ended: " + code);
        }
        changed.run();
        follow();
    }

    /** Some deleted route still sends what waited for it. */
    boolean leaving() { return shelf.leaving(lanes.keySet()); }

    void ring(String route) {
        Lane lane = lanes.get(route);
        if (lane != null) {
            lane.bell().ring();
            dispatcher.ring(route);
        }
    }

    void ringAll() { lanes.keySet().forEach(this::ring); }

    /** Claims nothing more, records what is under way. */
    void stop(Duration longest) {
        stopping = true;
        long until = System.nanoTime() + longest.toNanos();
        dispatcher.stop();
        lanes.values().forEach(lane -> lane.bell().stop(Duration.ofNanos(until - System.nanoTime())));
    }

    /** After {@link #stop}: ends the sessions. */
    void close() {
        lanes.keySet().forEach(gateways::stop);
        dispatcher.close();
    }
}
