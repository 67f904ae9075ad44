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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server of our own on loopback, with the two roles and the database of production and the same promises on disk. */
public final class Postgres implements AutoCloseable {

    private static final String DATABASE = "carillon";

    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) { this.server = server; }

    /**
     * Starts the server, with what it kept.
     *
     * @param data folder of its data; created when missing
     * @param port 0 takes a free one
     */
    public static Postgres start(Path data, int port, Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        stopLeftOver(data);
        EmbeddedPostgres server = EmbeddedPostgres.builder().setDataDirectory(data.toAbsolutePath()).setCleanDataDirectory(false).setPort(port)
            .setRegisterShutdownHook(false).setPGStartupWait(Duration.ofSeconds(60))
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile())).setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .setServerConfig("listen_addresses", "127.0.0.1").setServerConfig("max_connections", "100").setServerConfig("shared_buffers", "128MB")
            .setServerConfig("fsync", "on").setServerConfig("full_page_writes", "on").setServerConfig("synchronous_commit", "on").start();
        Postgres postgres = new Postgres(server);
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
    static Map<String, String> settings(int port) {
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
    static void stopLeftOver(Path data) throws IOException {
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
