package org.carillon.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Receipts, matched to attempts and applied (T12, T15). Everything may be done again at any time, in any order: the state is a fold of the
 * stored receipts and never goes backwards (ACCEPTED, UNDELIVERED, DELIVERED).
 */
final class Receipts {

    static final String ACTOR = "receipt";
    /** How long an unmatched receipt is tried again: longer than any outcome takes to become unknown. */
    private static final Duration REMATCHED = Duration.ofMinutes(10);

    private record Guess(long receiptId, long messageId, int partNo, boolean fits) { }

    private record Parts(long messageId, MessageState state, int parts, int delivered, int undelivered, boolean expired) { }

    /** By an id first, and whom a list gave it to before whom a late answer does; else by the echoed reference. Of somebody who was erased meanwhile it brings no number back (LAW-20). */
    private static final String MATCH = """
        with found as (select r.id, f.* from receipt r cross join lateral (
            select 1 as rank, o.message_id, o.part_no, false as probable, o.ended_at from attempt_outcome o
             where r.provider_id <> '' and o.provider_id = r.provider_id and o.route = r.route
            union all
            select case when o.epoch = %d then 2 else 3 end, o.message_id, o.part_no, false, o.at from late_outcome o
             where r.provider_id <> '' and o.provider_id = r.provider_id and o.route = r.route
            union all
            select 4, e.message_id, e.part_no, e.probable, e.received_at from receipt e
             where r.provider_id <> '' and e.provider_id = r.provider_id and e.route = r.route and e.message_id is not null
            union all
            select 5, o.message_id, o.part_no, r.recipient = '', o.ended_at from attempt_outcome o join message m on m.id = o.message_id
             where o.verdict = 'UNKNOWN' and o.user_ref = r.user_ref and o.route = r.route and r.recipient in ('', m.recipient)
               and o.ended_at > r.received_at - :window * interval '1 second'
            order by 1, 5 desc limit 1) f where r.message_id is null and r.id = any(:ids))
        update receipt r set message_id = f.message_id, part_no = f.part_no, probable = f.probable, recipient = case when m.recipient = 'erased' then 'erased ' || r.id else r.recipient end, beginning = ''
          from found f join message m on m.id = f.message_id where r.id = f.id
        returning r.message_id, r.part_no""".formatted(Doubts.LISTED);

    /** Without id or reference: unknown outcomes of that recipient within two minutes of the submit date, and only while nothing to it is under way. */
    private static final String PROBABLE = """
        select r.id, m.id as message_id, o.part_no, r.source, r.usual, r.beginning, m.sender, coalesce(p.text, m.text) as text
            from receipt r join message m on m.recipient = r.recipient join message_due d on d.message_id = m.id and d.state = 'UNKNOWN'
            join attempt_outcome o on o.message_id = m.id and o.verdict = 'UNKNOWN' and o.route = r.route
            join attempt a on a.message_id = o.message_id and a.part_no = o.part_no and a.claim_seq = o.claim_seq
            left join message_part p on p.message_id = o.message_id and p.part_no = o.part_no
           where r.id = any(:ids) and r.message_id is null and r.user_ref is null and r.recipient <> ''
             and coalesce(r.submitted_at, r.at) between a.started_at - interval '2 minutes' and a.started_at + interval '2 minutes'
             and not exists (select 1 from message m2 join message_due d2 on d2.message_id = m2.id where m2.recipient = r.recipient and d2.state = 'SENDING')""";

    private static final String BY_CIRCUMSTANCES = "update receipt r set message_id = f.message, part_no = f.part, probable = true, beginning = '' "
        + "from unnest(:ids, :messages, :parts) as f(id, message, part) where r.id = f.id returning r.message_id, r.part_no";

    private Receipts() { }

