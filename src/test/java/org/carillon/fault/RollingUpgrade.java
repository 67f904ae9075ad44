package org.carillon.fault;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.run.Node;

/**
 * REL-28: under load all nodes of an older build are replaced in turn by this one. The first new node migrates the schema while old ones live on it.
 * Nothing is lost, nothing doubled, and the REST interface answers nothing but 2xx and 503. {@code -Dcarillon.fault.old=} is the older WAR; {@code
 * -Dcarillon.fault.together=} says for how many seconds both builds serve side by side.
 * {@code mvn -Pfault verify -Dfault=RollingUpgrade -Dcarillon.fault.old=...}
 */
public final class RollingUpgrade {

    private static final PrintStream OUT = System.out;
    private static final Duration DRAIN = Duration.ofSeconds(35);

    private final FaultRun run;
    private final Duration together;
    private final List<String> slow = new ArrayList<>();

    private RollingUpgrade(FaultRun run, Duration together) {
        this.run = run;
        this.together = together;
    }

    public static void main(String[] args) throws Exception {
        Path old = Path.of(System.getProperty("carillon.fault.old", "")).toAbsolutePath();
        if (!Files.isRegularFile(old)) {
            throw new IllegalArgumentException("-Dcarillon.fault.old= is to name the WAR that is replaced; README says how one is built");
        }
        Choice choice = Choice.asked();
        OUT.println("rolling upgrade from " + old + ": " + choice);
        try (Fleet fleet = Fleet.start("fault-upgrade", choice.nodes(), choice.seed(), Fleet.quick(choice.rate()), old, Map.of("track_commit_timestamp", "on"))) {
            FaultRun run = FaultRun.byRest(choice, fleet);
            RollingUpgrade upgrade = new RollingUpgrade(run, Duration.ofSeconds(Integer.getInteger("carillon.fault.together", 10)));
            Round round = run.round(1, upgrade.act());
            run.report().add(round, run.owner(), run.garage().answers());
            long unknown = RollingRestart.unknown(run);
            OUT.println(round + "\n" + run.report() + "\nschema " + schema(run) + ", " + unknown + " unknown outcomes, answers " + run.garage().answers());
            List<Map.Entry<Integer, Integer>> errors = run.garage().answers().entrySet().stream().filter(e -> e.getKey() >= 500 && e.getKey() != 503 || e.getKey() == -503).toList();
            if (!round.holds() || unknown > 0 || !errors.isEmpty() || !upgrade.slow.isEmpty()) {
                throw new IllegalStateException("the upgrade was not seamless: " + errors + " " + upgrade.slow);
            }
        }
    }

    private static String schema(FaultRun run) {
        return run.owner().withHandle(h -> h.createQuery("select max(version::int) || ' of ' || count(*) || ' migrations' from flyway_schema_history where version is not null").mapTo(String.class).one());
    }

    private FaultRun.Act act() {
        return FaultRun.act(0, done -> {
            Thread.sleep(3_000);
            for (Fleet.Berth berth : run.fleet().berths()) {
                String before = schema(run);
                Instant from = Instant.now();
                long began = System.nanoTime();
                berth.node().stop();
                long stopped = (System.nanoTime() - began) / 1_000_000;
                if (stopped > DRAIN.toMillis()) {
                    slow.add(berth.name() + " took " + stopped + " ms to stop");
                }
                berth.deploy(Node.WAR);
                berth.start();
                berth.awaitReady();
                run.oracleRough(from, Instant.now().plusSeconds(1));
                FaultRun.note(done, "UPGRADE " + berth.name() + ", stopped after " + stopped + " ms, serves after " + (System.nanoTime() - began) / 1_000_000_000 + " s, schema " + before + " > "
                    + schema(run));
                OUT.println("  " + done.get(done.size() - 1) + ", answers so far " + run.garage().answers());
                Thread.sleep(together.toMillis());
            }
        });
    }
}
