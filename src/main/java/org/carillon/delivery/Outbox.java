package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.carillon.fact.Subject;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Where messages enter and where they are stopped, in the caller's transaction: a message commits with what called for it, or not at all
 * (REL-02), and a cancellation or an opt-out takes effect with its own commit (T16, T18).
 */
@ApplicationScoped
public class Outbox {

    /** The PostgreSQL channel that tells dispatchers of new work; a hint only. */
    public static final String DUE = "carillon_due";

    private static final Routing USUAL = new Routing(Stream::of);

    private record Live(long messageId, MessageState state) { }

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final MailIds mailIds;
    private final Postmarks marks;
    private final Routing routing;

    protected Outbox() { this(null, null, MailIds.LOCAL, Postmarks.NONE, null); }

    /** {@code carillon.smtp.from}, else {@code carillon.publicUrl}: the domain of Message-IDs where a message names no sender. */
    @Inject
    public Outbox(Jdbi jdbi, ApplicationClock clock, Config config, Postmarks marks, Routing routing) { this(jdbi, clock, MailIds.from(config), marks, routing); }

    /** Over the environment's routes. */
    public Outbox(Jdbi jdbi, ApplicationClock clock) { this(jdbi, clock, MailIds.LOCAL); }

    Outbox(Jdbi jdbi, ApplicationClock clock, MailIds mailIds) { this(jdbi, clock, mailIds, Postmarks.NONE, USUAL); }

    public Outbox(Jdbi jdbi, ApplicationClock clock, Postmarks marks) { this(jdbi, clock, MailIds.LOCAL, marks, USUAL); }

    Outbox(Jdbi jdbi, ApplicationClock clock, MailIds mailIds, Routing routing) { this(jdbi, clock, mailIds, Postmarks.NONE, routing); }