    static void store(Handle h, List<Receipt> receipts, Instant now, Deadlines deadlines) {
        List<Long> ids = h.createQuery("""
            insert into receipt (route, provider_id, user_ref, recipient, state, code, at, submitted_at, source, usual, beginning, received_at)
            select distinct on (provider, route, state, coalesce(at, :now), recipient) route, provider, ref, recipient, state, code, coalesce(at, :now), submitted, source, usual, beginning,
                :now::timestamptz
              from unnest(:routes, :providers, :refs, :recipients, :states, :codes, :ats, :submitted, :sources, :usuals, :beginnings)
                as t(route, provider, ref, recipient, state, code, at, submitted, source, usual, beginning)
             where at is not null or not exists (select 1 from receipt e where e.provider_id = t.provider and e.route = t.route and e.state = t.state)
            on conflict do nothing returning id""").bind("now", now)
            .bind("routes", Columns.texts(receipts, Receipt::route)).bind("providers", Columns.texts(receipts, r -> Arrivals.clean(r.providerId())))
            .bind("refs", Columns.integers(receipts, Receipt::userRef)).bind("recipients", Columns.texts(receipts, r -> Arrivals.clean(r.recipient())))
            .bind("states", Columns.texts(receipts, Receipt::state)).bind("codes", Columns.texts(receipts, r -> Arrivals.clean(r.code())))
            .bind("ats", Columns.instants(receipts, Receipt::at)).bind("submitted", Columns.instants(receipts, Receipt::submittedAt))
            .bind("sources", Columns.texts(receipts, r -> Arrivals.clean(r.traits().source()))).bind("usuals", Columns.booleans(receipts, r -> r.traits().usual()))
            .bind("beginnings", Columns.texts(receipts, r -> Arrivals.clean(r.traits().beginning()))).mapTo(Long.class).list();
        match(h, ids, now, deadlines);
    }

    /**
     * Tries the young unmatched ones again: a receipt and its answer may have been stored side by side, neither seeing the other, and an outcome
     * becomes unknown only some time after. Later a receipt finds its message only when an answer brings its id.
     */
    static int rematch(Handle h, Instant now, Deadlines deadlines) {
        List<Long> ids = h.createQuery("select id from receipt where message_id is null and received_at > :since order by received_at desc limit 2000")
            .bind("since", now.minus(REMATCHED)).mapTo(Long.class).list();
        int matched = match(h, ids, now, deadlines);
        List<Guess> guesses = guesses(h, ids);
        h.createUpdate("update receipt set beginning = '' where message_id is null and received_at <= :since and beginning <> ''").bind("since", now.minus(REMATCHED)).execute();
        return guesses.isEmpty() ? matched : matched + take(h, h.createQuery(BY_CIRCUMSTANCES).bind("ids", Columns.longs(guesses, Guess::receiptId))
            .bind("messages", Columns.longs(guesses, Guess::messageId)).bind("parts", Columns.integers(guesses, Guess::partNo)), now);
    }

    /** The one that nothing speaks against, of each receipt; none where there are several. */
    private static List<Guess> guesses(Handle h, List<Long> ids) {
        Map<Long, List<Guess>> byReceipt = h.createQuery(PROBABLE).bind("ids", ids.toArray(Long[]::new))
            .map((r, c) -> new Guess(r.getLong("id"), r.getLong("message_id"), r.getInt("part_no"), fits(r))).list().stream().filter(Guess::fits).collect(Collectors.groupingBy(Guess::receiptId));
        return byReceipt.values().stream().filter(several -> several.size() == 1).map(one -> one.get(0)).toList();
    }

    private static boolean fits(ResultSet r) throws SQLException {
        String sender = r.getString("sender");
        Optional<Boolean> source = sender.isBlank() ? Optional.ofNullable((Boolean) r.getObject("usual")) : Likeness.source(sender, r.getString("source"));
        return source.orElse(true) && Likeness.beginning(r.getString("text"), r.getString("beginning")).orElse(true);
    }

