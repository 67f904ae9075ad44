package org.carillon.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One look at all queues and at the clock: the net under the notifications.
 *
 * @param now      the application clock's time
 * @param raw      the database's own time, without the test offset
 * @param nanos    {@link System#nanoTime()} of the reading
 * @param routes   on which something is due, or an attempt has outlived its lease
 * @param revision of the table of routes
 * @param restored everything is held after a restore (REL-29)
 */
record Poll(Instant now, Instant raw, long nanos, Set<Work> due, Set<String> routes, long revision, boolean restored) {

    private static final String LOOK = """
        select t.now,
          exists (select 1 from planned_notification where state = 'PLANNED' and due_at <= t.now)
            or exists (select 1 from planned_notification where state in ('PLANNED', 'HELD') and expires_at <= t.now)
            or exists (select 1 from planned_notification where state = 'HELD' and reason in ('MISSING_VALUE', 'NO_OPENING', 'TEXT_TOO_LONG', 'NO_IDENTITY') and due_at <= t.now
                 and changed_at < t.now - interval '60 seconds')
            or exists (select 1 from backlog_gate where since is not null) as plans,
          exists (select 1 from message_due where state in ('QUEUED', 'HELD', 'RETRY_WAIT', 'UNKNOWN') and expires_at <= t.now)
            or exists (select 1 from message_due where state = 'UNKNOWN' and next_attempt_at <= t.now)
            or exists (select 1 from message_due d where d.state in ('CLAIMED', 'SENDING') and (d.lease_until < t.now or not exists (select 1 from node n
                 where n.id = d.owner_node and n.epoch = d.owner_epoch and n.stopped_at is null and abs(extract(epoch from clock_timestamp() - n.heartbeat_at)) * 1000 < ?)))
            or exists (select 1 from receipt where message_id is null and received_at > t.now - interval '10 minutes')
            or exists (select 1 from message_due d join route r on r.code = d.route where d.state = 'HELD' and d.reason = 'ROUTE_PAUSED' and r.paused_at is null) as sweep,
          exists (select 1 from replan_task k where k.state = 'REQUESTED' or k.state = 'RUNNING' and not exists (select 1 from node n where n.id = k.owner_node
                 and n.epoch = k.owner_epoch and n.stopped_at is null and abs(extract(epoch from clock_timestamp() - n.heartbeat_at)) * 1000 < ?)) as replan,
          exists (select 1 from alert_place where next_at <= t.now) or exists (select 1 from marketing_hold where released_at is null and told_at is null) as alerts,
          array(select r.code from route r where exists (select 1 from message_due d where d.route = r.code and d.state in ('QUEUED', 'RETRY_WAIT') and d.priority in (0, 1, 2)
                   and d.next_attempt_at <= t.now)
              or exists (select 1 from message_due d where d.state = 'SENDING' and d.route = r.code and d.lease_until < t.now)) as routes,
          array(select n.code from route_now n where n.trouble is not null and exists (select 1 from message_due d where d.route = n.code and d.state in ('QUEUED', 'RETRY_WAIT')
                   and d.priority in (0, 1, 2))) as shut,
          (select revision from route_revision) as revision, exists (select 1 from restore_gate where since is not null) as restored, t.raw
        from (select c.raw + offset_ms * interval '1 ms' as now, c.raw from application_clock, (select clock_timestamp() as raw offset 0) c) t""";

    static Poll look(Connection connection, Duration dead) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setLong(1, dead.toMillis());
            statement.setLong(2, dead.toMillis());
            long before = System.nanoTime();
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Set<Work> due = EnumSet.noneOf(Work.class);
                for (Work work : new Work[] {Work.PLANS, Work.SWEEP, Work.REPLAN, Work.ALERTS}) {
                    if (row.getBoolean(work.name().toLowerCase(Locale.ROOT))) {
                        due.add(work);
                    }
                }
                Set<String> routes = Set.of((String[]) row.getArray("routes").getArray());
                if (!routes.isEmpty()) {
                    due.add(Work.SEND);
                }
                if (row.getArray("shut").getArray() instanceof String[] shut && shut.length > 0) {
                    due.add(Work.SWEEP);
                }
                return new Poll(row.getTimestamp(1).toInstant(), row.getTimestamp("raw").toInstant(), before, due, routes, row.getLong("revision"), row.getBoolean("restored"));
            }
        }
    }
}
