package org.carillon.job;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.Node;
import org.carillon.delivery.RouteTable;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Database;
import org.carillon.plan.Replanning;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The node's ear: one connection of its own that listens for notifications, looks at all queues once a second, carries the clock and the
 * heartbeat, and holds the lock on the node's name. Comes back by itself when the database was away.
 */
final class Listener implements Runnable {

    /** Told what there may be to do. */
    @FunctionalInterface
    interface Ring {
        /** @param routes with something to send; empty: any */
        void ring(Set<Work> work, Set<String> routes);
    }

    private static final Logger LOG = System.getLogger(Listener.class.getName());
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int BEAT_EVERY = 5;
    private static final Duration LONGEST_AWAY = Duration.ofSeconds(5);
    private static final int NAMES = 50;
    /** Time for a person, or for the time server, to set the clock right again. */
    private static final Duration HOLD = Duration.ofSeconds(60);

    private final DataSource own;
    private final ApplicationClock clock;
    private final Node node;
    private final String name;
    private final Deadlines deadlines;
    private final Ring ring;
    private long revision = -1;  // not looked yet: everything was rung
    private final ClockWatch watch = new ClockWatch();
    private final RestoreWatch restores;
    private volatile boolean stopping;

    /** @param own gives connections outside the pool; @param name wanted for this node, numbered where another process bears it; @param restored the operator's word for a restore */
    Listener(DataSource own, ApplicationClock clock, Node node, String name, Deadlines deadlines, String restored, Ring ring) {
        this.own = own;
        this.clock = clock;
        this.node = node;
        this.name = name;
        this.deadlines = deadlines;
        this.restores = new RestoreWatch(restored);
        this.ring = ring;
    }

    void stop() { stopping = true; }

    @Override public void run() {
        long away = 250;
        while (!stopping) {
            node.doubts(true);  // before anything leaves, and whenever the database was away: it may come back as another
            try (Connection connection = own.getConnection()) {
                takeName(connection);
                restores.look(connection);
                node.doubts(RestoreWatch.holds(connection));
                try (Statement statement = connection.createStatement()) {
                    statement.execute("listen carillon_due; listen carillon_route; listen carillon_plan; listen carillon_replan; listen carillon_clock");
                }
                away = 250;
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                if (!stopping) {
                    LOG.log(Level.WARNING, "the database does not answer; trying again: " + e.getMessage());
                    away = Math.min(LONGEST_AWAY.toMillis(), away * 2);
                    sleep(away + ThreadLocalRandom.current().nextLong(250));
                }
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection notified = connection.unwrap(PGConnection.class);
        Jdbi beating = Database.prepare(Jdbi.create(connection));
        ring.ring(EnumSet.allOf(Work.class), Set.of());
        long next = System.nanoTime();
        for (int polls = 0; !stopping; ) {
            long left = next - System.nanoTime();
            if (left <= 0) {
                Poll poll = Poll.look(connection, deadlines.dead());
                watch(poll);
                node.doubts(poll.restored());
                clock.heard(poll.now(), poll.nanos());
                if (revision != poll.revision()) {
                    if (revision >= 0) {
                        poll.due().add(Work.ROUTES);
                    }
                    revision = poll.revision();
                }
                ring.ring(poll.due(), poll.routes());
                if (polls++ % BEAT_EVERY == 0) {
                    restores.look(connection);
                    if (!node.beat(beating)) {
                        takeName(connection);
                    }
                }
                next = System.nanoTime() + SECOND;
                continue;
            }
            PGNotification[] notifications = notified.getNotifications((int) Math.max(1, left / 1_000_000));
            if (notifications != null && notifications.length > 0) {
                heard(notifications);
            }
        }
    }

    /** Before anybody decides by the new time. */
    private void watch(Poll poll) {
        Duration leap = watch.leapt(poll.raw(), poll.nanos());
        if (!leap.isZero()) {
            LOG.log(Level.WARNING, "the database's time leapt by " + leap + (leap.isNegative() ? "" : "; nothing is released or sent for " + HOLD.toSeconds() + " s"));
        }
        if (leap.compareTo(Duration.ZERO) > 0) {
            node.hold(HOLD);
        }
    }

    private void heard(PGNotification[] notifications) {
        Set<Work> work = EnumSet.noneOf(Work.class);
        Set<String> routes = new HashSet<>();
        boolean any = false;
        for (PGNotification notification : notifications) {
            switch (notification.getName()) {
                case "carillon_due" -> {
                    work.add(Work.SEND);
                    any |= notification.getParameter().isEmpty();
                    routes.add(notification.getParameter());
                }
                case "carillon_plan" -> work.add(Work.PLANS);
                case Replanning.DUE -> work.add(Work.REPLAN);
                case RouteTable.CHANGED -> work.add(Work.ROUTES);
                default -> {
                    clock.refresh();
                    work.addAll(EnumSet.allOf(Work.class));
                    any = true;
                }
            }
        }
        ring.ring(work, any ? Set.of() : routes);
    }

    /** A name is held by a lock of this session: no two processes bear the same, and what the last bearer owned is dead. */
    private void takeName(Connection connection) throws SQLException {
        if (node.life().isPresent() && locked(connection, node.life().get().id())) {
            return;
        }
        for (int i = 1; i <= NAMES; i++) {
            String candidate = i == 1 ? name : name + "-" + i;
            if (locked(connection, candidate)) {
                Node.Life life = node.join(candidate);
                LOG.log(Level.INFO, "this node is " + life.id() + ", life " + life.epoch());
                return;
            }
        }
        throw new SQLException("no name is free for this node");
    }

    private static boolean locked(Connection connection, String candidate) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(hashtextextended('carillon-node ' || ?, 0))")) {
            statement.setString(1, candidate);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}
