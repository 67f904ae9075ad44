package org.carillon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.ReceiptBook;
import org.carillon.delivery.ReceiptStore;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Purpose;
import org.carillon.simulator.Fault;
import org.carillon.simulator.SubmitLog;

/**
 * What a provider's limits do. REL-15: three nodes share a route of {@code carillon.bench.rate} (20) a second. REL-16: the provider takes only 70 % of
 * what it was said to, for {@code carillon.bench.seconds} (60), beside another route. REL-14: {@code carillon.bench.fast} (500) a second with receipts
 * of all of them, every statement {@code carillon.bench.latency} ms (200) late. Only prints.
 */
public final class Limits {

    private static final PrintStream OUT = System.out;
    private static final int SECONDS = Integer.getInteger("carillon.bench.seconds", 60);
    private static final double RATE = Integer.getInteger("carillon.bench.rate", 20);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final DurableDatabase database;
    private final ApplicationClock clock;

    private Limits(DurableDatabase database) {
        this.database = database;
        clock = new ApplicationClock(database.jdbi(1));
    }

    public static void main(String[] args) throws Exception {
        String only = System.getProperty("carillon.bench.only", "");
        try (DurableDatabase database = DurableDatabase.open()) {
            new Chain(20, 50, 20_000).fill(database.owner());
            Limits limits = new Limits(database);
            if (only.isEmpty() || only.equals("REL-15")) {
                limits.shared();
            }
            if (only.isEmpty() || only.equals("REL-16")) {
                limits.throttled();
            }
            if (only.isEmpty() || only.equals("REL-14")) {
                limits.slowDatabase(Integer.getInteger("carillon.bench.fast", 500), Integer.getInteger("carillon.bench.latency", 200));
            }
        }
    }

    private void shared() throws Exception {
        Path log = fresh("shared");
        try (Smsc smsc = Smsc.start(log)) {
            smsc.always(Fault.Kind.RECEIPT, 0, 0);
            smsc.always(Fault.Kind.THROTTLE, 0, (int) RATE);
            Crowd crowd = crowd();
            List<BareNode> nodes = new ArrayList<>();
            for (int n = 1; n <= 3; n++) {
                nodes.add(new BareNode(database, "n" + n, smsc.gateway(10), route -> RATE));
            }
            crowd.queue((int) (RATE * SECONDS * 2), Purpose.TRANSACTIONAL, clock.refresh());
            run(nodes);
            List<SubmitLog.Line> lines = SubmitLog.read(log);
            OUT.printf(Locale.ROOT, "REL-15: limit %.0f a second, three nodes, %d s: %d submits, %.1f a second, at most %d in any second (goal %.0f), RTHROTTLED %.2f %% (goal < 0.1), %s%n", RATE, SECONDS,
                lines.size(), lines.size() / (double) SECONDS, most(lines), RATE * 1.1, 100.0 * throttled(lines) / lines.size(), crowd.states());
        }
    }

    /** The other route is slow as well, so that it shows whether it waits. */
    private void throttled() throws Exception {
        Path log = fresh("throttled");
        Path other = fresh("other");
        int allowed = (int) Math.round(RATE * 0.7);
        try (Smsc smsc = Smsc.start(log); Smsc second = Smsc.start(other)) {
            smsc.always(Fault.Kind.RECEIPT, 0, 0);
            smsc.always(Fault.Kind.THROTTLE, 0, allowed);
            second.always(Fault.Kind.RECEIPT, 0, 0);
            Crowd crowd = crowd();
            List<BareNode> nodes = List.of(new BareNode(database, "n1", smsc.gateway(10), route -> RATE),
                new BareNode(database, "n2", second.gateway("smpp2", 10, receipt -> { }, ANSWER), route -> RATE));
            crowd.queue((int) (RATE * SECONDS * 2), Purpose.TRANSACTIONAL, clock.refresh());
            crowd.queue((int) (RATE * SECONDS * 2), "smpp2", clock.refresh());
            run(nodes);
            List<SubmitLog.Line> lines = SubmitLog.read(log);
            int taken = lines.size() - throttled(lines);
            OUT.printf(Locale.ROOT, "REL-16: %d of %.0f a second allowed for %d s: %.1f a second taken, %.0f %% of what is allowed (goal 60), %.1f %% of the submits throttled, FAILED %d (goal 0); "
                + "the other route %.1f a second of %.0f%n", allowed, RATE, SECONDS, taken / (double) SECONDS, 100.0 * taken / SECONDS / allowed, 100.0 * throttled(lines) / lines.size(),
                crowd.count("select count(*) from message_now where state = 'FAILED'"), SubmitLog.read(other).size() / (double) SECONDS, RATE);
        }
    }

    /** Four nodes, since a line with so slow a database has one turn in a second or two; so many are queued each second. */
    private void slowDatabase(int rate, int latency) throws Exception {
        try (Smsc smsc = Smsc.start((Path) null)) {
            Crowd crowd = crowd();
            long before = crowd.count("select count(*) from receipt");
            ReceiptBook receipts = new ReceiptBook(new ReceiptStore(BareNode.slow(database.jdbi(8), latency), clock, Deadlines.DEFAULT));
            List<BareNode> nodes = new ArrayList<>();
            for (int n = 1; n <= 4; n++) {
                nodes.add(new BareNode(database, "s" + n, smsc.gateway("smpp", 1_000, receipts, ANSWER), route -> null, latency));
            }
            run(nodes, second -> crowd.queue(rate, Purpose.TRANSACTIONAL, clock.refresh()));
            OUT.printf(Locale.ROOT, "REL-14: %d a second queued, %d ms more a statement, answers within %s, %d s: %.0f submits a second, %.0f receipts a minute, false UNKNOWN %d (goal 0), %s%n", rate, latency,
                ANSWER, SECONDS, smsc.taken() / (double) SECONDS, (crowd.count("select count(*) from receipt") - before) * 60.0 / SECONDS,
                crowd.count("select count(*) from attempt_outcome where verdict = 'UNKNOWN'"), crowd.states());
        }
    }

    private Crowd crowd() {
        database.owner().useHandle(h -> h.execute("truncate message, message_ended, message_due, message_event, message_part, attempt, attempt_outcome, receipt, route_state, late_outcome cascade"));
        return new Crowd(database, new Outbox(database.jdbi(2), clock));
    }

    private static void run(List<BareNode> nodes) throws InterruptedException { run(nodes, second -> { }); }

    private static void run(List<BareNode> nodes, IntConsumer eachSecond) throws InterruptedException {
        nodes.forEach(node -> {
            node.clock.refresh();
            node.start();
        });
        long began = System.nanoTime();
        for (int second = 0; second < SECONDS; second++) {
            eachSecond.accept(second);
            TimeUnit.NANOSECONDS.sleep(began + TimeUnit.SECONDS.toNanos(second + 1) - System.nanoTime());
        }
        for (BareNode node : nodes) {
            node.stop();
            node.close();
        }
    }

    private static Path fresh(String name) throws IOException {
        Path log = Path.of("target", "bench-limits", name + ".log");
        Files.deleteIfExists(log);
        return log;
    }

    /** In any window of one second. */
    private static int most(List<SubmitLog.Line> lines) {
        List<Instant> at = lines.stream().map(SubmitLog.Line::at).sorted().toList();
        int most = 0;
        for (int first = 0, last = 0; last < at.size(); last++) {
            while (!at.get(last).isBefore(at.get(first).plusSeconds(1))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static int throttled(List<SubmitLog.Line> lines) { return (int) lines.stream().filter(line -> line.answer() == 0x58).count(); }
}
