package org.carillon.fact;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Connections that are part of the transaction, whoever's thread it is. The server enlists a connection by itself only where a servlet was called;
 * on the threads of timers, batch jobs and our own work it hands out one that commits every statement alone, though a transaction is active: no lock
 * would hold and a plan and its message could part. Such a connection is kept for the transaction here and ends with it. (ADR 0019)
 */
final class JoinedConnections implements ConnectionFactory {

    private static final class Kept implements Synchronization {

        private final Connection connection;

        Kept(Connection connection) { this.connection = connection; }

        /** Only where the transaction is about to commit; what fails here rolls it back. */
        @Override public void beforeCompletion() {
            try {
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException("the work could not be committed", e);
            }
        }

        @Override public void afterCompletion(int status) {
            try (connection) {
                if (status == Status.STATUS_COMMITTED) {
                    connection.commit();  // what the last listeners wrote
                } else {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            } catch (SQLException e) {
                System.getLogger(JoinedConnections.class.getName()).log(System.Logger.Level.WARNING, "a connection did not end well", e);
            }
        }
    }

    private final DataSource source;
    private final TransactionSynchronizationRegistry transactions;

    JoinedConnections(DataSource source, TransactionSynchronizationRegistry transactions) {
        this.source = source;
        this.transactions = transactions;
    }

    @Override public Connection openConnection() throws SQLException {
        int status = transactions.getTransactionStatus();
        if (status != Status.STATUS_NO_TRANSACTION && transactions.getResource(this) instanceof Kept kept) {
            return kept.connection;
        }
        Connection connection = source.getConnection();
        try {
            if (status == Status.STATUS_ACTIVE && connection.getAutoCommit()) {
                connection.setAutoCommit(false);
                Kept kept = new Kept(connection);
                transactions.putResource(this, kept);
                transactions.registerInterposedSynchronization(kept);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            try (connection) {
                throw e;  // a broken one, too, goes back: whoever keeps it keeps its place in the pool (REL-30)
            }
        }
    }

    @Override public void closeConnection(Connection connection) throws SQLException {
        boolean kept = transactions.getTransactionStatus() != Status.STATUS_NO_TRANSACTION && transactions.getResource(this) instanceof Kept own && own.connection == connection;
        if (!kept) {
            connection.close();
        }
    }
}
