package org.carillon.job;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Whether this is still the database that it was (REL-29). After a restore it may have forgotten what was sent, so everything is held on all nodes until
 * a person lets go. Seen by the system identifier and the timeline, which a recovery to a point in time and a promoted standby change; by the log's end,
 * which lies before what this process has seen; or by the word with which the operator names a restore that shows neither, such as one by pg_restore.
 * Belongs to the listener's thread.
 */
final class RestoreWatch {

    private record Seen(String marker, long flushed) { }

    private static final Logger LOG = System.getLogger(RestoreWatch.class.getName());
    /** What a database does that keeps these functions to itself, or has none of them. */
    private static final Set<String> UNASKABLE = Set.of("42501", "42883", "0A000");
    /** The timeline of the log that is being written: the one of the last checkpoint may be older. */
    private static final String SEEN = "select s.system_identifier || '/' || substr(pg_walfile_name(f), 1, 8), (f - '0/0'::pg_lsn)::bigint from pg_control_system() s, pg_current_wal_flush_lsn() f";
    private static final String HOLD = """
        with t as (select clock_timestamp() + offset_ms * interval '1 ms' now from application_clock),
          w as (select ?::text marker, ?::text word, ?::boolean back),
          c as (select g.marker || ' ' || g.word as old, case when w.marker <> g.marker then 'OTHER_DATABASE' when w.back then 'WENT_BACK' when w.word not in ('', g.word) then 'OPERATOR' end as cause
            from restore_gate g, w for update of g),
          u as (update restore_gate g set marker = w.marker, word = case when w.word = '' then g.word else w.word end, since = coalesce(g.since, t.now), cause = coalesce(g.cause, c.cause)
            from w, t, c where c.cause is not null returning c.cause)
        insert into restore_action (at, actor, action, detail) select t.now, 'carillon', 'HELD', u.cause || ' ' || c.old || ' > ' || w.marker || ' ' || w.word from u, t, c, w""";

    private final String word;
    private Seen last;
    private boolean told;

    /** @param word of the operator, {@code carillon.restored}; empty where none */
    RestoreWatch(String word) { this.word = word.strip(); }

    /** Holds where it must. Whoever asks reads from the row whether it is held. */
    void look(Connection connection) throws SQLException {
        Seen seen = seen(connection);
        boolean back = last != null && seen.marker().equals(last.marker()) && seen.flushed() < last.flushed();
        if (last != null && last.marker().equals(seen.marker()) && !back) {
            last = seen;
            return;  // what was written down when this process first looked still holds
        }
        try (PreparedStatement first = connection.prepareStatement("insert into restore_gate (marker) values (?) on conflict do nothing")) {
            first.setString(1, seen.marker());
            first.executeUpdate();
        }
        try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
            hold.setString(1, seen.marker());
            hold.setString(2, word);
            hold.setBoolean(3, back);
            if (hold.executeUpdate() > 0) {
                LOG.log(Level.ERROR, "the database was restored, or is another one: nothing is released or sent until an administrator or an operator lets go");
            }
        }
        last = seen;
    }

    static boolean holds(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("select exists (select 1 from restore_gate where since is not null)")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private Seen seen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(SEEN)) {
            row.next();
            return new Seen(row.getString(1), row.getLong(2));
        } catch (SQLException e) {
            if (!UNASKABLE.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            if (!told) {
                told = true;
                LOG.log(Level.WARNING, "this role may not ask which database it is: a restore is only seen where carillon.restored names it");
            }
            return new Seen("unknown", 0);
        }
    }
}
