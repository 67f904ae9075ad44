package org.carillon.run;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.carillon.fact.Database;
import org.carillon.simulator.Simulator;
import org.jdbi.v3.core.Jdbi;

/**
 * {@code mvn -Prun}: PostgreSQL, the simulator and one node, until Ctrl-C or SIGTERM to the process in {@code .carillon/run.pid}. Data stays in
 * {@code .carillon}; {@code -Dcarillon.fresh=true} starts without it. What a killed launcher left running there is stopped first. The simulator gives way to another SMSC or mail server where
 * {@code carillon.smpp.host} or {@code carillon.smtp.host} (or their ports) are given, the database to {@code carillon.jdbc.url}.
 * <pre>
 * carillon.http.port            8080        carillon.directory       .carillon
 * carillon.simulator.port       8025        carillon.fresh           false
 * carillon.simulator.smppPort   2775        carillon.heap            512m
 * carillon.simulator.smtpPort   2525        carillon.simulator.log   a file for every submit; none
 * carillon.pg.port              54320       every setting of server-config/carillon.env.example
 * </pre>
 */
public final class Run {

    private static final PrintStream OUT = System.out;

    private final Choices choices;
    private final Path home;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile Future<Void> database = CompletableFuture.completedFuture(null);
    private volatile boolean stopping;

    private Run(Choices choices) {
        this.choices = choices;
        home = Path.of(choices.get("carillon.directory", ".carillon")).toAbsolutePath().normalize();
    }

