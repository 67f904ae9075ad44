package org.carillon.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.carillon.fact.Purpose;
import org.jdbi.v3.core.Handle;

/** Leases of due messages: taken (T4) and given back unused (T5), or only locked, for what leaves in the same transaction. */
final class Claims {

    private static final String READY = "state in ('QUEUED', 'RETRY_WAIT') and route = :route and priority = :priority and next_attempt_at <= :now";

    /**
     * For whoever has not locked the route's row: another turn may have been told to rest since it was read. What that turn gave back was committed with its
     * rest, so a statement that sees the one sees the other.
     */
    private static final String AWAKE = " and not exists (select from route_state s where s.route = :route and s.suspended_until > :now)";

    /** The limits stand in the text: as parameters the plan would turn generic and scan. */
    private static final String LONGEST_DUE = "select message_id from message_due where " + READY + "%3$s order by next_attempt_at for update skip locked limit %1$d";

    /** Each location's first before anybody's second. More are looked at than taken, since another node may hold some of them. */
    private static final String EACH_ITS_OWN = "select f.message_id from (select o.message_id, row_number() over () as place from (select own.* from (select own.* from "
        + "(select id from location) l cross join lateral (select message_id, next_attempt_at, row_number() over (order by next_attempt_at) as nth from message_due where " + READY
        + "%3$s and location_id = l.id order by next_attempt_at limit %2$d) own union all "
        + "(select message_id, next_attempt_at, row_number() over (order by next_attempt_at) from message_due where " + READY + "%3$s and location_id is null order by next_attempt_at limit %2$d)"
        + ") own order by own.nth, own.next_attempt_at limit 4 * %1$d) o) c "
        + "join message_due f on f.message_id = c.message_id and f.state in ('QUEUED', 'RETRY_WAIT') order by c.place for update of f skip locked limit %1$d";

    private static final String TAKE = """
        with c as (update message_due d set state = 'CLAIMED', owner_node = :node, owner_epoch = :epoch, claim_seq = d.claim_seq + 1, lease_until = :lease
            from message_due o where o.message_id = d.message_id and d.message_id = any(array(%s))
            returning d.message_id, d.claim_seq, d.priority, d.next_attempt_at, d.attempts, d.resends, d.resends > 0 or d.doubted as doubted, o.state as from_state),
          e as (insert into message_event (message_id, from_state, to_state, actor, at) select message_id, from_state, 'CLAIMED', :actor, :now from c)
        select c.message_id, c.claim_seq, c.priority, c.next_attempt_at, c.attempts, c.resends, c.doubted, m.created_at, m.expires_at, m.channel, m.purpose,
            m.location_id, m.customer_id, m.automation_id, m.hours_only, m.recipient, m.sender, m.subject_line, m.text, m.mail_message_id,
            m.parts, m.ucs2, m.alphabet, m.long_messages
          from c join message m on m.id = c.message_id order by c.priority, c.next_attempt_at, c.message_id""";

    private static final String WAITING = "select message_id, claim_seq, state, priority, next_attempt_at, attempts, resends, resends > 0 or doubted as doubted, location_id, cancel_requested from message_due "
        + "where state in ('QUEUED', 'RETRY_WAIT') and route = :route and priority = %1$d and next_attempt_at <= :now%3$s order by next_attempt_at for update skip locked limit %2$d";

    /** One statement for the three classes: a class is only looked at as far as those above leave room, since what is read there is locked. */
    private static final String LOOK = """
        with a as (%s), b as (%s), c as (%s),
          upper as (select * from a limit :wanted),
          middle as (select * from b limit (select case when count(*) >= :wanted then :second else :wanted - count(*) end from upper)),
          lower as (select * from c limit (select case when n >= :wanted then :third else :wanted - n end from (select (select count(*) from upper) + (select count(*) from middle) as n) t))
        select * from upper union all select * from middle union all select * from lower""";

    private static final String MARK = """
        with t as (select * from unnest(:ids, :states) as t(id, state)),
          c as (update message_due d set state = 'CLAIMED', owner_node = :node, owner_epoch = :epoch, claim_seq = d.claim_seq + 1, lease_until = :lease from t where d.message_id = t.id)
        insert into message_event (message_id, from_state, to_state, actor, at) select id, state, 'CLAIMED', :actor, :now from t""";

    private Claims() { }

