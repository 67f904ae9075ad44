package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Reason;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What time alone decides: expiry (T17), unknown outcomes after their grace (T13, T14), receipts that found no message yet. */
@ApplicationScoped
public class Sweeper {

    private static final String ACTOR = "sweeper";

    record Undecided(long messageId, UnknownPolicy policy, int resends) { }

    private record Over(long messageId, MessageState state, boolean doubted) { }

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Deadlines deadlines;
    private final Supplier<Set<String>> asked;

    protected Sweeper() { this(null, null, (Deadlines) null); }

    @Inject
    public Sweeper(Jdbi jdbi, ApplicationClock clock, Config config, Routing routing) { this(jdbi, clock, Deadlines.from(config), Reconciler.routes(routing)); }

    public Sweeper(Jdbi jdbi, ApplicationClock clock, Deadlines deadlines) { this(jdbi, clock, deadlines, Set::of); }

    /** @param asked routes whose unknown outcomes the {@link Reconciler} decides on */
    Sweeper(Jdbi jdbi, ApplicationClock clock, Deadlines deadlines, Supplier<Set<String>> asked) {
        this.asked = asked;
        this.jdbi = jdbi;
        this.clock = clock;
        this.deadlines = deadlines;
    }

    /** One batch; call again while it answers more than 0. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int sweep() {
        Instant now = clock.now();
        return jdbi.inTransaction(h -> expire(h, now) + decide(h, now));
    }

    /** What is CLAIMED expires with its owner (T6b) or after its recovery. */
    private int expire(Handle h, Instant now) {
        List<Over> over = h.createQuery("select message_id, state, doubted or resends > 0 from message_due where state in ('QUEUED', 'HELD', 'RETRY_WAIT', 'UNKNOWN') and expires_at <= :now "
            + "order by message_id for update skip locked limit 500").bind("now", now)
            .map((r, c) -> new Over(r.getLong(1), MessageState.valueOf(r.getString(2)), r.getBoolean(3))).list();
        Set<Long> taken = taken(h, over, now);
        Ledger.settle(h, over.stream().filter(o -> !taken.contains(o.messageId())).map(o -> o.state() == MessageState.UNKNOWN
            ? new Ledger.Settled(o.messageId(), MessageState.UNKNOWN_CLOSED, Reason.UNKNOWN_OUTCOME)
            : new Ledger.Settled(o.messageId(), MessageState.EXPIRED, Reason.EXPIRED)).toList(), ACTOR, now);
        return over.size();
    }

    /**
     * What is queued again after an unknown outcome, and of whose first attempt a receipt or a late answer has told meanwhile: it was taken, so it did not expire. Evidence reaches
     * what is claimed (T12), as at the door ({@link Departures}); what is not proved whole expires from there. Answers those that are settled.
     */
    private Set<Long> taken(Handle h, List<Over> over, Instant now) {
        List<Over> queued = over.stream().filter(o -> o.doubted() && (o.state() == MessageState.QUEUED || o.state() == MessageState.HELD)).toList();
        if (queued.isEmpty()) {
            return Set.of();
        }
        List<Long> told = h.createQuery("select message_id from receipt where message_id = any(:ids) union select message_id from late_outcome where message_id = any(:ids) and verdict = 'ACCEPTED'")
            .bind("ids", Columns.longs(queued, Over::messageId)).mapTo(Long.class).list();
        List<Long> held = queued.stream().filter(o -> o.state() == MessageState.HELD && told.contains(o.messageId())).map(Over::messageId).toList();
        Ledger.move(h, held.stream().map(id -> new Ledger.Moved(id, MessageState.QUEUED, now, 0, 0, null)).toList(), ACTOR, now);
        Claims.mark(h, told, ACTOR, now);
        Receipts.learnt(h, told, now);
        List<Long> left = h.createQuery("select message_id from message_due where message_id = any(:ids)").bind("ids", told.toArray(Long[]::new)).mapTo(Long.class).list();
        return told.stream().filter(id -> !left.contains(id)).collect(Collectors.toSet());
    }

    private int decide(Handle h, Instant now) {
        List<Undecided> undecided = h.createQuery("select d.message_id, m.unknown_policy, d.resends from message_due d join message m on m.id = d.message_id "
            + "where d.state = 'UNKNOWN' and d.next_attempt_at <= :now and not coalesce(" + Doubts.ASKED + ", false) order by d.message_id for update of d skip locked limit 500")
            .bind("now", now).bindArray("routes", String.class, asked.get())
            .map((r, c) -> new Undecided(r.getLong(1), UnknownPolicy.valueOf(r.getString(2)), r.getInt(3))).list();
        byPolicy(h, undecided, ACTOR, now);
        return undecided.size();
    }

    /** Once more, flagged (T13), or never again (T14). Whoever calls holds the rows' locks. */
    static void byPolicy(Handle h, List<Undecided> undecided, String actor, Instant now) {
        List<Ledger.Moved> again = new ArrayList<>();
        List<Ledger.Settled> closed = new ArrayList<>();
        for (Undecided u : undecided) {
            if (u.policy() == UnknownPolicy.RESEND_ONCE && u.resends() == 0) {
                again.add(new Ledger.Moved(u.messageId(), MessageState.RETRY_WAIT, now, 0, 1, Reason.POSSIBLE_DUPLICATE));
            } else {
                closed.add(new Ledger.Settled(u.messageId(), MessageState.UNKNOWN_CLOSED, u.resends() > 0 ? Reason.UNKNOWN_OUTCOME : Reason.NO_RESEND));
            }
        }
        Ledger.move(h, again, actor, now);
        Ledger.settle(h, closed, actor, now);
    }

    /** Queues again what was held at the moment at which a person let its sender, or its location's offers, go. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int unhold() {
        Instant now = clock.now();
        return jdbi.inTransaction(h -> {
            List<Long> ids = h.createQuery("select d.message_id from message_due d join message m on m.id = d.message_id where d.state = 'HELD' and ("
                    + "d.reason = 'SENDER_HELD' and not exists (select from sender_run r where r.route = d.route and r.sender = m.sender and r.held_at is not null) "
                    + "or d.reason = 'MARKETING_HELD' and not exists (select from marketing_hold o where o.location_id = d.location_id and o.released_at is null)) "
                    + "order by d.message_id for update of d skip locked limit 500").mapTo(Long.class).list();
            Ledger.move(h, ids.stream().map(id -> new Ledger.Moved(id, MessageState.QUEUED, now, 0, 0, null)).toList(), ACTOR, now);
            return ids.size();
        });
    }

    /** Matches receipts that came before their answer was stored, and forgets those that nobody claimed in time. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int rematch() {
        Instant now = clock.now();
        return jdbi.inTransaction(h -> {
            h.createUpdate("delete from receipt where message_id is null and received_at < :before").bind("before", now.minus(deadlines.receipts())).execute();
            return Receipts.rematch(h, now, deadlines);
        });
    }
}
