package org.carillon.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carillon.fact.Database;
import org.carillon.simulator.Simulator;
import org.jdbi.v3.core.Jdbi;

/**
 * All real parts on free ports. {@link #get()} is started once for all integration tests of a JVM and stopped with it; a test that kills nodes or
 * breaks the provider starts its {@link #own}. Nothing is kept from an earlier run.
 */
public final class Stack implements AutoCloseable {

    private static Stack only;
    private static IOException failure;

    private final Postgres postgres;
    private final Simulator simulator;
    private final Path home;
    private final int port;
    private final Map<String, String> settings;
    private Node node;
    private Map<String, String> accounts = Map.of();

    private Stack(Path home, Map<String, String> more) throws IOException {
        this.home = home;
        Postgres.stopLeftOver(home.resolve("pg"));
        Directories.delete(home);
        postgres = Postgres.start(home.resolve("pg"), 0, home.resolve("postgres.log"));
        simulator = Simulator.start(Simulator.Settings.anyPorts().withDatabase(postgres.as("carillon")).withLog(submits()));
        port = Ports.free();
        settings = new LinkedHashMap<>(postgres.settings());
        settings.putAll(simulator.settings());
        settings.put("carillon.publicUrl", "http://127.0.0.1:" + port + "/");
        settings.put("carillon.clock.movable", "true");
        settings.put("carillon.secrets.key", Base64.getEncoder().encodeToString(new SecureRandom().generateSeed(32)));
        settings.put("carillon.http.localAllowed", "true");
        settings.put("carillon.routes.patience", "PT5S");
        settings.putAll(more);
        simulator.api().bringTo(settings.get("carillon.publicUrl") + "api/v1/hooks/" + DemoRoute.CODE + "/inbound");
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stack-stop"));
    }

    /** The running stack, with the demo company; the first call starts it and takes about 20 seconds. */
    public static synchronized Stack get() {
        if (failure != null) {
            throw new IllegalStateException("the stack did not start earlier", failure);
        }
        if (only == null) {
            try {
                only = new Stack(Path.of("target", "stack"), Map.of());
                only.startNode();
                only.accounts = DemoCompany.load(only.postgres.as("carillon"), only.url());
                DemoRoute.open(only.owner(), only.settings.get("carillon.secrets.key"), only.simulator.url());
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

    /**
     * A stack for one test, without the demo company, to be closed by it.
     *
     * @param more settings of the node
     */
    public static Stack own(String name, Map<String, String> more) throws IOException, InterruptedException {
        Stack stack = new Stack(Path.of("target", "stack-" + name), more);
        try {
            stack.startNode();
            return stack;
        } catch (IOException e) {
            stack.close();
            throw e;
        }
    }

    /** Starts the node, or another one after its end; returns when it serves. */
    public void startNode() throws IOException, InterruptedException {
        node = Node.start(home.resolve("node"), port, settings);
        node.awaitReady();
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

    /** What the provider was given, written to disk before each answer. */
    public Path submits() { return home.resolve("submits.log"); }

    /** Stops everything, the node while its database still answers. */
    @Override
    public void close() {
        for (AutoCloseable part : new AutoCloseable[] {node, simulator, postgres}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                System.getLogger(Stack.class.getName()).log(System.Logger.Level.WARNING, "while stopping", e);
            }
        }
    }
}
