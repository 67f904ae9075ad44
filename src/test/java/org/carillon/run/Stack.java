package org.carillon.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carillon.fact.Database;
import org.carillon.simulator.Simulator;
import org.jdbi.v3.core.Jdbi;

/** All real parts on free ports, started once for all integration tests of a JVM and stopped with it. Nothing is kept from an earlier run. */
public final class Stack {

    private static final Path HOME = Path.of("target", "stack");
    private static Stack only;
    private static IOException failure;

    private final Postgres postgres;
    private final Simulator simulator;
    private final Node node;
    private final Map<String, String> settings;
    private final Map<String, String> accounts;

    private Stack(Postgres postgres, Simulator simulator, Node node, Map<String, String> settings, Map<String, String> accounts) {
        this.postgres = postgres;
        this.simulator = simulator;
        this.node = node;
        this.settings = settings;
        this.accounts = accounts;
    }

    /** The running stack, with the demo company; the first call starts it and takes about 20 seconds. */
    public static synchronized Stack get() {
        if (failure != null) {
            throw new IllegalStateException("the stack did not start earlier", failure);
        }
        if (only == null) {
            try {
                only = start();
            } catch (IOException e) {
                failure = e;
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return only;
    }

    public URI url() { return node.url(); }

    public Simulator simulator() { return simulator; }

    public Node node() { return node; }

    /** What {@code run.properties} would hold: apiToken, admin.user, ... */
    public Map<String, String> accounts() { return accounts; }

    /** The carillon.* settings of the node, for a second one. */
    public Map<String, String> settings() { return settings; }

    /** The database as the application sees it. */
    public Jdbi jdbi() { return Database.prepare(Jdbi.create(postgres.as("carillon_app"))); }

    /** The database as its owner, who may look at and change everything. */
    public Jdbi owner() { return Database.prepare(Jdbi.create(postgres.as("carillon"))); }

    private static Stack start() throws IOException, InterruptedException {
        Postgres.stopLeftOver(HOME.resolve("pg"));
        Directories.delete(HOME);
        Postgres postgres = Postgres.start(HOME.resolve("pg"), 0, HOME.resolve("postgres.log"));
        Simulator simulator = Simulator.start(Simulator.Settings.anyPorts().withDatabase(postgres.as("carillon")).withLog(HOME.resolve("submits.log")));
        int port = Ports.free();
        Map<String, String> settings = new LinkedHashMap<>(postgres.settings());
        settings.putAll(simulator.settings());
        settings.put("carillon.publicUrl", "http://127.0.0.1:" + port + "/");
        settings.put("carillon.clock.movable", "true");
        Node node = Node.start(HOME.resolve("node"), port, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, simulator, postgres), "stack-stop"));
        node.awaitReady();
        return new Stack(postgres, simulator, node, settings, DemoCompany.load(postgres.as("carillon"), node.url()));
    }

    private static void stop(AutoCloseable... parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                System.getLogger(Stack.class.getName()).log(System.Logger.Level.WARNING, "while stopping", e);
            }
        }
    }
}
