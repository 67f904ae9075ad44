package org.carillon.bench;

import java.util.Locale;
import java.util.Optional;

/**
 * PERF-01: one event per transaction with its plan, by {@code carillon.bench.clients} (8) clients, beside pgbench's single rows by as many.
 * {@code carillon.bench.events} (8,000) and {@code carillon.bench.seconds} (5) a round.
 */
public final class Recording {

    private Recording() { }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int clients = Integer.getInteger("carillon.bench.clients", 8);
        try (DurableDatabase database = DurableDatabase.open(); Pipeline pipeline = new Pipeline(database, clients)) {
            new Chain(20, 50, 20_000).fill(database.owner());
            EventIntake ours = new EventIntake(pipeline, clients, Integer.getInteger("carillon.bench.events", 8_000));
            Optional<PgBench> pgbench = PgBench.find(database, clients, Integer.getInteger("carillon.bench.seconds", 5));
            if (pgbench.isPresent()) {
                new Contest(ours, pgbench.get()).run().row("PERF-01", ours, pgbench.get(), ">= 0.5, stretch 0.7");
            } else {
                new Contest(ours).run();
                System.out.println("| PERF-01 | not measured: pgbench is not installed |");
            }
        }
    }
}
