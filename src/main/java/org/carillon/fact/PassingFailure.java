package org.carillon.fact;

import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Set;

/** Failures of the database that say nothing against the call: it may succeed a moment later (REL-11). */
public final class PassingFailure {

    /** SQLSTATE classes of a server that is away, full or ending, and of two calls in each other's way. */
    private static final Set<String> PASSING = Set.of("08", "53", "57", "40");

    private PassingFailure() { }

    /** Whether two changes of the same thing met, so that this one was taken back. */
    public static boolean isCollision(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OptimisticLockException || cause instanceof SQLException sql && sql.getSQLState() != null && sql.getSQLState().startsWith("40")) {
                return true;
            }
        }
        return false;
    }

    /** Whether it, or what it was caused by, is one. */
    public static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OptimisticLockException || cause instanceof SQLException sql && (sql.getSQLState() == null || PASSING.contains(sql.getSQLState().substring(0, 2)))) {
                return true;
            }
        }
        return false;
    }
}
