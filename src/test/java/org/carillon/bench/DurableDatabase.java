package org.carillon.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.carillon.fact.Database;
import org.carillon.run.Directories;
import org.carillon.run.Postgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A migrated PostgreSQL of our own that keeps every commit on disk, as in production; nothing is kept from an earlier run. {@code carillon.bench.settings}
 * adds some of the server's, such as {@code log_min_duration_statement=0,max_wal_size=4GB}; its log is target/bench/postgres.log.
 */
final class DurableDatabase implements AutoCloseable {

    private final Postgres postgres;
    private final List<HikariDataSource> pools = new ArrayList<>();

    private DurableDatabase(Postgres postgres) { this.postgres = postgres; }

    static DurableDatabase open() throws IOException { return open("bench"); }

    /** @param name of its folder in target */
    static DurableDatabase open(String name) throws IOException {
        Path home = Path.of("target", name);
        Postgres.stopLeftOver(home.resolve("pg"));
        Directories.delete(home);
        DurableDatabase database = new DurableDatabase(Postgres.start(home.resolve("pg"), 0, home.resolve("postgres.log"), settings()));
        Flyway.configure().dataSource(database.as("carillon")).locations("classpath:db/migration").placeholders(Map.of("app_role", "carillon_app")).load().migrate();
        return database;
    }

    private static Map<String, String> settings() {
        return Pattern.compile(",").splitAsStream(System.getProperty("carillon.bench.settings", "")).filter(one -> one.contains("="))
            .collect(Collectors.toMap(one -> one.substring(0, one.indexOf('=')), one -> one.substring(one.indexOf('=') + 1)));
    }

    /** @param role also the password: {@code carillon} owns the schema, {@code carillon_app} is the application */
    DataSource as(String role) { return postgres.as(role); }

    int port() { return postgres.port(); }

    /** Connections kept open, batches of inserts rewritten as the application's pool does. */
    DataSource pool(String role, int size) {
        HikariConfig config = new HikariConfig();
        PGSimpleDataSource source = (PGSimpleDataSource) postgres.as(role);
        source.setReWriteBatchedInserts(true);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    /** As the application, from a pool of the given size. */
    Jdbi jdbi(int size) { return Database.prepare(Jdbi.create(pool("carillon_app", size))); }

    Jdbi owner() { return Database.prepare(Jdbi.create(postgres.as("carillon"))); }

    @Override public void close() throws IOException {
        pools.forEach(HikariDataSource::close);
        postgres.close();
    }
}
