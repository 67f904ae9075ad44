package org.carillon.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.fact.Database;
import org.carillon.run.Directories;
import org.carillon.run.Node;
import org.carillon.run.Ports;
import org.carillon.run.Postgres;
import org.carillon.simulator.Simulator;
import org.jdbi.v3.core.Jdbi;

/**
 * Several nodes on one database and one provider, each behind proxies of its own; the provider's HTTP side has one address in the routes' table and so
 * one proxy for all of them. Everything listens on loopback.
 */
final class Fleet implements AutoCloseable {

    /** What a node talks over; HTTP is what others call it by. */
    enum Link { DATABASE, SMPP, SMTP, HTTP }

    /** A place where a node runs, one life after the other, under the same name. */
    final class Berth {

        private final String name;
        private final int port;
        private final Map<Link, FaultProxy> links = new EnumMap<>(Link.class);
        private Path war = Node.WAR;
        private int lives;
        private volatile Node node;

        private Berth(String name, long seed) throws IOException {
            this.name = name;
            port = Ports.free();
            links.put(Link.DATABASE, FaultProxy.to(postgres.port(), seed));
            links.put(Link.SMPP, FaultProxy.to(simulator.smpp().port(), seed + 1));
            links.put(Link.SMTP, FaultProxy.to(simulator.smtp().port(), seed + 2));
            links.put(Link.HTTP, FaultProxy.to(port, seed + 3));
        }

        String name() { return name; }

        Node node() { return node; }

        FaultProxy link(Link link) { return links.get(link); }

        /** Where the proxy before it listens. */
        String url() { return "http://127.0.0.1:" + links.get(Link.HTTP).port() + "/"; }

        /** From the next life on. */
        void deploy(Path next) { war = next; }

        boolean runs() { return node != null && node.process().isAlive(); }

        /** Begins another life and does not wait for it. */
        void start() throws IOException {
            Path folder = home.resolve(name);
            Path log = folder.resolve("log/node.log");
            if (Files.exists(log)) {
                Files.move(log, folder.resolve("log/life-" + lives + ".log"), StandardCopyOption.REPLACE_EXISTING);
            }
            lives++;
            Map<String, String> mine = new LinkedHashMap<>(settings);
            mine.put("carillon.node", name);
            mine.putAll(Postgres.settings(links.get(Link.DATABASE).port()));
            mine.put("carillon.smpp.port", Integer.toString(links.get(Link.SMPP).port()));
            mine.put("carillon.smtp.port", Integer.toString(links.get(Link.SMTP).port()));
            node = Node.start(war, folder, port, mine, List.of("--nohazelcast"));
        }

        /** Another life, unless somebody else began it. */
        synchronized void revive() throws IOException {
            if (!runs()) {
                start();
            }
        }

        /** The life that runs; where another act has just ended one, the next. */
        Node running() throws InterruptedException {
            Node now = node;
            for (long end = System.nanoTime() + SUCCESSION; !now.process().isAlive() && System.nanoTime() < end; now = node) {
                Thread.sleep(50);
            }
            return now;
        }

        /** Waits for the life that runs, or for the next where another act ends this one meanwhile; whoever ends one begins the next. */
        void awaitReady() throws IOException, InterruptedException {
            while (true) {
                Node awaited = running();
                try {
                    awaited.awaitReady();
                    return;
                } catch (IOException e) {
                    if (awaited.process().isAlive() || running() == awaited) {
                        throw e;
                    }
                }
            }
        }
    }

    /** Within this a node that an act ended has its next life, in nanoseconds. */
    private static final long SUCCESSION = Duration.ofSeconds(20).toNanos();

    private final Path home;
    private final Postgres postgres;
    private final Simulator simulator;
    private final Map<String, String> settings;
    private final List<Berth> berths = new ArrayList<>();
    private final FaultProxy provider;

