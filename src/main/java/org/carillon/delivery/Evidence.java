package org.carillon.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Proof that a provider took what had an unknown outcome: a late answer or a receipt (T12). Where it is sure, nothing is sent again. */
final class Evidence {

    record Taken(long messageId, int partNo) { }

    private record Open(long messageId, MessageState state, int parts, int openParts, int unknownParts, Instant nextAttemptAt) { }

    private Evidence() { }

    static void apply(Handle h, List<Taken> taken, String actor, Instant now) {
        if (taken.isEmpty()) {
            return;
        }
        // UNKNOWN, and what T13 made of it; what is SENDING at this instant is looked at again when its answer is there
        List<Long> locked = h.createQuery("select message_id from message_due where message_id = any(:ids) and (state = 'UNKNOWN' "
            + "or state in ('RETRY_WAIT', 'CLAIMED') and (doubted or resends > 0)) order by message_id for update")
            .bind("ids", Columns.longs(taken, Taken::messageId)).mapTo(Long.class).list();
        List<Taken> known = taken.stream().filter(t -> locked.contains(t.messageId())).toList();
        if (known.isEmpty()) {
            return;
        }
        h.createUpdate("update message_part p set state = 'ACCEPTED' from unnest(:ids, :parts) as t(id, part) where p.message_id = t.id and p.part_no = t.part")
            .bind("ids", Columns.longs(known, Taken::messageId)).bind("parts", Columns.integers(known, Taken::partNo)).execute();
        List<Ledger.Settled> settled = new ArrayList<>();
        List<Ledger.Moved> moved = new ArrayList<>();
        for (Open open : open(h, locked)) {
            if (open.parts() == 1 || open.openParts() == 0) {
                settled.add(new Ledger.Settled(open.messageId(), MessageState.ACCEPTED, null));
            } else if (open.unknownParts() == 0 && open.state() == MessageState.UNKNOWN) {
                moved.add(new Ledger.Moved(open.messageId(), MessageState.RETRY_WAIT, now, 0, 0, null));  // the rest was provably not taken
            }
        }
        Ledger.settle(h, settled, actor, now);
        Ledger.move(h, moved, actor, now);
    }

    private static List<Open> open(Handle h, List<Long> ids) {
        return h.createQuery("""
            select d.message_id, d.state, m.parts, d.next_attempt_at, count(p.part_no) filter (where p.state <> 'ACCEPTED') as open_parts,
                count(p.part_no) filter (where p.state = 'UNKNOWN') as unknown_parts
              from message_due d join message m on m.id = d.message_id left join message_part p on p.message_id = d.message_id
             where d.message_id = any(:ids) group by d.message_id, m.parts""").bind("ids", ids.toArray(Long[]::new))
            .map((r, c) -> new Open(r.getLong("message_id"), MessageState.valueOf(r.getString("state")), r.getInt("parts"), r.getInt("open_parts"),
                r.getInt("unknown_parts"), r.getTimestamp("next_attempt_at").toInstant())).list();
    }
}
