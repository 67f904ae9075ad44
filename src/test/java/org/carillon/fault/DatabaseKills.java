package org.carillon.fault;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * REL-01: PostgreSQL is killed again and again under fifty requests a second, each of which makes a customer and an order by REST; whatever was acknowledged is
 * there in the end, and sent. {@code mvn -Pfault verify -Dfault=DatabaseKills -Dcarillon.fault.rounds=50}
 */
public final class DatabaseKills {

    private static final PrintStream OUT = System.out;
    private static final int CLIENTS = 10;
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final FaultRun run;
    private final int kills;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger orders = new AtomicInteger();

    private DatabaseKills(FaultRun run, int kills) {
        this.run = run;
        this.kills = kills;
    }

    public static void main(String[] args) throws Exception {
        Choice choice = Choice.asked();
        OUT.println("PostgreSQL killed: " + choice);
        try (Fleet fleet = Fleet.start("fault-database", choice.nodes(), choice.seed(), Fleet.quick(choice.rate()))) {
            FaultRun run = new FaultRun(choice, fleet);
            DatabaseKills one = new DatabaseKills(run, choice.rounds());
            Round round = run.round(1, FaultRun.act(choice.rounds(), one::kill), FaultRun.act(0, one::ask));
            run.report().add(round, run.owner(), run.garage().answers());
            OUT.println("\n" + run.report() + one.orders.get() + " orders were acknowledged one by one");
            if (!round.holds()) {
                throw new IllegalStateException("the invariants do not hold");
            }
        }
    }

    private void kill(List<String> done) throws Exception {
        Instant from = Instant.now();
        try {
            for (int i = 0; i < kills; i++) {
                Thread.sleep(1_500 + run.random().nextInt(2_000));
                run.fleet().postgres().crash(i % 5 == 4 ? "QUIT" : "KILL");
                FaultRun.note(done, (i % 5 == 4 ? "QUIT after " : "KILL after ") + orders);
                Thread.sleep(run.random().nextInt(1_000));
                run.fleet().postgres().again();
            }
            run.oracleRough(from, Instant.now().plusSeconds(60));
        } finally {
            over.set(true);
        }
    }

    private void ask(List<String> done) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(clients.submit(client()));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private Callable<Void> client() {
        return () -> {
            while (!over.get()) {
                long next = System.nanoTime() + BETWEEN.toNanos();
                run.garage().order(1);
                orders.incrementAndGet();
                Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
            }
            return null;
        };
    }
}
