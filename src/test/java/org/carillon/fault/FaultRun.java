package org.carillon.fault;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * REL-01, 05 to 09, 11, 12, 27, 30: rounds of load, one kill -9 and faults drawn by seed; then quiet, then I1 to I9. {@code mvn -Pfault verify};
 * {@link Choice} has the settings. The report is in {@code target/fault}.
 */
public final class FaultRun {

    private static final PrintStream OUT = System.out;
    private static final int BATCH = 25;

    private final Choice choice;
    private final Fleet fleet;
    private final Oracle oracle;
    private final Garage garage;
    private final Invariants invariants;
    private final Report report;
    private final Random random;
    private final Jdbi owner;
    private final List<Invariants.Finding> meanwhile = new CopyOnWriteArrayList<>();
    private final boolean asked;
    private volatile boolean acting;

    FaultRun(Choice choice, Fleet fleet) {
        this(choice, fleet, false);
        if (choice.http()) {
            garage.openHttp();
        }
    }

    private FaultRun(Choice choice, Fleet fleet, boolean asked) {
        this.choice = choice;
        this.fleet = fleet;
        this.asked = asked;
        owner = fleet.owner();
        oracle = new Oracle(owner, fleet.submits()).open();
        garage = new Garage(fleet, oracle, choice.seed()).furnish();
        invariants = new Invariants(owner);
        report = new Report(choice, Path.of("target", "fault"));
        random = new Random(choice.seed());
    }

    /** Everything is asked of the REST interface, as long as the acts last at least: for a fleet whose schema is not ours yet. */
    static FaultRun byRest(Choice choice, Fleet fleet) { return new FaultRun(choice, fleet, true); }

    public static void main(String[] args) throws Exception {
        Choice choice = Choice.asked();
        OUT.println("fault suite: " + choice);
        boolean holds;
        try (Fleet fleet = Fleet.start("fault", choice.nodes(), choice.seed(), Fleet.quick(choice.rate()))) {
            Report report = new FaultRun(choice, fleet).run();
            OUT.println("\n" + report);
            holds = report.holds();
        }
        if (!holds) {
            throw new IllegalStateException("the invariants do not hold: target/fault/report.txt");
        }
    }

    Report run() throws Exception {
        long end = System.nanoTime() + choice.most().toNanos();
        for (int number = 1; number <= choice.rounds() && System.nanoTime() < end; number++) {
            Round round = round(number);
            report.add(round, owner, garage.answers());
            OUT.println(round);
        }
        return report;
    }

