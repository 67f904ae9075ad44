package org.carillon.fact;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL by its URL alone: the server sets its default host, localhost, after the URL of a data source definition, and would win. The first
 * connection waits for a database that is still starting or has no connection free, within a bound, so that a node and its database may be started together; a deployment
 * that fails would leave a server without an application. From then on a database that is away is told at once.
 */
public class PostgresDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(PostgresDataSource.class.getName());
    private static final long PAUSE = 200;
    /** Still starting; role and database not made yet; all its connections taken. A wrong password (28P01) will not mend itself. */
    private static final Set<String> NOT_YET = Set.of("57P03", "28000", "3D000", "53300");

    private Duration patience = Duration.ZERO;
    private volatile boolean reached;

    @Override
    public void setServerName(String ignored) {
        // the URL names the host
    }

    /** How long the first connection waits, in seconds. */
    public void setPatience(String seconds) { patience = Duration.ofSeconds(Long.parseLong(seconds)); }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        if (reached) {
            return committed(super.getConnection(user, password));
        }
        synchronized (this) {
            Connection first = committed(await(user, password));
            reached = true;
            return first;
        }
    }

    /** Whatever the server's own default is: a statement sees what was committed while it waited for a lock. */
    private static Connection committed(Connection connection) throws SQLException {
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Connection await(String user, String password) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        for (boolean told = false; ; told = true) {
            try {
                return super.getConnection(user, password);
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                if (reached || System.nanoTime() - end >= 0 || !state.startsWith("08") && !NOT_YET.contains(state)) {
                    throw e;
                }
                if (!told) {
                    LOG.log(Level.WARNING, "waiting up to " + patience.toSeconds() + " s for the database: " + e.getMessage());
                }
                pause(e);
            }
        }
    }

    private static void pause(SQLException why) throws SQLException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }
}
