package org.carillon.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.carillon.fact.Purpose;
import org.jdbi.v3.core.Handle;

/** Leases of due messages: taken (T4) and given back unused (T5). */
final class Claims {

    /** The limit stands in the text: as a parameter the plan would turn generic and scan. */
    private static final String TAKE = """
        with c as (update message_due d set state = 'CLAIMED', owner_node = :node, owner_epoch = :epoch, claim_seq = d.claim_seq + 1, lease_until = :lease
            from message_due o where o.message_id = d.message_id and d.message_id = any(array(
              select message_id from message_due where state in ('QUEUED', 'RETRY_WAIT') and route = :route and priority = :priority
                and next_attempt_at <= :now order by next_attempt_at for update skip locked limit %d))
            returning d.message_id, d.claim_seq, d.priority, d.next_attempt_at, d.attempts, d.resends, o.state as from_state),
          e as (insert into message_event (message_id, from_state, to_state, actor, at) select message_id, from_state, 'CLAIMED', :actor, :now from c)
        select c.message_id, c.claim_seq, c.priority, c.next_attempt_at, c.attempts, c.resends, m.created_at, m.expires_at, m.channel, m.purpose,
            m.location_id, m.customer_id, m.automation_id, m.hours_only, m.recipient, m.sender, m.subject_line, m.text, m.mail_message_id,
            m.parts, m.ucs2, m.alphabet, m.long_messages
          from c join message m on m.id = c.message_id order by c.priority, c.next_attempt_at, c.message_id""";

    private Claims() { }

    /** Transactional before reminder before marketing (REL-21), and within each the longest due. May take somewhat more than wanted. */
    static List<Claimed> take(Handle h, Node.Life owner, String route, int wanted, Instant now, Deadlines deadlines) {
        String sql = TAKE.formatted(limit(wanted));
        List<Claimed> taken = new ArrayList<>();
        for (Purpose purpose : Purpose.values()) {
            if (taken.size() < wanted) {
                h.createQuery(sql).bind("node", owner.id()).bind("epoch", owner.epoch()).bind("lease", now.plus(deadlines.lease())).bind("route", route)
                    .bind("priority", purpose.priority()).bind("now", now).bind("actor", owner.actor()).map((r, c) -> Claimed.read(r)).forEach(taken::add);
            }
        }
        return taken;
    }

    static void giveBack(Handle h, Node.Life owner, List<Claimed> claims, Instant now) {
        if (claims.isEmpty()) {
            return;
        }
        List<Long> mine = h.createQuery("select d.message_id from message_due d join unnest(:ids, :seqs) as t(id, seq) on t.id = d.message_id and t.seq = d.claim_seq "
            + "where d.state = 'CLAIMED' order by d.message_id for update of d")
            .bind("ids", Columns.longs(claims, Claimed::messageId)).bind("seqs", Columns.integers(claims, Claimed::claimSeq)).mapTo(Long.class).list();
        Ledger.move(h, claims.stream().filter(c -> mine.contains(c.messageId()))
            .map(c -> new Ledger.Moved(c.messageId(), MessageState.QUEUED, c.nextAttemptAt(), 0, 0, null)).toList(), owner.actor(), now);
    }

    private static int limit(int wanted) { return wanted <= 1 ? 1 : wanted <= 10 ? 10 : wanted <= 20 ? 20 : wanted <= 50 ? 50 : wanted <= 100 ? 100 : 200; }
}
