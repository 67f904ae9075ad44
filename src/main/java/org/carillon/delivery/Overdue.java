package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.carillon.fact.Channel;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;

/** Queued messages that an outage left behind: counted, held and queued again (T19) or given up (T16), in the caller's transaction (REL-49). */
@ApplicationScoped
public class Overdue {

    private static final String HELD = "d.state = 'HELD' and d.reason = 'BACKLOG'";
    private static final String FOUND = "select message_id from message_due where state = 'QUEUED' and route = any(array(select code from route where channel = any(:channels))) and priority in (0, 1, 2) "
        + "and next_attempt_at < :before and expires_at > :now";

    /** How many became due before an instant and have not left, at most so many. What was tried and waits for its retry is under way. */
    public long count(Handle h, Collection<Channel> channels, Instant before, Instant now, long most) {
        return channels.isEmpty() ? 0 : h.createQuery("select count(*) from (" + FOUND + " limit :most) d").bindArray("channels", String.class, names(channels))
            .bind("before", before).bind("now", now).bind("most", most).mapTo(Long.class).one();
    }

    public int hold(Handle h, Collection<Channel> channels, Instant before, Instant now) {
        return channels.isEmpty() ? 0 : h.createUpdate("with held as (update message_due set state = 'HELD', reason = 'BACKLOG' where message_id = any(array(" + FOUND
                + " order by message_id for update skip locked)) returning message_id) insert into message_event (message_id, from_state, to_state, actor, reason, at) "
                + "select message_id, 'QUEUED', 'HELD', 'carillon', 'BACKLOG', :now from held")
            .bindArray("channels", String.class, names(channels)).bind("before", before).bind("now", now).execute();
    }

    /**
     * Queues so many again, as due now, those first that expire first.
     *
     * @param quiet locations whose reminders stay where they are
     */
    public int letGo(Handle h, Channel channel, Collection<Long> quiet, int most, Instant now) {
        if (most == 0) {
            return 0;
        }
        int queued = h.createUpdate("with free as (update message_due set state = 'QUEUED', reason = null, next_attempt_at = :now where message_id = any(array("
                + "select d.message_id from message_due d where " + HELD + " and d.channel = :channel and d.expires_at > :now and not (d.location_id = any(:quiet) "
                + "and exists (select from message m join planned_notification p on p.id = m.plan_id where m.id = d.message_id and p.reminder)) order by d.expires_at, d.message_id limit :most "
                + "for update skip locked)) returning message_id) insert into message_event (message_id, from_state, to_state, actor, reason, at) "
                + "select message_id, 'HELD', 'QUEUED', 'carillon', 'BACKLOG', :now from free")
            .bind("channel", channel).bindArray("quiet", Long.class, quiet).bind("most", most).bind("now", now).execute();
        if (queued > 0) {
            h.execute("select pg_notify('" + Outbox.DUE + "', '')");
        }
        return queued;
    }

    /** Cancels held ones that the condition on {@code d} and {@code m} names; its values are bound by the caller's map. */
    public int discard(Handle h, String which, java.util.Map<String, ?> values, String actor, Instant now) {
        List<Long> ids = h.createQuery("select d.message_id from message_due d join message m on m.id = d.message_id where " + HELD + " and " + which
            + " order by d.message_id for update of d").bindMap(values).mapTo(Long.class).list();
        Ledger.settle(h, ids.stream().map(id -> new Ledger.Settled(id, MessageState.CANCELLED, Reason.BACKLOG_DISCARDED)).toList(), actor, now);
        return ids.size();
    }

    private static List<String> names(Collection<Channel> channels) { return channels.stream().map(Channel::name).toList(); }
}
