package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Reason;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Unknown outcomes on routes whose provider can be asked: taken for asking, and settled by what it said. */
@ApplicationScoped
public class Doubts {

    /**
     * @param since        when the first attempt with an unknown outcome began
     * @param unknownSince when its outcome became unknown
     */
    public record Doubt(long messageId, int claimSeq, int resends, UnknownPolicy unknownPolicy, String recipient, String text, String route, Instant since, Instant unknownSince) {

        @Override public String toString() { return "doubt about message " + messageId; }
    }

    /** The route of the last attempt, of messages that crossed in one piece: whose provider is asked. */
    static final String ASKED = "m.parts = 1 and (select a.route from attempt a where a.message_id = d.message_id order by a.claim_seq desc limit 1) = any(:routes)";

    /** A list's word among the late outcomes: no life of a node has this number. */
    static final int LISTED = 0;
    /** Of {@code l}, a late outcome: the list gave its id to an equal message before. One entry is one message, so it settles no second one. */
    static final String GIVEN_AWAY = "exists (select from late_outcome g where g.provider_id = l.provider_id and g.route = l.route and g.message_id <> l.message_id and g.epoch = " + LISTED + ")";

    private static final String ACTOR = "reconciler";
    /** For one node to ask; after it another may. */
    private static final Duration ASKING = Duration.ofMinutes(2);
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final Deadlines deadlines;

    protected Doubts() { this(null, (Deadlines) null); }

    @Inject
    public Doubts(Jdbi jdbi, Config config) { this(jdbi, Deadlines.from(config)); }

    public Doubts(Jdbi jdbi, Deadlines deadlines) {
        this.jdbi = jdbi;
        this.deadlines = deadlines;
    }

    /** Those whose grace is over; none while something to the same number is being sent, which the list could not be told from. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public List<Doubt> take(Set<String> routes, Instant now) {
        return jdbi.inTransaction(h -> {
            List<Long> ids = h.createQuery("select d.message_id from message_due d join message m on m.id = d.message_id where d.state = 'UNKNOWN' and d.next_attempt_at <= :now "
                    + "and d.expires_at > :now and " + ASKED + " and not exists (select 1 from message m2 join message_due d2 on d2.message_id = m2.id "
                    + "where m2.recipient = m.recipient and d2.state = 'SENDING') order by d.next_attempt_at limit 20 for update of d skip locked")
                .bind("now", now).bindArray("routes", String.class, routes).mapTo(Long.class).list();
            h.createUpdate("update message_due set next_attempt_at = :until where message_id = any(:ids)").bind("until", now.plus(ASKING))
                .bindArray("ids", Long.class, ids).execute();
            return h.createQuery("""
                select d.message_id, d.claim_seq, d.resends, m.unknown_policy, m.recipient, m.text, l.route, f.since, f.unknown_since
                  from message_due d join message m on m.id = d.message_id
                  join lateral (select route from attempt where message_id = d.message_id order by claim_seq desc limit 1) l on true
                  join lateral (select min(a.started_at) as since, min(o.ended_at) as unknown_since from attempt a join attempt_outcome o using (message_id, part_no, claim_seq)
                    where a.message_id = d.message_id and a.route = l.route and o.verdict = 'UNKNOWN') f on f.since is not null
                 where d.message_id = any(:ids)""").bindArray("ids", Long.class, ids).map(ConstructorMapper.of(Doubt.class)).list();
        });
    }

    /**
     * One entry is one message, however many equal ones there are, so whose it is gets decided by one node at a time, in the transaction that writes it down. What is under way to
     * the same number just now may be listed and have no id here yet: then the provider is asked again later.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void settle(Doubt doubt, Reconciler.Answer answer, Instant now) {
        jdbi.useTransaction(h -> {
            h.createQuery("select pg_advisory_xact_lock(hashtextextended(:route || ' ' || :recipient, 55))").bind("route", doubt.route()).bind("recipient", doubt.recipient())
                .mapTo(String.class).findOne();
            boolean open = h.createQuery("select 1 from message_due where message_id = :id and state = 'UNKNOWN' and claim_seq = :seq for update")
                .bind("id", doubt.messageId()).bind("seq", doubt.claimSeq()).mapTo(Integer.class).findOne().isPresent();
            if (!open) {
                return;  // a receipt or a late answer came first
            }
            if (answer instanceof Reconciler.Answer.Told told) {
                told(h, doubt, told.listed(), now);
            } else if (answer instanceof Reconciler.Answer.Untold untold && untold.passing() && now.isBefore(Reconciler.patience(doubt.unknownSince(), deadlines))) {
                askAgain(h, doubt, now);
            } else {
                Sweeper.byPolicy(h, List.of(new Sweeper.Undecided(doubt.messageId(), doubt.unknownPolicy(), doubt.resends())), ACTOR, now);
            }
        });
    }

    private void told(Handle h, Doubt doubt, List<Listing.Listed> listed, Instant now) {
        if (isSending(h, doubt.recipient())) {  // before the ids are looked up: what is not SENDING any more has its id there
            askAgain(h, doubt, now);
            return;
        }
        Reconciler.find(doubt.text(), listed, others(h, doubt, listed)).ifPresentOrElse(providerId -> found(h, doubt, providerId, now),
            () -> Ledger.move(h, List.of(new Ledger.Moved(doubt.messageId(), MessageState.RETRY_WAIT, now, 0, 0, Reason.NOT_TAKEN)), ACTOR, now));
    }

    private static boolean isSending(Handle h, String recipient) {
        return h.createQuery("select exists (select from message m join message_due d on d.message_id = m.id where m.recipient = :recipient and d.state = 'SENDING')")
            .bind("recipient", recipient).mapTo(Boolean.class).one();
    }

    /** Ids in the list that belong to other messages. */
    private static Set<String> others(Handle h, Doubt doubt, List<Listing.Listed> listed) {
        return h.createQuery("select provider_id from attempt_outcome where route = :route and provider_id = any(:ids) and message_id <> :message "
                + "union select provider_id from late_outcome where route = :route and provider_id = any(:ids) and message_id <> :message")
            .bind("route", doubt.route()).bind("message", doubt.messageId()).bindArray("ids", String.class, listed.stream().map(Listing.Listed::providerId).toList())
            .mapTo(String.class).collect(Collectors.toSet());
    }

    private static void askAgain(Handle h, Doubt doubt, Instant now) {
        h.createUpdate("update message_due set next_attempt_at = :next where message_id = :id").bind("next", now.plus(AGAIN)).bind("id", doubt.messageId()).execute();
    }

    /** The list's entry is kept as the late answer that it is (T20), and receipts that came under its id find the message now. */
    private void found(Handle h, Doubt doubt, String providerId, Instant now) {
        h.createUpdate("insert into late_outcome (message_id, part_no, claim_seq, node, epoch, route, verdict, code, provider_id, detail, at) "
                + "values (:message, 1, :seq, :actor, :epoch, :route, 'ACCEPTED', '', :provider, 'found in the provider''s list', :now)")
            .bind("message", doubt.messageId()).bind("seq", doubt.claimSeq()).bind("actor", ACTOR).bind("epoch", LISTED).bind("route", doubt.route()).bind("provider", providerId).bind("now", now)
            .execute();
        Evidence.apply(h, List.of(new Evidence.Taken(doubt.messageId(), 1)), ACTOR, now);
        Receipts.match(h, h.createQuery("select id from receipt where message_id is null and provider_id = :provider and route = :route").bind("provider", providerId)
            .bind("route", doubt.route()).mapTo(Long.class).list(), now, deadlines);
    }
}
