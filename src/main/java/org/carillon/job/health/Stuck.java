package org.carillon.job.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.carillon.delivery.Deadlines;
import org.jdbi.v3.core.Handle;

/** Messages that have been in a passing state for longer than anything explains (REL-26). */
final class Stuck {

    /** In the hands of one node, claimed or being sent. */
    static final Duration HELD_BY_NODE = Duration.ofMinutes(3);
    /** Beyond the grace time, after which an unknown outcome is decided, or the provider asked about it. */
    static final Duration UNDECIDED = Duration.ofMinutes(5);

    private static final String COUNT = """
        select state, count(*) from message_due where state in ('CLAIMED', 'SENDING') and lease_until < :leased group by state
        union all select state, count(*) from message_due d where state = 'UNKNOWN'
          and (select max(e.at) from message_event e where e.message_id = d.message_id and e.to_state = 'UNKNOWN') < :undecided group by state
        union all select 'QUEUED', count(*) from message_due where state in ('QUEUED', 'RETRY_WAIT') and route = any(:open) and priority in (0, 1, 2)
          and next_attempt_at < :late having count(*) > 0""";

    private Stuck() { }

    /**
     * By state; a state without any is left out.
     *
     * @param open routes that are to take messages now: what waits for another is that route's affair
     */
    static Map<String, Long> count(Handle h, Collection<String> open, Deadlines deadlines, Instant now) {
        Map<String, Long> stuck = new HashMap<>();
        h.createQuery(COUNT).bind("leased", now.plus(deadlines.lease()).minus(HELD_BY_NODE)).bind("undecided", now.minus(deadlines.grace()).minus(UNDECIDED)).bind("late", now.minus(Vitals.PATIENCE))
            .bind("open", open.toArray(String[]::new)).map((r, c) -> Map.entry(r.getString(1), r.getLong(2)))
            .forEach(e -> stuck.merge(e.getKey(), e.getValue(), Long::sum));
        return stuck;
    }
}
