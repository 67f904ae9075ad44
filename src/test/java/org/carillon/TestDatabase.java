package org.carillon;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.carillon.fact.Database;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** A real PostgreSQL for unit tests: one server per JVM, a migrated template, and a fresh copy of it for each test class that asks. */
public final class TestDatabase {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final List<HikariDataSource> POOLS = new ArrayList<>();
    private static EmbeddedPostgres server;

    private final String name;
    private HikariDataSource pool;

    private TestDatabase(String name) { this.name = name; }

    /** A new database with the whole schema and nothing else in it. */
    public static synchronized TestDatabase fresh() {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "64MB").setServerConfig("track_commit_timestamp", "on").start();
                execute("create role carillon_app login", "create database carillon_template");
                Flyway.configure().dataSource(server.getDatabase("postgres", "carillon_template")).locations("classpath:db/migration")
                    .placeholders(java.util.Map.of("app_role", "carillon_app")).load().migrate();
            }
            // A pool looks for idle connections every thirty seconds only: a fast machine opens those of fifty tests meanwhile.
            POOLS.forEach(earlier -> earlier.getHikariPoolMXBean().softEvictConnections());
            TestDatabase database = new TestDatabase("t" + COUNT.incrementAndGet());
            execute("create database " + database.name + " template carillon_template");
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new database with nothing in it, not even a schema. */
    public static synchronized TestDatabase bare() {
        fresh();
        TestDatabase database = new TestDatabase("t" + COUNT.incrementAndGet());
        execute("create database " + database.name);
        return database;
    }

    /** The same database with every row gone but what the migrations brought, and the clock back. Far cheaper than another copy. */
    public TestDatabase emptied() {
        owner().useHandle(h -> {
            String tables = String.join(", ", h.createQuery("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' "
                + "and table_name not in ('flyway_schema_history', 'application_clock', 'route', 'route_revision', 'installation_key')").mapTo(String.class).list());
            h.execute("truncate " + tables + " cascade");
            h.execute("delete from route where not built_in");
            h.execute("update route set present = true, paused_at = null, paused_by = null where not present or paused_at is not null");
            h.execute("update application_clock set offset_ms = 0");
        });
        return this;
    }

    /** As the application role, as in production. */
    public synchronized Jdbi jdbi() {
        if (pool == null) {
            HikariConfig config = new HikariConfig();
            config.setDataSource(as("carillon_app"));
            config.setMinimumIdle(0);
            config.setMaximumPoolSize(12);
            config.setIdleTimeout(10_000);
            pool = new HikariDataSource(config);
            synchronized (TestDatabase.class) {
                POOLS.add(pool);
            }
        }
        return Database.prepare(Jdbi.create(pool));
    }

    /** As the owner of the schema. */
    public Jdbi owner() { return Database.prepare(Jdbi.create(as("postgres"))); }

    public DataSource as(String role) { return server.getDatabase(role, name); }

    public String url() { return server.getJdbcUrl("carillon_app", name); }

    private static void execute(String... statements) {
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
