package org.carillon.fault;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** REL-10: all nodes restarted in turn by SIGTERM under load: nothing lost, nothing doubled, nothing UNKNOWN, each drained within 35 s. */
public final class RollingRestart {

    private static final PrintStream OUT = System.out;
    private static final Duration DRAIN = Duration.ofSeconds(35);

    private final FaultRun run;
    private final List<Long> drains = new ArrayList<>();

    RollingRestart(FaultRun run) { this.run = run; }

    public static void main(String[] args) throws Exception {
        Choice choice = Choice.asked();
        OUT.println("rolling restart: " + choice);
        try (Fleet fleet = Fleet.start("fault-rolling", choice.nodes(), choice.seed(), Fleet.quick(choice.rate()))) {
            FaultRun run = new FaultRun(choice, fleet);
            for (int number = 1; number <= choice.rounds(); number++) {
                RollingRestart restart = new RollingRestart(run);
                Round round = run.round(number, restart.act());
                run.report().add(round, run.owner(), run.garage().answers());
                OUT.println(round + "\n  drained in " + restart.drains + " ms, " + unknown(run) + " unknown outcomes so far");
                if (!round.holds() || unknown(run) > 0) {
                    throw new IllegalStateException("the restart was not seamless");
                }
            }
            OUT.println("\n" + run.report());
        }
    }

    /** Stops and starts one node after the other. */
    FaultRun.Act act() {
        return FaultRun.act(0, done -> {
            Thread.sleep(1_500);
            for (Fleet.Berth berth : run.fleet().berths()) {
                Instant from = Instant.now();
                long began = System.nanoTime();
                berth.node().stop();
                long took = (System.nanoTime() - began) / 1_000_000;
                drains.add(took);
                FaultRun.note(done, "RESTART " + berth.name() + " after " + took + " ms");
                if (took > DRAIN.toMillis()) {
                    throw new IllegalStateException(berth.name() + " took " + took + " ms to stop");
                }
                berth.start();
                berth.awaitReady();
                run.oracleRough(from, Instant.now().plusSeconds(1));
            }
        });
    }

    /** Outcomes that were unknown so far. */
    static long unknown(FaultRun run) {
        return run.owner().withHandle(h -> h.createQuery("select count(*) from attempt_outcome where verdict = 'UNKNOWN'").mapTo(Long.class).one());
    }
}
