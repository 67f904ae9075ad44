package org.carillon.fact;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A connection outside the pool, kept by one thread that works all the time and opened again after it broke. Its transactions are plain ones:
 * they still end while the server is being stopped, when the container's no longer do.
 */
public final class OwnConnection implements ConnectionFactory, AutoCloseable {

    private final DataSource source;
    private Connection kept;

    public OwnConnection(DataSource source) { this.source = source; }

    /** Connections of the application role, by {@code carillon.jdbc.url}, {@code .user} and {@code .password}; {@code name} is shown by PostgreSQL. */
    public static DataSource source(Config config, String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(config.getOptionalValue("carillon.jdbc.url", String.class).orElse("jdbc:postgresql://127.0.0.1:5432/carillon"));
        source.setUser(config.getOptionalValue("carillon.jdbc.user", String.class).orElse("carillon_app"));
        source.setPassword(config.getOptionalValue("carillon.jdbc.password", String.class).orElse(""));
        source.setApplicationName(name);
        source.setTcpKeepAlive(true);
        source.setSocketTimeout(30);
        source.setConnectTimeout(10);
        return source;
    }

    public Jdbi jdbi() { return Database.prepare(Jdbi.create(this)); }

    @Override public synchronized Connection openConnection() throws SQLException {
        if (kept == null || kept.isClosed()) {
            kept = source.getConnection();
        }
        return kept;
    }

    /** Keeps it. */
    @Override public void closeConnection(Connection connection) { }

    @Override public synchronized void close() {
        try {
            if (kept != null) {
                kept.close();
            }
        } catch (SQLException e) {
            // it was broken already
        }
    }
}
