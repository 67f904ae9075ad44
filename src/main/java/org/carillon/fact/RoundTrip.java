package org.carillon.fact;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/**
 * Several statements, parted by semicolons, that travel together: the caller waits once, PostgreSQL still takes a new snapshot for each, so that one
 * that follows a lock sees what was committed while it waited. For use within a transaction; the first that fails ends them all.
 */
public final class RoundTrip {

    /** What to make of the answers, in the order of the statements. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(RoundTrip answers) throws SQLException;
    }

    @FunctionalInterface
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private final PreparedStatement statement;
    private boolean begun;

    private RoundTrip(PreparedStatement statement) { this.statement = statement; }

    public static <T> T ask(Query statements, Reading<T> reading) {
        return statements.execute((executed, context) -> {
            try (context) {
                return reading.of(new RoundTrip(executed.get()));
            }
        });
    }

    /** Rows of the next statement that answers with rows; those that only count what they changed are passed over. */
    public <T> List<T> rows(Row<T> mapper) throws SQLException {
        boolean rows = begun ? statement.getMoreResults() : statement.getResultSet() != null;
        begun = true;
        while (!rows) {
            if (statement.getUpdateCount() < 0) {
                throw new SQLException("fewer answers than statements");
            }
            rows = statement.getMoreResults();
        }
        List<T> all = new ArrayList<>();
        try (ResultSet result = statement.getResultSet()) {
            while (result.next()) {
                all.add(mapper.of(result));
            }
        }
        return all;
    }
}
