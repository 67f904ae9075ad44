package org.carillon.run;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server of our own on loopback, with the two roles and the database of production and the same promises on disk. */
public final class Postgres implements AutoCloseable {

    private static final String DATABASE = "carillon";

    private final EmbeddedPostgres server;
    private final Path data;
    private final Path log;
    private List<String> command = List.of();

    private Postgres(EmbeddedPostgres server, Path data, Path log) {
        this.server = server;
        this.data = data;
        this.log = log;
    }

    /**
     * Starts the server, with what it kept.
     *
     * @param data folder of its data; created when missing
     * @param port 0 takes a free one
     */
    public static Postgres start(Path data, int port, Path log) throws IOException { return start(data, port, log, Map.of()); }

    /** @param more settings of the server, beside ours */
    public static Postgres start(Path data, int port, Path log, Map<String, String> more) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        stopLeftOver(data);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(data.toAbsolutePath()).setCleanDataDirectory(false).setPort(port)
            .setRegisterShutdownHook(false).setPGStartupWait(Duration.ofSeconds(60))
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile())).setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .setServerConfig("listen_addresses", "127.0.0.1").setServerConfig("max_connections", "100").setServerConfig("shared_buffers", "128MB")
            .setServerConfig("fsync", "on").setServerConfig("full_page_writes", "on").setServerConfig("synchronous_commit", "on");
        more.forEach(builder::setServerConfig);
        Postgres postgres = new Postgres(builder.start(), data, log);
        try {
            postgres.prepare();
        } catch (SQLException e) {
            postgres.close();
            throw new IOException(e);
        }
        return postgres;
    }

    /** The settings by which the application reaches it. */
    public Map<String, String> settings() { return settings(server.getPort()); }

    /** The same, of a server that will listen there. */
    public static Map<String, String> settings(int port) {
        return Map.of("carillon.jdbc.url", url(port), "carillon.jdbc.user", "carillon_app", "carillon.jdbc.password", "carillon_app",
            "carillon.jdbc.ownerUser", "carillon", "carillon.jdbc.ownerPassword", "carillon");
    }

    public int port() { return server.getPort(); }

    /** The application's database, as the given role. */
    public DataSource as(String role) { return as(role, server.getPort()); }

    /** The same, of a server that will listen there. */
    static DataSource as(String role, int port) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url(port));
        source.setUser(role);
        source.setPassword(role);
        return source;
    }

    private static String url(int port) { return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE; }

    /**
     * Ends it as a crash would, and returns when all its processes are gone; {@link #again()} starts it.
     *
     * @param signal KILL, which leaves its children to find out by themselves, or QUIT, the immediate shutdown
     */
    public void crash(String signal) throws IOException, InterruptedException {
        long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow(() -> new IOException("no PostgreSQL server to crash"));
        command = List.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).split("\0"));
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        all.add(postmaster);
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
        for (ProcessHandle process : all) {
            try {
                process.onExit().get(60, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("process " + process.pid() + " of PostgreSQL outlives its server", e);
            }
        }
    }

    /** Starts the crashed server again, on the same port with the same data; returns when it has recovered and answers. */
    public void again() throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            line.addAll(List.of("unshare", "-U"));  // a server refuses to run as root; this is how it was started first
        }
        line.addAll(command);
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try (Connection connection = as("carillon").getConnection()) {
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end) {
                    throw new IOException("PostgreSQL does not come back", e);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    @Override
    public void close() throws IOException { server.close(); }

    private void prepare() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            for (String role : new String[] {"carillon", "carillon_app"}) {
                if (isMissing(statement, "select 1 from pg_roles where rolname = '" + role + "'")) {
                    statement.execute("create role " + role + " login password '" + role + "'");
                }
            }
            if (isMissing(statement, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
                statement.execute("create database " + DATABASE + " owner carillon");
            }
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    /** A launcher that was killed leaves its server behind, which would hold the data: stop it, and only it. Nothing happens without one. */
    public static void stopLeftOver(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        Optional<ProcessHandle> left = ProcessHandle.of(pid).filter(process -> process.info().command().orElse("").contains("postgres"));
        if (left.isPresent()) {
            left.get().destroy();
            try {
                left.get().onExit().get(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IOException("a PostgreSQL server (process " + pid + ") still holds " + data + " and does not stop", e);
            }
        }
    }
}