    /** What was learnt of these messages while they were under way, now that their answers are there. */
    static void learnt(Handle h, List<Long> messageIds, Instant now) {
        if (messageIds.isEmpty()) {
            return;
        }
        List<Evidence.Taken> told = h.createQuery("select distinct message_id, part_no from receipt where message_id = any(:ids)").bind("ids", messageIds.toArray(Long[]::new))
            .map((r, c) -> new Evidence.Taken(r.getLong(1), r.getInt(2))).list();
        Evidence.apply(h, Stream.concat(told.stream(), late(h, messageIds).stream()).distinct().toList(), ACTOR, now);
        apply(h, messageIds, now);
    }

    /** Of these messages what a provider's late yes proves to be taken. */
    static List<Evidence.Taken> late(Handle h, List<Long> messageIds) {
        return h.createQuery("select distinct l.message_id, l.part_no from late_outcome l where l.message_id = any(:ids) and l.verdict = 'ACCEPTED' and not " + Doubts.GIVEN_AWAY)
            .bind("ids", messageIds.toArray(Long[]::new)).map((r, c) -> new Evidence.Taken(r.getLong(1), r.getInt(2))).list();
    }

    static int match(Handle h, List<Long> ids, Instant now, Deadlines deadlines) {
        if (ids.isEmpty()) {
            return 0;
        }
        return take(h, h.createQuery(MATCH).bind("ids", ids.toArray(Long[]::new)).bind("window", deadlines.receipts().toSeconds()), now);
    }

    private static int take(Handle h, Query matching, Instant now) {
        List<Evidence.Taken> matched = matching.map((r, c) -> new Evidence.Taken(r.getLong(1), r.getInt(2))).list();
        Evidence.apply(h, matched, ACTOR, now);
        apply(h, matched.stream().map(Evidence.Taken::messageId).distinct().toList(), now);
        return matched.size();
    }

    /** Reads all receipts of these messages and moves them on, never back (T15). */
    static void apply(Handle h, List<Long> messageIds, Instant now) {
        if (messageIds.isEmpty()) {
            return;
        }
        List<Long> locked = h.createQuery("select id from message where id = any(:ids) and state in ('ACCEPTED', 'UNDELIVERED') order by id for update")
            .bind("ids", messageIds.toArray(Long[]::new)).mapTo(Long.class).list();
        List<Ledger.Reported> reported = new ArrayList<>();
        h.createQuery("""
            select m.id, m.state, m.parts, count(*) filter (where p.delivered) as delivered,
                count(*) filter (where p.undelivered and not p.delivered) as undelivered, bool_or(p.expired and not p.delivered) as expired
              from message m join (select message_id, part_no, bool_or(state = 'DELIVERED') as delivered,
                  bool_or(state in ('UNDELIVERED', 'EXPIRED')) as undelivered, bool_or(state = 'EXPIRED') as expired
                from receipt where message_id = any(:ids) group by message_id, part_no) p on p.message_id = m.id
             where m.id = any(:ids) group by m.id""").bind("ids", locked.toArray(Long[]::new))
            .map((r, c) -> new Parts(r.getLong("id"), MessageState.valueOf(r.getString("state")), r.getInt("parts"), r.getInt("delivered"),
                r.getInt("undelivered"), r.getBoolean("expired")))
            .forEach(parts -> {
                if (parts.delivered() >= parts.parts()) {
                    reported.add(new Ledger.Reported(parts.messageId(), parts.state(), MessageState.DELIVERED, null));
                } else if (parts.undelivered() > 0 && parts.state() == MessageState.ACCEPTED) {
                    reported.add(new Ledger.Reported(parts.messageId(), parts.state(), MessageState.UNDELIVERED,
                        parts.expired() ? Reason.PROVIDER_EXPIRED : Reason.UNDELIVERABLE));
                }
            });
        Ledger.report(h, reported, ACTOR, now);
    }
}
