package org.carillon.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.RollbackException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a node does once while it starts is done again while the database breaks off: a deployment that fails leaves a server without an application,
 * which nobody repeats. As patient as the first connection, {@code carillon.jdbc.patience} in seconds, 60 where not set.
 */
@ApplicationScoped
public class Beginning {

    private static final Logger LOG = System.getLogger(Beginning.class.getName());
    private static final long PAUSE = 200;

    private final Duration patience;

    protected Beginning() { this(0); }

    @Inject
    public Beginning(@ConfigProperty(name = "carillon.jdbc.patience", defaultValue = "60") long seconds) { patience = Duration.ofSeconds(seconds); }

    /**
     * Does the work, which must be all or nothing or bear to be repeated, outside any transaction of the caller's.
     *
     * @throws RuntimeException what the work threw, where that is not the database's absence or patience has ended
     */
    public void insist(String what, Runnable work) {
        long end = System.nanoTime() + patience.toNanos();
        for (boolean told = false; ; told = true) {
            try {
                work.run();
                return;
            } catch (RuntimeException e) {
                if (!passes(e) || System.nanoTime() - end >= 0) {
                    throw e;
                }
                if (!told) {
                    LOG.log(Level.WARNING, what + " is tried for up to " + patience.toSeconds() + " s, since the database broke off: " + e.getMessage());
                }
                pause(e);
            }
        }
    }

    /** The database was away: its link broke, it stops or starts, it has nothing left; or a commit found the link broken, or the pool got no connection. */
    private static boolean passes(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().matches("(08|53|57P).*");
            }
            if (cause.getCause() == null) {
                return cause instanceof SQLException || cause instanceof XAException || cause instanceof RollbackException;
            }
        }
        return false;
    }

    private static void pause(RuntimeException why) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }
}
