package org.carillon.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.carillon.fact.Purpose;
import org.jdbi.v3.core.Handle;

/** Leases of due messages: taken (T4) and given back unused (T5). */
final class Claims {

    private static final String READY = "state in ('QUEUED', 'RETRY_WAIT') and route = :route and priority = :priority and next_attempt_at <= :now";

    /** The limits stand in the text: as parameters the plan would turn generic and scan. */
    private static final String LONGEST_DUE = "select message_id from message_due where " + READY + " order by next_attempt_at for update skip locked limit %1$d";

    /** Each location's first before anybody's second. More are looked at than taken, since another node may hold some of them. */
    private static final String EACH_ITS_OWN = "select f.message_id from (select o.message_id, row_number() over () as place from (select own.* from (select own.* from "
        + "(select id from location) l cross join lateral (select message_id, next_attempt_at, row_number() over (order by next_attempt_at) as nth from message_due where " + READY
        + " and location_id = l.id order by next_attempt_at limit %2$d) own union all "
        + "(select message_id, next_attempt_at, row_number() over (order by next_attempt_at) from message_due where " + READY + " and location_id is null order by next_attempt_at limit %2$d)"
        + ") own order by own.nth, own.next_attempt_at limit 4 * %1$d) o) c "
        + "join message_due f on f.message_id = c.message_id and f.state in ('QUEUED', 'RETRY_WAIT') order by c.place for update of f skip locked limit %1$d";

    private static final String TAKE = """
        with c as (update message_due d set state = 'CLAIMED', owner_node = :node, owner_epoch = :epoch, claim_seq = d.claim_seq + 1, lease_until = :lease
            from message_due o where o.message_id = d.message_id and d.message_id = any(array(%s))
            returning d.message_id, d.claim_seq, d.priority, d.next_attempt_at, d.attempts, d.resends, o.state as from_state),
          e as (insert into message_event (message_id, from_state, to_state, actor, at) select message_id, from_state, 'CLAIMED', :actor, :now from c)
        select c.message_id, c.claim_seq, c.priority, c.next_attempt_at, c.attempts, c.resends, m.created_at, m.expires_at, m.channel, m.purpose,
            m.location_id, m.customer_id, m.automation_id, m.hours_only, m.recipient, m.sender, m.subject_line, m.text, m.mail_message_id,
            m.parts, m.ucs2, m.alphabet, m.long_messages
          from c join message m on m.id = c.message_id order by c.priority, c.next_attempt_at, c.message_id""";

    private Claims() { }

    /**
     * Transactional before reminder before marketing, and within each the longest due, or each location's own where one would take all (REL-21). May
     * take somewhat more than wanted.
     */
    static List<Claimed> take(Handle h, Node.Life owner, String route, int wanted, Shares shares, Instant now, Deadlines deadlines) {
        List<Claimed> taken = new ArrayList<>();
        boolean full = false;
        for (Purpose purpose : Purpose.values()) {
            int want = full ? shares.below(route, wanted) : wanted - taken.size();
            if (want > 0) {
                taken.addAll(take(h, owner, route, purpose, limit(want), shares, now, deadlines));
            }
            full |= taken.size() >= wanted;
        }
        return taken;
    }

    private static List<Claimed> take(Handle h, Node.Life owner, String route, Purpose purpose, int limit, Shares shares, Instant now, Deadlines deadlines) {
        boolean fair = shares.crowded(route, purpose);
        List<Claimed> batch = h.createQuery(TAKE.formatted((fair ? EACH_ITS_OWN : LONGEST_DUE).formatted(limit, Math.max(4, limit / 8))))
            .bind("node", owner.id()).bind("epoch", owner.epoch()).bind("lease", now.plus(deadlines.lease())).bind("route", route)
            .bind("priority", purpose.priority()).bind("now", now).bind("actor", owner.actor()).map((r, c) -> Claimed.read(r)).list();
        shares.saw(route, purpose, batch, fair, batch.size() >= limit);
        return batch;
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
