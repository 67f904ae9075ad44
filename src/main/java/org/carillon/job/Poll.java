package org.carillon.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * One look at all queues and at the clock: the net under the notifications.
 *
 * @param now   the application clock's time
 * @param raw   the database's own time, without the test offset
 * @param nanos {@link System#nanoTime()} of the reading
 */
record Poll(Instant now, Instant raw, long nanos, Set<Work> due) {

    private static final String LOOK = """
        select t.now,
          exists (select 1 from planned_notification where state = 'PLANNED' and due_at <= t.now)
            or exists (select 1 from planned_notification where state in ('PLANNED', 'HELD') and expires_at <= t.now)
            or exists (select 1 from planned_notification where state = 'HELD' and reason in ('MISSING_VALUE', 'NO_OPENING', 'TEXT_TOO_LONG') and due_at <= t.now
                 and changed_at < t.now - interval '60 seconds')
            or exists (select 1 from backlog_gate where since is not null) as plans,
          exists (select 1 from message_due where state in ('QUEUED', 'RETRY_WAIT') and channel = 'SMS' and priority in (0, 1, 2) and next_attempt_at <= t.now)
            or exists (select 1 from message_due where state = 'SENDING' and channel = 'SMS' and lease_until < t.now) as sms,
          exists (select 1 from message_due where state in ('QUEUED', 'RETRY_WAIT') and channel = 'EMAIL' and priority in (0, 1, 2) and next_attempt_at <= t.now)
            or exists (select 1 from message_due where state = 'SENDING' and channel = 'EMAIL' and lease_until < t.now) as email,
          exists (select 1 from message_due where state in ('QUEUED', 'HELD', 'RETRY_WAIT', 'UNKNOWN') and expires_at <= t.now)
            or exists (select 1 from message_due where state = 'UNKNOWN' and next_attempt_at <= t.now)
            or exists (select 1 from message_due d where d.state in ('CLAIMED', 'SENDING') and (d.lease_until < t.now or not exists (select 1 from node n
                 where n.id = d.owner_node and n.epoch = d.owner_epoch and n.stopped_at is null and abs(extract(epoch from clock_timestamp() - n.heartbeat_at)) * 1000 < ?)))
            or exists (select 1 from receipt where message_id is null and received_at > t.now - interval '10 minutes') as sweep,
          exists (select 1 from replan_task k where k.state = 'REQUESTED' or k.state = 'RUNNING' and not exists (select 1 from node n where n.id = k.owner_node
                 and n.epoch = k.owner_epoch and n.stopped_at is null and abs(extract(epoch from clock_timestamp() - n.heartbeat_at)) * 1000 < ?)) as replan,
          exists (select 1 from alert_place where next_at <= t.now) as alerts,
          t.raw
        from (select c.raw + offset_ms * interval '1 ms' as now, c.raw from application_clock, (select clock_timestamp() as raw offset 0) c) t""";

    static Poll look(Connection connection, Duration dead) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setLong(1, dead.toMillis());
            statement.setLong(2, dead.toMillis());
            long before = System.nanoTime();
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Set<Work> due = EnumSet.noneOf(Work.class);
                for (Work work : Work.values()) {
                    if (row.getBoolean(work.ordinal() + 2)) {
                        due.add(work);
                    }
                }
                return new Poll(row.getTimestamp(1).toInstant(), row.getTimestamp(Work.values().length + 2).toInstant(), before, due);
            }
        }
    }
}