    public static void main(String[] args) throws Exception {
        long began = System.nanoTime();
        Run run = new Run(Choices.ofThisProcess());
        Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "carillon-stop"));
        try {
            Node node = run.start(began);
            node.process().onExit().join();
            if (run.stopping) {
                new CountDownLatch(1).await();  // the shutdown is under way and ends this process
            }
            throw new IOException("the node ended by itself; see " + node.log());
        } finally {
            run.stop();
        }
    }

    private Node start(long began) throws Exception {
        int http = choices.port("carillon.http.port", 8080);
        int page = choices.port("carillon.simulator.port", 8025);
        int smpp = choices.madeAny("carillon.smpp.host", "carillon.smpp.port") ? -1 : choices.port("carillon.simulator.smppPort", 2775);
        int smtp = choices.madeAny("carillon.smtp.host", "carillon.smtp.port") ? -1 : choices.port("carillon.simulator.smtpPort", 2525);
        int pg = choices.made("carillon.jdbc.url") ? -1 : choices.port("carillon.pg.port", 54320);
        Node.stopLeftOver(home);
        Ports.requireFree(http, "carillon.http.port");
        Ports.requireFree(page, "carillon.simulator.port");
        if (smpp >= 0) {
            Ports.requireFree(smpp, "carillon.simulator.smppPort");
        }
        if (smtp >= 0) {
            Ports.requireFree(smtp, "carillon.simulator.smtpPort");
        }
        Map<String, String> ours = new LinkedHashMap<>();
        if (pg >= 0) {
            startDatabase(pg);
            ours.putAll(Postgres.settings(pg));
        }
        Path log = choices.get("carillon.simulator.log", "").isEmpty() ? null : Path.of(choices.get("carillon.simulator.log", ""));
        Simulator simulator = keep(Simulator.start(new Simulator.Settings(page, smpp, smtp, log, pg < 0 ? null : Postgres.as("carillon", pg))));
        ours.putAll(simulator.settings());
        ours.put("carillon.publicUrl", "http://localhost:" + http + "/");
        ours.put("carillon.clock.movable", "true");
        String key = choices.get("carillon.secrets.key", DemoRoute.key(home.resolve("secrets.key")));
        ours.put("carillon.secrets.key", key);
        simulator.api().bringTo(ours.get("carillon.publicUrl") + "api/v1/hooks/" + DemoRoute.CODE + "/inbound");
        Node node = keep(Node.start(home, http, choices.over(ours), "-Xmx" + choices.get("carillon.heap", "512m")));
        Files.writeString(home.resolve("run.pid"), ProcessHandle.current().pid() + "\n");
        awaitDatabase();
        try {
            node.awaitReady();
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "\n  data that another version left: -Dcarillon.fresh=true starts without it", e);
        }
        Map<String, String> accounts = pg < 0 ? Map.of() : accounts(Postgres.as("carillon", pg), node);
        if (pg >= 0) {
            DemoRoute.open(Database.prepare(Jdbi.create(Postgres.as("carillon", pg))), key, simulator.url());
        }
        tell(node, simulator, accounts, Duration.ofNanos(System.nanoTime() - began));
        return node;
    }

    /** Begins to start it and returns: the node needs seconds before it asks for its database, and then waits for it. */
    private void startDatabase(int port) throws IOException {
        Path data = home.resolve("pg");
        Postgres.stopLeftOver(data);
        Ports.requireFree(port, "carillon.pg.port");
        if (Boolean.parseBoolean(choices.get("carillon.fresh", "false"))) {
            Directories.delete(data);
            Files.deleteIfExists(home.resolve("demo.properties"));
        }
        FutureTask<Void> start = new FutureTask<>(() -> {
            keep(Postgres.start(data, port, home.resolve("log/postgres.log")));
            return null;
        });
        database = start;
        new Thread(start, "carillon-database").start();
    }

    private void awaitDatabase() throws IOException, InterruptedException {
        try {
            database.get();
        } catch (ExecutionException e) {
            throw new IOException("the database did not start: " + e.getCause().getMessage() + "\n  its log: " + home.resolve("log/postgres.log"), e.getCause());
        }
    }

    /** The demo company's accounts: loaded on the first start, remembered afterwards. */
    private Map<String, String> accounts(DataSource owner, Node node) throws IOException {
        Path remembered = home.resolve("demo.properties");
        Properties accounts = new Properties();
        if (Files.exists(remembered)) {
            try (Reader in = Files.newBufferedReader(remembered)) {
                accounts.load(in);
            }
        } else {
            accounts.putAll(DemoCompany.load(owner, node.url()));
            store(remembered, accounts);
        }
        Map<String, String> sorted = new TreeMap<>();
        accounts.stringPropertyNames().forEach(name -> sorted.put(name, accounts.getProperty(name)));
        return sorted;
    }

    private void tell(Node node, Simulator simulator, Map<String, String> accounts, Duration took) throws IOException {
        Properties all = new Properties();
        all.putAll(accounts);
        all.setProperty("url", node.url().toString().replace("127.0.0.1", "localhost"));
        all.setProperty("simulator", simulator.url().toString().replace("127.0.0.1", "localhost"));
        all.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
        store(home.resolve("run.properties"), all);
        StringBuilder text = new StringBuilder("\n  Carillon is up after " + took.toSeconds() + " s\n\n");
        line(text, "application", all.getProperty("url"));
        line(text, "handset, mailbox", all.getProperty("simulator"));
        accounts.forEach((name, value) -> line(text, name, value));
        line(text, "logs", node.log() + ", " + home.resolve("log"));
        line(text, "all this", home.resolve("run.properties").toString());
        text.append("\n  Ctrl-C stops everything, and so does: kill ").append(ProcessHandle.current().pid()).append('\n');
        OUT.println(text);
    }

    private static void line(StringBuilder text, String name, String value) { text.append("  ").append((name + " ".repeat(20)), 0, 20).append(value).append('\n'); }

    private static void store(Path file, Properties properties) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(out, null);
        }
        file.toFile().setReadable(false, false);  // accounts are for who started it
        file.toFile().setReadable(true, true);
    }

    private <T extends AutoCloseable> T keep(T part) throws Exception {
        synchronized (started) {
            if (stopping) {
                part.close();
                throw new IOException("stopped while starting");
            }
            started.push(part);
        }
        return part;
    }

    /** Stops what was started, last first: the node while its database still answers. */
    private void stop() {
        stopping = true;
        synchronized (started) {
            while (!started.isEmpty()) {
                try {
                    started.pop().close();
                } catch (Exception e) {
                    OUT.println("while stopping: " + e);
                }
            }
        }
        try {
            database.get(60, TimeUnit.SECONDS);  // one that was still starting is stopped by its own thread, which needs this process for that
        } catch (ExecutionException e) {
            // it did not start, or was stopped while starting
        } catch (InterruptedException | TimeoutException e) {
            OUT.println("while stopping: the database does not stop");
        }
        try {
            Files.deleteIfExists(home.resolve("run.pid"));
        } catch (IOException e) {
            OUT.println("while stopping: " + e);
        }
    }
}
