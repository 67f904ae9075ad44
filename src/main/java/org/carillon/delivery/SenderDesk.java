package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.Reason;
import org.carillon.shop.Person;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Senders whom a route refused again and again (REL-19): what a person does about them, when it is mended or when it is not worth it. */
@ApplicationScoped @Transactional
public class SenderDesk {

    /**
     * @param sender empty: the route's own
     * @param code   the provider's, the same each time
     * @param held   messages that wait for the decision
     */
    public record HeldSender(String route, String sender, String code, Instant heldAt, Channel channel, long held) { }

    /**
     * Not held yet, but refused by policy as often in a row as a person should hear of (reliability.md 4.3).
     *
     * @param sender empty: the route's own
     * @param length refusals in a row
     */
    public record RefusedSender(String route, String sender, String code, int length, Instant at) { }

    private static final int BATCH = 5_000;
    /** An alarm that nobody confirms or ends by sending again is history then. */
    private static final Duration NEWS = Duration.ofDays(1);

    private final Jdbi jdbi;
    private final ApplicationClock clock;

    protected SenderDesk() { this(null, null); }

    @Inject
    public SenderDesk(Jdbi jdbi, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The longest held first. */
    public List<HeldSender> held() {
        return jdbi.withHandle(h -> h.createQuery("""
            with waiting as (select w.route, w.channel, m.sender, count(*) n from message_due w join message m on m.id = w.message_id
              where w.state = 'HELD' and w.reason = 'SENDER_HELD' group by 1, 2, 3)
            select r.route, r.sender, r.code, r.held_at, coalesce(w.channel, (select m.channel from attempt a join message m on m.id = a.message_id where a.route = r.route
                order by a.message_id desc limit 1)) as channel, coalesce(w.n, 0) as held
              from sender_run r left join waiting w on w.route = r.route and w.sender = r.sender where r.held_at is not null order by r.held_at, r.route, r.sender""")
            .map(ConstructorMapper.of(HeldSender.class)).list());
    }

    /** By policy, the longest run first. */
    public List<RefusedSender> refused() {
        return jdbi.withHandle(h -> h.createQuery("select route, sender, code, length, counted_at as \"at\" from sender_run where held_at is null and not on_trial and length >= :many "
                + "and counted_at > :since order by length desc, route, sender").bind("many", SenderRuns.SUSPICIOUS).bind("since", clock.now().minus(NEWS))
            .map(ConstructorMapper.of(RefusedSender.class)).list()).stream().filter(run -> Verdicts.isPolicy(run.code())).toList();
    }

    /** Lets it send again, at first on trial: a few refusals more and it is held again. Answers how many messages wait no longer. */
    public int release(String route, String sender, Person by) {
        allowed(by);
        Instant now = clock.now();
        return jdbi.withHandle(h -> {
            int open = h.createUpdate("update sender_run set held_at = null, on_trial = true, length = :length, counted_at = :now where route = :route and sender = :sender and held_at is not null")
                .bind("length", SenderRuns.LIMIT - SenderRuns.SECOND_CHANCE).bind("now", now).bind("route", route).bind("sender", sender).execute();
            int queued = open == 0 ? 0 : h.createUpdate("""
                with free as (update message_due set state = 'QUEUED', reason = null, next_attempt_at = :now where message_id = any(:ids) returning message_id)
                insert into message_event (message_id, from_state, to_state, actor, reason, at) select message_id, 'HELD', 'QUEUED', :actor, 'SENDER_HELD', :now from free""")
                .bind("ids", waiting(h, route, sender).toArray(Long[]::new)).bind("actor", by.actor().name()).bind("now", now).execute();
            if (queued > 0) {
                h.execute("select pg_notify('" + Outbox.DUE + "', '')");
            }
            return queued;
        });
    }

    /** Gives up what waits; the sender stays held. Answers how many. */
    public int discard(String route, String sender, Person by) {
        allowed(by);
        Instant now = clock.now();
        return jdbi.withHandle(h -> {
            List<Long> ids = waiting(h, route, sender);
            for (int from = 0; from < ids.size(); from += BATCH) {
                Ledger.settle(h, ids.subList(from, Math.min(ids.size(), from + BATCH)).stream()
                    .map(id -> new Ledger.Settled(id, MessageState.CANCELLED, Reason.SENDER_HELD)).toList(), by.actor().name(), now);
            }
            return ids.size();
        });
    }

    private static void allowed(Person by) {
        if (!by.role().looksAfterRoutes()) {
            throw new Invalid(null, "route.role");
        }
    }

    private static List<Long> waiting(Handle h, String route, String sender) {
        return h.createQuery("select d.message_id from message_due d join message m on m.id = d.message_id where d.state = 'HELD' and d.reason = 'SENDER_HELD' "
            + "and d.route = :route and m.sender = :sender order by d.message_id for update of d").bind("route", route).bind("sender", sender).mapTo(Long.class).list();
    }
}