    private Outbox(Jdbi jdbi, ApplicationClock clock, MailIds mailIds, Postmarks marks, Routing routing) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.mailIds = mailIds;
        this.marks = marks;
        this.routing = routing;
    }

    /** Queues the messages (T2, T3) and wakes the dispatchers once, at commit. Answers their numbers in the given order. */
    public List<Long> enqueue(List<NewMessage> messages) { return enqueue(messages, "plan"); }

    /** As above, on behalf of somebody. */
    public List<Long> enqueue(List<NewMessage> messages, String actor) {
        return messages.isEmpty() ? List.of() : jdbi.inTransaction(h -> Enqueuing.of(h, messages, mailIds, marks, routing, null, clock.now()).store(actor));
    }

    /** Queues a message for one route and no other: a test of that route. */
    public long enqueue(NewMessage message, String route, String actor) {
        return jdbi.inTransaction(h -> Enqueuing.of(h, List.of(message), mailIds, marks, routing, route, clock.now()).store(actor)).get(0);
    }

    /**
     * Queues e-mails to staff, who are asked for no consent; those who left meanwhile get none. The same road as any other message from here on
     * (attempts, retries, outcome), but opt-outs are the customers' and do not hold it.
     */
    public List<Long> mailStaff(List<StaffMail> mails) {
        return jdbi.inTransaction(h -> {
            Map<Long, String> addresses = h.createQuery("select id, email from staff where active and id = any(:ids)")
                .bind("ids", Columns.longs(mails, StaffMail::staffId)).map((r, c) -> Map.entry(r.getLong(1), r.getString(2)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            return enqueue(mails.stream().filter(mail -> addresses.containsKey(mail.staffId())).map(mail -> new NewMessage(null, 0, 0, null, mail.locationId(), null,
                Subject.staff(mail.staffId()), null, Channel.EMAIL, Purpose.TRANSACTIONAL, addresses.get(mail.staffId()), mail.sender(), mail.subjectLine(), mail.text(),
                mail.expiresAt(), false)).toList(), "alert");
        });
    }

    /** Cancels what came from these plans (T16). What is being sent at this instant is too late: it is cancelled only where it comes back. */
    public int cancelByPlans(Collection<Long> planIds, Reason reason, String actor) {
        return planIds.isEmpty() ? 0 : jdbi.inTransaction(h ->
            stop(h, lock(h, "m.plan_id = any(:plans)").bind("plans", planIds.toArray(Long[]::new)), MessageState.CANCELLED, reason, actor));
    }

    /** Stops everything waiting for this address (T18); call it in the transaction that stores the suppression. */
    public int suppress(Channel channel, String address, Reason reason, String actor) { return suppress(channel, address, false, reason, actor); }

    /** @param offersOnly what is not marketing stays (LAW-16) */
    public int suppress(Channel channel, String address, boolean offersOnly, Reason reason, String actor) {
        return jdbi.inTransaction(h -> stop(h, lock(h, "m.recipient = :address and m.channel = :channel and not m.despite_stop and (not :offers or m.purpose = 'MARKETING') "
                + "and (m.subject_type is distinct from 'STAFF' or :reason = 'ADDRESS_BOUNCED')")
            .bind("address", address).bind("channel", channel).bind("offers", offersOnly).bind("reason", reason), MessageState.SUPPRESSED, reason, actor));
    }

    /**
     * Queues what answers a text that somebody just wrote: it needs no consent and may confirm the very stop that it follows (LAW-15). By SMS it is
     * never sent a second time when its outcome is unknown (reliability.md 1.1); what is forwarded to the shop by e-mail must not get lost.
     */
    public long answer(NewMessage message, long inboundId, boolean despiteStop) {
        return jdbi.inTransaction(h -> {
            long id = enqueue(List.of(message)).get(0);
            h.createUpdate("update message set answers = :inbound, despite_stop = :despite, unknown_policy = case channel when 'SMS' then 'NO_RESEND' else unknown_policy end where id = :id")
                .bind("inbound", inboundId).bind("despite", despiteStop).bind("id", id).execute();
            return id;
        });
    }

    /** Stops everything waiting for this customer on this channel (T18); call it in the transaction that records the withdrawal. */
    public int withdrawn(long customerId, Channel channel, String actor) {
        return jdbi.inTransaction(h -> stop(h, lock(h, "m.customer_id = :customer and m.channel = :channel").bind("customer", customerId)
            .bind("channel", channel), MessageState.SUPPRESSED, Reason.CONSENT_WITHDRAWN, actor));
    }

    /** Stops what waits about this person though it needs no consent of theirs: answers to them, and what passes their texts on (T16). */
    public int erased(long customerId, String actor) {
        return jdbi.inTransaction(h -> stop(h, lock(h, "(m.answers in (select i.id from inbound_message i where i.customer_id = :customer or i.sender in (select e164 from customer_phone where customer_id = :customer)) "
                + "or m.customer_id is null and m.recipient in (select e164 from customer_phone where customer_id = :customer)) and m.state is null").bind("customer", customerId),
            MessageState.CANCELLED, Reason.SUBJECT_GONE, actor));
    }

    /** What was released under an older revision of these automations goes on under the present one: its text is frozen, the change leaves it true. */
    public void keepUnderRevisions(Map<Long, Integer> revisions) {
        jdbi.useHandle(h -> h.createUpdate("update message m set plan_rev = n.rev from message_due d, unnest(:ids, :revs) n (id, rev) "
                + "where d.message_id = m.id and m.automation_id = n.id and m.plan_rev <> n.rev")
            .bind("ids", revisions.keySet().toArray(Long[]::new)).bind("revs", revisions.values().toArray(Integer[]::new)).execute());
    }

    /** Locks in the order of the numbers, as everyone does, so that nobody waits in a circle. */
    private static Query lock(Handle h, String which) {
        return h.createQuery("select d.message_id, d.state from message_due d join message m on m.id = d.message_id where " + which
            + " order by d.message_id for update of d");
    }

    private int stop(Handle h, Query locked, MessageState to, Reason reason, String actor) {
        List<Live> live = locked.map((r, c) -> new Live(r.getLong(1), MessageState.valueOf(r.getString(2)))).list();
        List<Long> inFlight = live.stream().filter(l -> l.state() == MessageState.SENDING).map(Live::messageId).toList();
        if (!inFlight.isEmpty()) {
            h.createUpdate("update message_due set cancel_requested = :reason where message_id = any(:ids)")
                .bind("reason", reason).bind("ids", inFlight.toArray(Long[]::new)).execute();
        }
        List<Ledger.Settled> stopped = live.stream().filter(l -> MessageState.STOPPABLE.contains(l.state()))
            .map(l -> new Ledger.Settled(l.messageId(), to, reason)).toList();
        Ledger.settle(h, stopped, actor, clock.now());
        return stopped.size();
    }
}
