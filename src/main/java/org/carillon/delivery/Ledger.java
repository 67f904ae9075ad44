package org.carillon.delivery;

import java.time.Instant;
import java.util.List;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;

/**
 * Changes of state, set-based: the row that nodes compete for, the fact and the event in one statement, so that they never disagree. Whoever
 * calls holds the rows' locks. Decides nothing; the database refuses what reliability.md 1.4 does not list.
 */
final class Ledger {

    /** Out of the race: to ACCEPTED or a final state. */
    record Settled(long messageId, MessageState to, Reason reason) { }

    /**
     * Stays in the race under another state, owned by nobody.
     *
     * @param attempts counted attempts to add
     * @param resends  resends after an unknown outcome to add
     */
    record Moved(long messageId, MessageState to, Instant nextAttemptAt, int attempts, int resends, Reason reason) { }

    /** Of a message already accepted: what its receipts say. */
    record Reported(long messageId, MessageState from, MessageState to, Reason reason) { }

    private Ledger() { }

    static void settle(Handle h, List<Settled> rows, String actor, Instant now) {
        if (rows.isEmpty()) {
            return;
        }
        h.createUpdate("""
            with t as (select * from unnest(:ids, :states, :reasons) as t(id, state, reason)),
              gone as (delete from message_due d using t where d.message_id = t.id returning d.message_id, d.state),
              settled as (update message m set state = t.state, reason = t.reason,
                            accepted_at = case when t.state in ('ACCEPTED', 'DELIVERED', 'UNDELIVERED') then :now::timestamptz end,
                            settled_at = case when t.state <> 'ACCEPTED' then :now::timestamptz end
                          from t where m.id = t.id)
            insert into message_event (message_id, from_state, to_state, actor, reason, at)
              select t.id, gone.state, t.state, :actor, t.reason, :now from gone join t on t.id = gone.message_id""")
            .bind("ids", Columns.longs(rows, Settled::messageId)).bind("states", Columns.texts(rows, Settled::to))
            .bind("reasons", Columns.texts(rows, Settled::reason)).bind("actor", actor).bind("now", now).execute();
    }

    static void move(Handle h, List<Moved> rows, String actor, Instant now) {
        if (rows.isEmpty()) {
            return;
        }
        h.createUpdate("""
            with t as (select * from unnest(:ids, :states, :nexts, :attempts, :resends, :reasons) as t(id, state, next, attempts, resends, reason)),
              moved as (update message_due d set state = t.state, next_attempt_at = t.next, attempts = d.attempts + t.attempts,
                          resends = d.resends + t.resends, doubted = d.doubted or o.state = 'UNKNOWN', reason = t.reason, owner_node = null, owner_epoch = null, lease_until = null
                        from t join message_due o on o.message_id = t.id where d.message_id = t.id returning d.message_id, o.state as from_state)
            insert into message_event (message_id, from_state, to_state, actor, reason, at)
              select t.id, moved.from_state, t.state, :actor, t.reason, :now from moved join t on t.id = moved.message_id""")
            .bind("ids", Columns.longs(rows, Moved::messageId)).bind("states", Columns.texts(rows, Moved::to))
            .bind("nexts", Columns.instants(rows, Moved::nextAttemptAt)).bind("attempts", Columns.integers(rows, Moved::attempts))
            .bind("resends", Columns.integers(rows, Moved::resends)).bind("reasons", Columns.texts(rows, Moved::reason))
            .bind("actor", actor).bind("now", now).execute();
    }

    static void report(Handle h, List<Reported> rows, String actor, Instant now) {
        if (rows.isEmpty()) {
            return;
        }
        h.createUpdate("""
            with t as (select * from unnest(:ids, :froms, :states, :reasons) as t(id, from_state, state, reason)),
              reported as (update message m set state = t.state, reason = t.reason, settled_at = :now from t where m.id = t.id and m.state = t.from_state
                           returning m.id)
            insert into message_event (message_id, from_state, to_state, actor, reason, at)
              select t.id, t.from_state, t.state, :actor, t.reason, :now from reported join t on t.id = reported.id""")
            .bind("ids", Columns.longs(rows, Reported::messageId)).bind("froms", Columns.texts(rows, Reported::from))
            .bind("states", Columns.texts(rows, Reported::to)).bind("reasons", Columns.texts(rows, Reported::reason))
            .bind("actor", actor).bind("now", now).execute();
    }
}