    private Fleet(Path home, int nodes, long seed, Map<String, String> more, Map<String, String> server) throws IOException {
        this.home = home;
        for (int i = 1; i <= nodes; i++) {
            Node.stopLeftOver(home.resolve("n" + i));
        }
        Postgres.stopLeftOver(home.resolve("pg"));
        Directories.delete(home);
        postgres = Postgres.start(home.resolve("pg"), 0, home.resolve("postgres.log"), server);
        simulator = Simulator.start(Simulator.Settings.anyPorts().withDatabase(postgres.as("carillon")).withLog(submits()));
        settings = new LinkedHashMap<>(simulator.settings());
        settings.put("carillon.clock.movable", "true");
        settings.put("carillon.secrets.key", Base64.getEncoder().encodeToString(new SecureRandom().generateSeed(32)));
        settings.put("carillon.routes.patience", "PT5S");
        settings.putAll(more);
        provider = FaultProxy.to(simulator.url().getPort(), seed * 31);
        for (int i = 1; i <= nodes; i++) {
            berths.add(new Berth("n" + i, seed * 31 + i * 4L));
        }
        settings.put("carillon.publicUrl", berths.get(0).url());
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "fleet-stop"));
    }

    /** Short times, so that a fault is over within seconds; in the same order of size as the usual ones. */
    static Map<String, String> quick(int rate) {
        Map<String, String> quick = new LinkedHashMap<>(Map.of("carillon.smpp.window", "10", "carillon.delivery.lease", "PT12S", "carillon.delivery.margin", "PT2S",
            "carillon.delivery.recovery", "PT2S", "carillon.delivery.dead", "PT10S", "carillon.delivery.grace", "PT6S", "carillon.delivery.answer", "PT20S",
            "carillon.smpp.responseTimeout", "PT5S", "carillon.smpp.enquireLink", "PT5S", "carillon.smtp.responseTimeout", "PT5S"));
        quick.put("carillon.smpp.rate", Integer.toString(rate));
        return quick;
    }

    /** Starts everything under a folder of {@code target}; returns when all nodes serve. */
    static Fleet start(String name, int nodes, long seed, Map<String, String> settings) throws IOException, InterruptedException { return start(name, nodes, seed, settings, Node.WAR, Map.of("track_commit_timestamp", "on")); }

    /** @param server settings of PostgreSQL */
    static Fleet start(String name, int nodes, long seed, Map<String, String> settings, Path war, Map<String, String> server) throws IOException, InterruptedException {
        Fleet fleet = new Fleet(Path.of("target", name), nodes, seed, settings, server);
        try {
            for (Berth berth : fleet.berths) {
                berth.deploy(war);
                berth.start();
            }
            for (Berth berth : fleet.berths) {
                berth.awaitReady();
            }
            return fleet;
        } catch (IOException | InterruptedException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    List<Berth> berths() { return berths; }

    Berth berth(int i) { return berths.get(i % berths.size()); }

    Postgres postgres() { return postgres; }

    Simulator simulator() { return simulator; }

    Path home() { return home; }

    /** What the provider was given, on disk before each answer. */
    Path submits() { return home.resolve("submits.log"); }

    /** The database as its owner, past every proxy. */
    Jdbi owner() { return Database.prepare(Jdbi.create(postgres.as("carillon"))); }

    /** What nodes call the provider by over HTTP. */
    FaultProxy provider() { return provider; }

    /** The key of the nodes' secrets. */
    String key() { return settings.get("carillon.secrets.key"); }

    Collection<FaultProxy> proxies(Link link) { return berths.stream().map(berth -> berth.link(link)).toList(); }

    /** Moves the application clock of all nodes, either way, and tells the oracle. */
    void jump(Oracle oracle, Duration by) {
        long offset = owner().inTransaction(h -> {
            h.execute("notify carillon_clock");
            return h.createQuery("update application_clock set offset_ms = offset_ms + :by returning offset_ms").bind("by", by.toMillis()).mapTo(Long.class).one();
        });
        oracle.jumped(Instant.now(), offset);
    }

    /** Every link works, the provider behaves, every node runs and serves. */
    void heal() throws IOException, InterruptedException {
        simulator.faults().clear();
        provider.heal(true);
        for (Berth berth : berths) {
            for (FaultProxy proxy : berth.links.values()) {
                proxy.heal(true);
            }
        }
        for (Berth berth : berths) {
            berth.revive();
        }
        for (Berth berth : berths) {
            berth.awaitReady();
        }
    }

    /** Kills a node, waits a moment and starts it again, without waiting for it. */
    void kill(Berth berth, Duration away) throws IOException, InterruptedException {
        berth.node().kill();
        Thread.sleep(away.toMillis());
        berth.revive();
    }

    @Override
    public synchronized void close() {
        List<AutoCloseable> all = new ArrayList<>();
        berths.forEach(berth -> {
            if (berth.runs()) {
                all.add(() -> {
                    berth.node().thaw();
                    berth.node().kill();
                });
            }
            all.addAll(berth.links.values());
        });
        all.add(provider);
        all.add(simulator);
        all.add(postgres);
        for (AutoCloseable part : all) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                System.getLogger(Fleet.class.getName()).log(System.Logger.Level.DEBUG, "while stopping", e);
            }
        }
        berths.clear();
    }
}