    /** As {@link #round} but with the given faults instead of drawn ones. */
    Round round(int number, Act... acts) throws Exception {
        long began = System.nanoTime();
        meanwhile.clear();
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "round-" + number);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<String> done = new ArrayList<>();
            List<Future<?>> all = new ArrayList<>();
            int before = garage.made();
            acting = true;
            all.add(threads.submit(() -> { load(); return null; }));
            all.add(threads.submit(() -> { orders(); return null; }));
            all.add(threads.submit(() -> { watch(); return null; }));
            int kills = 0;
            List<Act> playing = acts.length > 0 ? List.of(acts) : drawn();
            CountDownLatch curtain = new CountDownLatch(playing.size());
            for (Act act : playing) {
                kills += act.kills();
                all.add(threads.submit(() -> {
                    try {
                        act.play(done);
                    } finally {
                        curtain.countDown();
                        acting = curtain.getCount() > 0;
                    }
                    return null;
                }));
            }
            List<Future<?>> awaited = new ArrayList<>(all);
            awaited.remove(2);
            for (Future<?> one : awaited) {
                try {
                    one.get(choice.patience().toMillis() * (1 + choice.kills()), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    throw new IllegalStateException("round " + number + " does not end: " + done + ", REST answered " + garage.answers() + " " + garage.refusals(), e);
                }
            }
            fleet.heal();
            OUT.println("  " + garage.made() + " messages asked for, " + done + ", REST answered " + garage.answers() + " " + garage.refusals());
            Duration faults = Duration.ofNanos(System.nanoTime() - began);
            long quiet = System.nanoTime();
            boolean rested = rest();
            oracle.read();
            List<Invariants.Finding> findings = new ArrayList<>(meanwhile);
            findings.addAll(invariants.judge(choice.rate()));
            if (!rested) {
                findings.add(new Invariants.Finding("I1", "not quiet after " + choice.patience().toSeconds() + " s", 1, List.of("see target/fault")));
            }
            synchronized (done) {
                return new Round(number, kills, List.copyOf(done), findings, garage.made() - before, faults, Duration.ofNanos(System.nanoTime() - quiet));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Something that happens beside the load. */
    interface Act {

        int kills();

        void play(List<String> done) throws Exception;
    }

    /** The kills, and beside them so many troubles one after the other. */
    private List<Act> drawn() {
        if (!choice.faults()) {
            return List.of();
        }
        Random mine = new Random(random.nextLong());
        Random others = new Random(random.nextLong());
        Act kill = act(choice.kills(), done -> {
            for (int i = 0; i < choice.kills(); i++) {
                Thread.sleep(1_000 + mine.nextInt(5_000));
                Fleet.Berth berth = fleet.berth(mine.nextInt(choice.nodes()));
                note(done, "KILL " + berth.name());
                Instant from = Instant.now();
                fleet.kill(berth, Duration.ofMillis(mine.nextInt(3_000)));
                oracleRough(from, Instant.now().plusSeconds(2));
                if (i + 1 < choice.kills()) {
                    berth.awaitReady();
                }
            }
        });
        Act troubles = act(0, done -> {
            for (int i = 0; i < choice.troubles(); i++) {
                Thread.sleep(others.nextInt(2_500));
                Trouble trouble = choice.only().get(others.nextInt(choice.only().size()));
                note(done, trouble.name());
                Instant from = Instant.now();
                trouble.strike(new Trouble.Scene(fleet, oracle, choice, others));
                oracleRough(from, Instant.now().plusSeconds(8));
            }
        });
        return List.of(kill, troubles);
    }

    interface Play { void play(List<String> done) throws Exception; }

    static Act act(int kills, Play play) {
        return new Act() {
            @Override public int kills() { return kills; }

            @Override public void play(List<String> done) throws Exception { play.play(done); }
        };
    }

    static void note(List<String> done, String what) {
        synchronized (done) {
            done.add(what);
        }
    }

    void oracleRough(Instant from, Instant to) throws InterruptedException {
        while (true) {
            try {
                oracle.rough(from, to);
                return;
            } catch (JdbiException e) {
                Thread.sleep(200);
            }
        }
    }

    /** Four fifths by SQL, one by REST; usually as fast as the route may send, so that faults meet messages on their way. */
    private void load() throws InterruptedException {
        for (int left = asked ? 0 : choice.messages() * 4 / 5; left > 0; left -= BATCH) {
            garage.write(Math.min(BATCH, left));
            garage.changeMind();
            Thread.sleep(BATCH * 1_250L / choice.pace());
        }
    }

    private void orders() throws InterruptedException {
        int together = Math.max(10, choice.pace() / 20);  // one call answers about as fast for fifty as for ten
        for (int left = asked ? choice.messages() : choice.messages() / 5; left > 0 || asked && acting; left -= together) {
            garage.order(left > 0 ? Math.min(together, left) : together);
            Thread.sleep(together * (asked ? 1_000L : 5_000L) / choice.pace());
        }
    }

    /** What holds at any instant. */
    private void watch() throws InterruptedException {
        long took = 0;
        while (!Thread.currentThread().isInterrupted()) {
            Thread.sleep(Math.max(3_000, took / 100_000));  // a tenth of the time at most, where there are many messages
            long began = System.nanoTime();
            try {
                meanwhile.addAll(invariants.meanwhile());
            } catch (JdbiException e) {
                // the database is away
            }
            took = System.nanoTime() - began;
        }
    }

    /** Looks until nothing is live. What waits for a later hour only is brought near by moving the clock; what an outage held is let go, as a person would. */
    private boolean rest() throws InterruptedException {
        long end = System.nanoTime() + choice.patience().toNanos();
        while (System.nanoTime() < end) {
            long live = one("select (select count(*) from message_due) + (select count(*) from planned_notification where state = 'PLANNED' or state = 'HELD')");
            if (live == 0) {
                return true;
            }
            owner.useHandle(h -> h.execute("update backlog_gate set released_at = now(), released_by = 'fault' where since is not null and released_at is null"));
            long far = one("select case when exists (select from message_due where state not in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN')) then 0 else coalesce((select extract(epoch from "
                + "min(next_attempt_at) - (select clock_timestamp() + offset_ms * interval '1 ms' from application_clock))::bigint from message_due), 0) end");
            if (far > 8) {
                new Trouble.Scene(fleet, oracle, choice, random).jump(Duration.ofSeconds(Math.min(far, 240)));
            }
            Thread.sleep(250);
        }
        return false;
    }

    private long one(String sql) { return owner.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    Report report() { return report; }

    Fleet fleet() { return fleet; }

    Jdbi owner() { return owner; }

    Garage garage() { return garage; }

    Random random() { return random; }
}
