package org.carillon.job;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.carillon.alert.AlertRound;
import org.carillon.conversation.InboxDesk;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.Detours;
import org.carillon.delivery.Dispatcher;
import org.carillon.delivery.Gateways;
import org.carillon.delivery.Node;
import org.carillon.delivery.Reconciler;
import org.carillon.delivery.Recovery;
import org.carillon.delivery.RouteShelf;
import org.carillon.delivery.RouteWatch;
import org.carillon.delivery.Sweeper;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.OwnConnection;
import org.carillon.job.health.Gauges;
import org.carillon.plan.BacklogGate;
import org.carillon.plan.Releaser;
import org.carillon.plan.Replanning;
import org.eclipse.microprofile.config.Config;

/** Drives the pipeline: listens, and wakes the releaser, the lines of the dispatcher and the sweeper, each on a thread of its own. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class Pump {

    private static final Duration DRAIN = Duration.ofSeconds(35);
    /** Less than the second between two polls, so that what a poll rings for is done. */
    private static final Duration TENDING = Duration.ofMillis(900);
    private static final long IDLE = TimeUnit.MINUTES.toNanos(1);
    private static final long REMATCH = TimeUnit.SECONDS.toNanos(10);
    /** What goes on while everything is held after a restore (REL-29): what expires ends, and what a provider tells is heard. */
    private static final Set<Work> STILL = EnumSet.of(Work.SWEEP, Work.ROUTES);

    @Inject Config config;
    @Inject Beginning beginning;
    @Inject ApplicationClock clock;
    @Inject Node node;
    @Inject Releaser releaser;
    @Inject Dispatcher dispatcher;
    @Inject Recovery recovery;
    @Inject Reconciler reconciler;
    @Inject Sweeper sweeper;
    @Inject Replanning replanning;
    @Inject AlertRound alerts;
    @Inject InboxDesk inbox;
    @Inject BacklogGate gate;
    @Inject Gateways gateways;
    @Inject RouteShelf shelf;
    @Inject RouteWatch watch;
    @Inject Detours detours;
    @Inject Gauges gauges;
    @Resource ManagedThreadFactory threads;

    private final Map<Work, Bell> bells = new EnumMap<>(Work.class);
    /** Providers take their time to answer, which must not hold up the sweeper. */
    private Bell asking;
    /** A second releaser, while there is more than one keeps up with. */
    private Bell helping;
    private Lanes lanes;
    private Listener listener;
    private Instant tended;
    private volatile boolean untended;
    private volatile long planned = System.nanoTime();
    private long followed = System.nanoTime();
    private long rematched = System.nanoTime() - REMATCH;

    @PostConstruct
    void start() {
        helping = new Bell("second releaser", threads, releaser::help).start();
        bells.put(Work.PLANS, new Bell("releaser", threads, this::release).start());
        beginning.insist("settling the routes", shelf::settle);
        lanes = new Lanes(shelf, gateways, dispatcher, watch, threads, this::send, gauges::follow);
        beginning.insist("starting the routes", lanes::follow);
        bells.put(Work.ROUTES, new Bell("routes", threads, lanes::follow).start());
        bells.put(Work.REPLAN, new Bell("replanner", threads, this::replan).start());
        bells.put(Work.ALERTS, new Bell("alerts", threads, alerts::run).start());
        asking = new Bell("reconciler", threads, this::ask).start();
        bells.put(Work.SWEEP, new Bell("sweeper", threads, this::sweep).start());
        listener = new Listener(OwnConnection.source(config, "carillon listener"), clock, node, name(), Deadlines.from(config), config.getOptionalValue("carillon.restored", String.class).orElse(""), this::ring);
        threads.newThread(listener).start();
    }

    /** Claims nothing more, records what is under way, gives the rest back and says goodbye, so that another node goes on at once. */
    @PreDestroy
    void stop() {
        long until = System.nanoTime() + DRAIN.toNanos();
        lanes.stop(DRAIN);
        asking.stop(Duration.ofMillis(1));
        bells.values().forEach(bell -> bell.stop(Duration.ofNanos(until - System.nanoTime())));
        helping.stop(Duration.ofNanos(until - System.nanoTime()));
        listener.stop();
        lanes.close();
        try (OwnConnection connection = new OwnConnection(OwnConnection.source(config, "carillon stop"))) {
            node.leave(connection.jdbi());
        }
    }

    /** The planner runs at least once a minute, so that a planner that does not can be told from one that has nothing to do (P-07). */
    private void ring(Set<Work> called, Set<String> routes) {
        watch.look();
        if (node.leaping()) {
            return;  // the next poll after it rings again
        }
        Set<Work> due = EnumSet.noneOf(Work.class);
        due.addAll(called);
        if (node.held()) {
            due.retainAll(STILL);  // and rings again when a person let go
        }
        if (System.nanoTime() - followed > REMATCH) {
            followed = System.nanoTime();
            bells.get(Work.ROUTES).ring();  // also where following failed the last time
        }
        if (!node.held() && !due.contains(Work.PLANS) && (untended || System.nanoTime() - planned > IDLE)) {
            bells.get(Work.PLANS).ring();
        }
        if (due.contains(Work.SWEEP)) {
            asking.ring();
        }
        due.forEach(work -> {
            if (work != Work.SEND) {
                bells.get(work).ring();
            } else if (routes.isEmpty()) {
                lanes.ringAll();
            } else {
                routes.forEach(lanes::ring);
            }
        });
    }

    private void send(String route) {
        gate.watch();
        dispatcher.drain(route);
    }

    private static boolean isFresh(Instant done, Instant now) { return done != null && !now.isBefore(done) && now.isBefore(done.plus(TENDING)); }

    /** Who waits for a message does not wait for what else there is to do for plans: that is done once a second, and whenever the clock leapt. */
    private void release() {
        Instant now = clock.now();
        untended = isFresh(tended, now);
        if (untended) {
            releaser.releaseFresh(helping::ring);
        } else {
            releaser.releaseDue(helping::ring);
            tend();
            tended = now;
        }
        node.plannerTurned(clock.now());
        planned = System.nanoTime();
    }

    private void tend() {
        releaser.recheckHeld();
        releaser.releaseBacklog(dispatcher.channels().stream().collect(Collectors.toMap(channel -> channel, channel -> dispatcher.rate(channel, usualRate()))));
        sweeper.unhold();
    }

    private double usualRate() { return config.getOptionalValue("carillon.backlog.rate", Double.class).orElse(20.0); }

    /** One task at a time; what is left rings again. */
    private void replan() {
        node.life().flatMap(life -> replanning.claim(life.id(), life.epoch(), Deadlines.from(config).dead().toMillis())).ifPresent(task -> {
            Properties parameters = new Properties();
            parameters.setProperty("task", Long.toString(task));
            BatchRuntime.getJobOperator().start("replan", parameters);
        });
    }

    private void ask() {
        while (reconciler.reconcile() > 0) { }
    }

    private void sweep() {
        for (int done = 1; done > 0; ) {
            done = recovery.recover() + sweeper.sweep();
        }
        if (detours.turn() > 0) {
            bells.get(Work.SWEEP).ring();
        }
        if (System.nanoTime() - rematched > REMATCH) {
            rematched = System.nanoTime();
            sweeper.rematch();
            inbox.stranded();
        }
    }

    private String name() {
        return config.getOptionalValue("carillon.node", String.class).orElseGet(() -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "node";
            }
        });
    }
}
