package org.carillon.fact;

import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.Set;
import javax.transaction.xa.XAException;

/** Failures of the database that say nothing against the call: it may succeed a moment later (REL-11). */
public final class PassingFailure {

    /** SQLSTATE classes of a server that is away, full or ending. */
    private static final Set<String> AWAY = Set.of("08", "53", "57");
    /** Two calls made the same thing at once: the second finds it when it comes again. */
    private static final String MADE_MEANWHILE = "23505";

    private PassingFailure() { }

    /** Whether two changes of the same thing met, so that this one was taken back. */
    public static boolean isCollision(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OptimisticLockException || cause instanceof SQLException sql && sql.getSQLState() != null
                && (sql.getSQLState().startsWith("40") || sql.getSQLState().equals(MADE_MEANWHILE))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it, or what it was caused by, is one. */
    public static boolean is(Throwable failure) { return isCollision(failure) || isAway(failure); }

    /** Whether the database was away, full or ending, whatever was asked of it. */
    public static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // the server tells of a commit that failed without its SQLException
            if (cause instanceof SystemException || cause instanceof XAException
                || cause instanceof SQLException sql && (sql.getSQLState() == null || AWAY.contains(sql.getSQLState().substring(0, 2)))) {
                return true;
            }
        }
        return false;
    }
}
