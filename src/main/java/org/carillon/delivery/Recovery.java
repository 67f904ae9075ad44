package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Reason;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What the dead left behind. Their CLAIMED go back to the queue (T5): nothing was written. Their SENDING become UNKNOWN (T11), and only when
 * the lease and the time to write are over and the owner's life has ended: no other node ever claims a SENDING row.
 */
@ApplicationScoped
public class Recovery {

    private static final String ACTOR = "recovery";
    // a heartbeat from the future was before the database's time was set back
    private static final String DEAD = "not exists (select 1 from node n where n.id = d.owner_node and n.epoch = d.owner_epoch and n.stopped_at is null "
        + "and abs(extract(epoch from clock_timestamp() - n.heartbeat_at)) * 1000 < :dead)";

    private record Left(long messageId, Instant nextAttemptAt) { }

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Deadlines deadlines;

    protected Recovery() { this(null, null, (Deadlines) null); }

    @Inject
    public Recovery(Jdbi jdbi, ApplicationClock clock, Config config) { this(jdbi, clock, Deadlines.from(config)); }

    public Recovery(Jdbi jdbi, ApplicationClock clock, Deadlines deadlines) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.deadlines = deadlines;
    }

    /** One batch; call again while it answers more than 0. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int recover() {
        Instant now = clock.now();
        return jdbi.inTransaction(h -> claimed(h, now) + sending(h, now));
    }

    private int claimed(Handle h, Instant now) {
        List<Left> left = h.createQuery("select d.message_id, d.next_attempt_at from message_due d where d.state = 'CLAIMED' and (d.lease_until < :now or " + DEAD + ") "
            + "order by d.message_id for update skip locked limit 500").bind("now", now).bind("dead", deadlines.dead().toMillis())
            .map((r, c) -> new Left(r.getLong(1), r.getTimestamp(2).toInstant())).list();
        Ledger.move(h, left.stream().map(l -> new Ledger.Moved(l.messageId(), MessageState.QUEUED, l.nextAttemptAt(), 0, 0, Reason.NODE_STOPPED)).toList(), ACTOR, now);
        return left.size();
    }

    private int sending(Handle h, Instant now) {
        List<Long> left = h.createQuery("select d.message_id from message_due d where d.state = 'SENDING' and d.lease_until < :over and " + DEAD
            + " order by d.message_id for update skip locked limit 500").bind("over", now.minus(deadlines.recovery())).bind("dead", deadlines.dead().toMillis())
            .mapTo(Long.class).list();
        unknown(h, left, "the node stopped", ACTOR, now, deadlines);
        return left.size();
    }

    /** What was SENDING and has no outcome that could be told becomes UNKNOWN (T11). Whoever calls holds the rows' locks. */
    static void unknown(Handle h, List<Long> left, String detail, String actor, Instant now, Deadlines deadlines) {
        if (left.isEmpty()) {
            return;
        }
        Long[] ids = left.toArray(Long[]::new);
        h.createUpdate("""
            with o as (insert into attempt_outcome (message_id, part_no, claim_seq, route, verdict, detail, user_ref, ended_at)
              select a.message_id, a.part_no, a.claim_seq, a.route, 'UNKNOWN', :detail, ('x' || right(a.wire_ref::text, 4))::bit(16)::int, :now::timestamptz
                from attempt a join message_due d on d.message_id = a.message_id and d.claim_seq = a.claim_seq where a.message_id = any(:ids)
              on conflict do nothing returning message_id, part_no)
            update message_part p set state = 'UNKNOWN' from o where p.message_id = o.message_id and p.part_no = o.part_no and p.state <> 'ACCEPTED'""")
            .bind("detail", detail).bind("now", now).bind("ids", ids).execute();
        Ledger.move(h, left.stream().map(id -> new Ledger.Moved(id, MessageState.UNKNOWN, now.plus(deadlines.grace()), 1, 0, Reason.UNKNOWN_OUTCOME)).toList(),
            actor, now);
    }
}
