package org.carillon.simulator;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/** The application clock of all nodes (reliability.md 1.2), moved through the database. Forwards only: time that was acted on cannot come back. */
public final class TestClock {

    private final DataSource database;

    TestClock(DataSource database) { this.database = database; }

    public Instant now() {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            return read(statement, "select clock_timestamp() + offset_ms * interval '1 ms' from application_clock");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Moves the clock; throws IllegalArgumentException for an instant that is past. */
    public Instant moveTo(Instant now) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            Instant present = read(statement, "select clock_timestamp() + offset_ms * interval '1 ms' from application_clock");
            if (now.isBefore(present)) {
                throw new IllegalArgumentException("the clock already shows " + present + " and moves forwards only");
            }
            statement.executeUpdate("update application_clock set offset_ms = offset_ms + " + Duration.between(present, now).toMillis());
            statement.execute("notify carillon_clock");
            return now;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Instant moveBy(Duration forward) { return moveTo(now().plus(forward)); }

    private static Instant read(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            Timestamp read = row.getTimestamp(1);
            return read.toInstant();
        }
    }
}
