package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.delivery.Overdue;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.shop.QuietHours;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Holds what an outage left behind, and lets it go in rations once a person said so (REL-49). Asked before anything is released (T3) or claimed
 * (T4). What is due now is never held: it passes what waits here. One locked row keeps the nodes of one mind.
 * <p>
 * By channel and not by route, for a plan has no route before it is released. Where a channel has several, its rations are a quarter of what the slowest
 * open one can do; and what queues on one route while another of the channel flows is that route's affair: it takes a detour, or is paced by the route.
 */
@ApplicationScoped
public class BacklogGate {

    /** Hours in which anything was sent; their median is the usual one. */
    private static final Duration HISTORY = Duration.ofDays(28);
    private static final Duration FRESH = Duration.ofHours(1);

    private record Row(Instant since, Instant releasedAt, Double usualHour, Instant usualAt) { }

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Overdue messages;

    protected BacklogGate() { this(null, null, null); }

    @Inject
    public BacklogGate(Jdbi jdbi, ApplicationClock clock, Overdue messages) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.messages = messages;
    }

    /** Holds what is overdue where that is too much; returns how many it held. Cheap while little is. */
    @Transactional(TxType.REQUIRES_NEW)
    public long watch() {
        return jdbi.withHandle(h -> {
            Instant now = clock.now();
            Instant before = now.minus(BacklogDecider.OVERDUE);
            List<Channel> still = still(h, now);
            if (plans(h, before, now, BacklogDecider.FEW + 1) + messages.count(h, still, before, now, BacklogDecider.FEW + 1) <= BacklogDecider.FEW) {
                return 0L;
            }
            Row row = locked(h);
            double usual = usualHour(h, row, now);
            long overdue = plans(h, before, now, Integer.MAX_VALUE) + messages.count(h, still, before, now, Integer.MAX_VALUE);
            if (!BacklogDecider.holds(overdue, usual)) {
                return 0L;
            }
            long held = hold(h, before, now) + messages.hold(h, still, before, now);
            found(h, held, "carillon", now);
            return held;
        });
    }

    /** Holds all that is due, however little it is: after a restore some of it may have left before (REL-29). Returns how many. */
    long setAside(Handle h, String actor, Instant now) {
        locked(h);
        long held = hold(h, now, now) + messages.hold(h, List.of(Channel.values()), now, now);
        if (held > 0) {
            found(h, held, actor, now);
        }
        return held;
    }

    /** Counts in what another has set aside in this transaction; whoever had let the rest go is asked again. */
    static void holdMore(Handle h, long held, String actor, Instant now) {
        locked(h);
        found(h, held, actor, now);
    }

    private static void found(Handle h, long held, String actor, Instant now) {
        h.createUpdate("update backlog_gate set found = case when since is null then 0 else found end + :held, since = coalesce(since, :now), released_at = null, released_by = null")
            .bind("held", held).bind("now", now).execute();
        BacklogDesk.note(h, now, actor, "HELD", held, BacklogDesk.Filter.ALL);
    }

    /**
     * What may go now of what a person let go: messages are queued again here, the plans are for the releaser to judge. Ends the matter when nothing
     * is held any more.
     *
     * @param rates submits a second that each channel's route may do
     */
    @Transactional(TxType.REQUIRES_NEW)
    public List<Long> letGo(Map<Channel, Double> rates) {
        return jdbi.withHandle(h -> {
            if (h.createQuery("select count(*) from backlog_gate where since is not null").mapTo(Long.class).one() == 0) {
                return List.of();
            }
            Instant now = clock.now();
            Row row = locked(h);
            if (row.since() != null && isEmpty(h)) {
                h.execute("update backlog_gate set since = null, found = 0, released_at = null, released_by = null");
                BacklogDesk.note(h, now, "carillon", "OVER", 0, BacklogDesk.Filter.ALL);
                return List.of();
            }
            List<Long> plans = new ArrayList<>();
            if (row.releasedAt() != null) {
                rates.forEach((channel, rate) -> plans.addAll(ration(h, channel, rate, now)));
            }
            return plans;
        });
    }

    private List<Long> ration(Handle h, Channel channel, double rate, Instant now) {
        Ration ration = h.createQuery("select tokens, at from backlog_ration where channel = :channel for update").bind("channel", channel)
            .map((r, x) -> new Ration(r.getDouble(1), r.getTimestamp(2).toInstant())).findOne().orElse(new Ration(1, now)).filled(rate, now);
        int queued = messages.letGo(h, channel, quiet(h, now), ration.whole(), now);
        List<Long> plans = h.createQuery("select id from planned_notification where state = 'HELD' and reason = 'BACKLOG' and channel = :channel and due_at <= :now "
                + "order by expires_at, id limit :room").bind("channel", channel).bind("now", now).bind("room", ration.whole() - queued).mapTo(Long.class).list();
        Ration left = ration.taken(queued + plans.size());
        h.createUpdate("insert into backlog_ration (channel, tokens, at) values (:channel, :tokens, :at) on conflict (channel) do update set tokens = excluded.tokens, at = excluded.at")
            .bind("channel", channel).bind("tokens", left.tokens()).bind("at", left.at()).execute();
        return plans;
    }

    /** Where reminders wait for the morning: let go now, they would all leave at its first minute. */
    private static List<Long> quiet(Handle h, Instant now) {
        return h.createQuery("select id, zone, quiet_from, quiet_to from location").map((r, x) -> new QuietHours(r.getObject(3, LocalTime.class), r.getObject(4, LocalTime.class))
            .around(now, ZoneId.of(r.getString(2))).isPresent() ? r.getLong(1) : 0L).list();
    }

    private static Row locked(Handle h) {
        h.execute("insert into backlog_gate default values on conflict do nothing");
        return h.createQuery("select since, released_at, usual_hour, usual_at from backlog_gate for update")
            .map((r, x) -> new Row(instant(r.getTimestamp(1)), instant(r.getTimestamp(2)), (Double) r.getObject(3), instant(r.getTimestamp(4)))).one();
    }

    private static Instant instant(java.sql.Timestamp at) { return at == null ? null : at.toInstant(); }

    private static boolean isEmpty(Handle h) {
        return !h.createQuery("select exists (select from planned_notification where state = 'HELD' and reason = 'BACKLOG') "
            + "or exists (select from message_due where state = 'HELD' and reason = 'BACKLOG')").mapTo(Boolean.class).one();
    }

    private static List<Channel> still(Handle h, Instant now) {
        return h.createQuery("select max(sms_at), max(email_at) from node").map((r, x) -> {
            List<Channel> still = new ArrayList<>();
            for (Channel channel : Channel.values()) {
                if (BacklogDecider.standsStill(instant(r.getTimestamp(channel == Channel.SMS ? 1 : 2)), now)) {
                    still.add(channel);
                }
            }
            return still;
        }).one();
    }

    private static long plans(Handle h, Instant before, Instant now, long most) {
        return h.createQuery("select count(*) from (select from planned_notification where state = 'PLANNED' and due_at < :before and expires_at > :now limit :most) p")
            .bind("before", before).bind("now", now).bind("most", most).mapTo(Long.class).one();
    }

    private static long hold(Handle h, Instant before, Instant now) {
        return h.createUpdate("update planned_notification set state = 'HELD', reason = 'BACKLOG', changed_at = :now where id = any(array(select id from planned_notification "
            + "where state = 'PLANNED' and due_at < :before and expires_at > :now order by id for update skip locked))").bind("before", before).bind("now", now).execute();
    }

    /** The median of what the hours of the last four weeks had that had anything; an outage has none, so it does not count. */
    private static double usualHour(Handle h, Row row, Instant now) {
        if (row.usualAt() != null && row.usualAt().plus(FRESH).isAfter(now)) {
            return row.usualHour();
        }
        double usual = h.createQuery("select coalesce(percentile_cont(0.5) within group (order by n), 0) from (select count(*) n from message where created_at >= :from "
            + "and created_at < :now group by floor(extract(epoch from created_at) / 3600)) hours").bind("from", now.minus(HISTORY)).bind("now", now).mapTo(Double.class).one();
        h.createUpdate("update backlog_gate set usual_hour = :usual, usual_at = :now").bind("usual", usual).bind("now", now).execute();
        return usual;
    }
}