    /** Whether locations must be asked one by one, so that it pays to take more than leaves at once. */
    static boolean ahead(String route, Shares shares) {
        for (Purpose purpose : Purpose.values()) {
            if (shares.crowded(route, purpose)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Locks what may leave at once and changes nothing: whatever does not leave after all is free again at the commit. By class as in {@link #take}; the
     * class that fills the room comes last, so that it leaves those below their share.
     *
     * @param free the route's row was not locked
     */
    static List<Candidate> look(Handle h, Node.Life owner, String route, int wanted, boolean free, Shares shares, Instant now, Deadlines deadlines) {
        int limit = limit(wanted);
        String awake = free ? AWAKE : "";
        List<Candidate> all = h.createQuery(LOOK.formatted(WAITING.formatted(Purpose.TRANSACTIONAL.priority(), limit, awake), WAITING.formatted(Purpose.REMINDER.priority(), limit, awake),
                WAITING.formatted(Purpose.MARKETING.priority(), limit, awake)))
            .bind("route", route).bind("now", now).bind("wanted", Math.min(wanted, limit)).bind("second", shares.below(route, wanted, 0)).bind("third", shares.below(route, wanted, 1))
            .map((r, c) -> candidate(r, now.plus(deadlines.lease()))).list();
        int crowd = -1;
        int sum = 0;
        for (Purpose purpose : Purpose.values()) {
            List<Long> places = all.stream().filter(c -> c.priority() == purpose.priority()).map(Candidate::locationId).toList();
            shares.saw(route, purpose, places, false, places.size() >= Math.min(wanted, limit));
            sum += places.size();
            crowd = crowd < 0 && sum >= wanted ? purpose.priority() : crowd;
        }
        int full = crowd;
        return all.stream().sorted(Comparator.comparing(c -> c.priority() == full ? 1 : 0)).toList();
    }

    private static Candidate candidate(ResultSet r, Instant leaseUntil) throws SQLException {
        return new Candidate(r.getLong("message_id"), r.getInt("claim_seq") + 1, MessageState.valueOf(r.getString("state")), r.getInt("priority"),
            r.getTimestamp("next_attempt_at").toInstant(), r.getInt("attempts"), r.getInt("resends"), r.getBoolean("doubted"), r.getLong("location_id"), leaseUntil, r.getString("cancel_requested"));
    }

    /** Claims what is locked and does not leave at once. */
    static void mark(Handle h, Node.Life owner, List<Candidate> locked, Instant now) {
        List<Candidate> waiting = locked.stream().filter(c -> c.from() != null).toList();
        if (!waiting.isEmpty()) {
            h.createUpdate(MARK).bind("ids", Columns.longs(waiting, Candidate::messageId)).bind("states", Columns.texts(waiting, Candidate::from)).bind("node", owner.id())
                .bind("epoch", owner.epoch()).bind("lease", waiting.get(0).leaseUntil()).bind("actor", owner.actor()).bind("now", now).execute();
        }
    }

    /** The same of queued ones for a transaction that settles them: they are nobody's when it commits. */
    static void mark(Handle h, List<Long> queued, String actor, Instant now) {
        if (!queued.isEmpty()) {
            h.createUpdate(MARK).bind("ids", queued.toArray(Long[]::new)).bind("states", queued.stream().map(id -> "QUEUED").toArray(String[]::new)).bind("node", actor)
                .bind("epoch", 0L).bind("lease", now).bind("actor", actor).bind("now", now).execute();
        }
    }

    /**
     * Transactional before reminder before marketing, and within each the longest due, or each location's own where one would take all (REL-21). May
     * take somewhat more than wanted.
     *
     * @param free the route's row was not locked
     */
    static List<Claimed> take(Handle h, Node.Life owner, String route, int wanted, boolean free, Shares shares, Instant now, Deadlines deadlines) {
        List<Claimed> taken = new ArrayList<>();
        boolean full = false;
        for (Purpose purpose : Purpose.values()) {
            int want = full ? shares.below(route, wanted, purpose.ordinal() - 1) : wanted - taken.size();
            if (want > 0) {
                boolean fair = shares.crowded(route, purpose);
                List<Claimed> batch = take(h, owner, route, purpose, limit(want), fair, free, now, deadlines);
                List<Long> places = batch.stream().map(Claimed::locationId).toList();
                shares.saw(route, purpose, places, fair, batch.size() >= limit(want));
                taken.addAll(batch);
                full |= fair && Shares.most(places) >= own(limit(want));  // it has more, though it was not asked for it
            }
            full |= taken.size() >= wanted;
        }
        return taken;
    }

    private static List<Claimed> take(Handle h, Node.Life owner, String route, Purpose purpose, int limit, boolean fair, boolean free, Instant now, Deadlines deadlines) {
        return h.createQuery(TAKE.formatted((fair ? EACH_ITS_OWN : LONGEST_DUE).formatted(limit, own(limit), free ? AWAKE : "")))
            .bind("node", owner.id()).bind("epoch", owner.epoch()).bind("lease", now.plus(deadlines.lease())).bind("route", route)
            .bind("priority", purpose.priority()).bind("now", now).bind("actor", owner.actor()).map((r, c) -> Claimed.read(r)).list();
    }

    /** Of each location, where each is asked for its own. */
    private static int own(int limit) { return Math.max(4, limit / 8); }

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
