package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Routing;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The transactions of the releaser: lock what is due, judge it with fresh facts, store messages and reasons together. */
@ApplicationScoped
public class ReleaseStep {

    /** Plans judged in one transaction; the limits below say it in figures, since a parameter would make their plan scan. */
    static final int TOGETHER = 200;
    private static final String DUE = "select id, run_id from planned_notification where state = 'PLANNED' and due_at <= :now order by due_at ";

    /** What a person let go from a backlog and must wait for another hour goes on being let go in rations then (REL-49). */
    private static final String WAITS_ON = ":due::timestamptz is not null and state = 'HELD' and reason = 'BACKLOG'";

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Facts facts;
    private final Outbox outbox;
    private final Replanner replanner;
    private final Routing routing;

    private final AudienceRecheck recheck;

    protected ReleaseStep() { this(null, null, null, null, null, null, null); }

    @Inject
    public ReleaseStep(Jdbi jdbi, ApplicationClock clock, Facts facts, Outbox outbox, Replanner replanner, Routing routing, AudienceRecheck recheck) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.facts = facts;
        this.outbox = outbox;
        this.replanner = replanner;
        this.routing = routing;
        this.recheck = recheck;
    }

    /** @param runId of the look that found it, null where something else planned it */
    private record Picked(long id, Long runId) { }

    private static final RowMapper<Picked> PICKED = (r, c) -> new Picked(r.getLong(1), (Long) r.getObject(2));

    @Transactional(TxType.REQUIRES_NEW)
    public Judged releaseBatch() {
        return jdbi.withHandle(h -> {
            List<Picked> ids = h.createQuery(DUE + "limit 200 for update skip locked").bind("now", clock.now()).map(PICKED).list();
            return ids.isEmpty() ? Judged.NOTHING : judge(h, ids);
        });
    }

    /** What has only just become due, so that no backlog is among it, and the gate need not be asked first. */
    @Transactional(TxType.REQUIRES_NEW)
    public Judged releaseFresh() {
        return jdbi.withHandle(h -> {
            Instant now = clock.now();
            List<Picked> ids = h.createQuery("select id, run_id from planned_notification where state = 'PLANNED' and due_at <= :now and due_at > :before order by due_at limit 200 for update skip locked")
                .bind("now", now).bind("before", now.minus(BacklogDecider.OVERDUE)).map(PICKED).list();
            return ids.isEmpty() ? Judged.NOTHING : judge(h, ids);
        });
    }

    /** How many plans a step looked at, and which of them were planned under an older revision. */
    public record Judged(int count, List<Long> stale) { static final Judged NOTHING = new Judged(0, List.of()); }

    /**
     * Makes stale plans anew, in a transaction that holds none of them yet: it waits for whoever re-plans the same location. One that stays stale is
     * put aside with its error, so that the queue goes on.
     */
    @Transactional(TxType.REQUIRES_NEW)
    public void refresh(List<Long> stale) {
        jdbi.useHandle(h -> {
            replanner.move(h, stale, clock.now());
            h.createUpdate("update planned_notification p set state = 'HELD', reason = 'INTERNAL_ERROR', detail = 'revision', changed_at = :now from automation a "
                    + "where a.id = p.automation_id and p.id = any(:ids) and p.state = 'PLANNED' and p.plan_rev <> a.rev")
                .bind("now", clock.now()).bind("ids", stale.toArray(Long[]::new)).execute();
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    public Judged release(Collection<Long> ids) {
        return jdbi.withHandle(h -> judge(h, h.createQuery("select id, run_id from planned_notification where id = any(:ids) and state in ('PLANNED', 'HELD') for update skip locked")
            .bindArray("ids", Long.class, ids).map(PICKED).list()));
    }

    @Transactional(TxType.REQUIRES_NEW)
    public List<Long> due() { return jdbi.withHandle(h -> h.createQuery(DUE + "limit 200").bind("now", clock.now()).mapTo(Long.class).list()); }

    /** Plans that wait for a value or an opening, not looked at for a minute. */
    @Transactional(TxType.REQUIRES_NEW)
    public int recheckHeld() {
        return jdbi.withHandle(h -> {
            Instant now = clock.now();
            List<Picked> ids = h.createQuery("select id, run_id from planned_notification where state = 'HELD' and reason in ('MISSING_VALUE', 'NO_OPENING', 'TEXT_TOO_LONG', 'NO_IDENTITY') "
                + "and due_at <= :now and changed_at < :before limit 200 for update skip locked").bind("now", now).bind("before", now.minusSeconds(60)).map(PICKED).list();
            if (ids.isEmpty()) {
                return 0;
            }
            Judged judged = judge(h, ids);
            // what waits for its re-planning was looked at, too: it would ring at every poll
            h.createUpdate("update planned_notification set changed_at = :now where id = any(:stale)").bind("now", now)
                .bindArray("stale", Long.class, judged.stale()).execute();
            return judged.count();
        });
    }

    @Transactional(TxType.REQUIRES_NEW)
    public int expire() {
        return jdbi.withHandle(h -> h.createUpdate("update planned_notification set state = 'EXPIRED', reason = coalesce(reason, 'EXPIRED'), changed_at = :now "
            + "where state in ('PLANNED', 'HELD') and expires_at <= :now").bind("now", clock.now()).execute());
    }

    /** Marks a row that nothing else could be done with; shown, and out of the way of the others. */
    @Transactional(TxType.REQUIRES_NEW)
    public void fail(long id, String detail) {
        jdbi.useHandle(h -> h.createUpdate("update planned_notification set state = 'HELD', reason = :reason, detail = :detail, changed_at = :now where id = :id and (state = 'PLANNED' or state = 'HELD' and reason = 'BACKLOG')")
            .bind("reason", Reason.INTERNAL_ERROR).bind("detail", detail).bind("now", clock.now()).bind("id", id).execute());
    }

    private Judged judge(Handle h, List<Picked> picked) {
        Instant now = clock.now();
        List<Long> ids = picked.stream().map(Picked::id).toList();
        Map<Long, Release> untrue = recheck.untrue(h, picked.stream().filter(p -> p.runId() != null).map(Picked::id).toList(), now);
        List<Facts.Due> due = facts.of(h, ids, now);
        Map<Long, Release> decisions = new LinkedHashMap<>();
        due.forEach(d -> decisions.put(d.id(), d.values() == null ? Release.skip(Reason.SUBJECT_GONE) : untrue.containsKey(d.id()) ? untrue.get(d.id()) : ReleaseDecider.decide(d, facts.values(d.values()), routing.sms(d.locationId(), d.address()), now)));
        ids.forEach(id -> decisions.computeIfAbsent(id, gone -> Release.skip(Reason.SUBJECT_GONE)));
        collapse(h, decisions);
        OfferCaps.apply(h, decisions, now);
        send(h, decisions, now);
        refuse(h, decisions, now);
        return new Judged(ids.size(), decisions.entrySet().stream().filter(d -> d.getValue() instanceof Release.Stale).map(Map.Entry::getKey).toList());
    }

    /** one event, one address, one text leaves once; the unique key holds when two nodes meet. */
    private static void collapse(Handle h, Map<Long, Release> decisions) {
        Map<String, Long> byKey = new LinkedHashMap<>();
        decisions.forEach((id, release) -> { if (release instanceof Release.Send send) { byKey.putIfAbsent(key(send.message()), id); } });
        Set<String> taken = new HashSet<>(h.createQuery("select collapse_key from planned_notification where collapse_key = any(:keys)")
            .bindArray("keys", String.class, List.copyOf(byKey.keySet())).mapTo(String.class).list());
        decisions.replaceAll((id, release) -> release instanceof Release.Send send && (taken.contains(key(send.message())) || byKey.get(key(send.message())) != id.longValue())
            ? Release.skip(Reason.DUPLICATE_TEXT) : release);
    }

    private static String key(NewMessage message) {
        // two reminders of one object are kept apart by REL-48, so only events share a key
        return (message.eventId() == null ? "p" + message.planId() : "e" + message.eventId()) + ":" + message.channel() + ":" + message.recipient() + ":" + Fingerprint.of(message.subjectLine(), message.text());
    }

    private void send(Handle h, Map<Long, Release> decisions, Instant now) {
        List<NewMessage> messages = new ArrayList<>();
        decisions.values().forEach(release -> { if (release instanceof Release.Send send) { messages.add(send.message()); } });
        if (messages.isEmpty()) {
            return;
        }
        List<Long> ids = outbox.enqueue(messages);
        // one statement: row by row it took as long as all the rest of a batch
        h.createUpdate("update planned_notification p set state = 'RELEASED', reason = null, detail = null, message_id = t.message, collapse_key = t.key, changed_at = :now "
                + "from unnest(:plans, :messages, :keys) t (plan, message, key) where p.id = t.plan")
            .bindArray("plans", Long.class, messages.stream().map(NewMessage::planId).toList()).bindArray("messages", Long.class, ids)
            .bindArray("keys", String.class, messages.stream().map(ReleaseStep::key).toList()).bind("now", now).execute();
        forgetOlder(h, messages.stream().map(NewMessage::planId).toList());
    }

    /** REL-48: what an earlier reminder of the same object still has in the queue is not said after this one. */
    private void forgetOlder(Handle h, List<Long> plans) {
        outbox.cancelByPlans(h.createQuery("select q.id from planned_notification p join planned_notification q on q.subject_type = p.subject_type and q.subject_id = p.subject_id "
                + "and q.channel = p.channel and q.reminder and q.state = 'RELEASED' and (q.due_at, q.id) < (p.due_at, p.id) join message_due d on d.message_id = q.message_id "
                + "where p.reminder and p.id = any(:plans)").bindArray("plans", Long.class, plans).mapTo(Long.class).list(), Reason.SUPERSEDED, "carillon");
    }

    private static void refuse(Handle h, Map<Long, Release> decisions, Instant now) {
        PreparedBatch batch = h.prepareBatch("update planned_notification set state = case when " + WAITS_ON + " then state else :state end, reason = case when " + WAITS_ON + " then reason else :reason end, detail = :detail, due_at = coalesce(:due, due_at), "
            + "expires_at = case when :due::timestamptz is null or reminder or (select a.drop_past_midnight from automation a where a.id = automation_id) then expires_at "
            + "when reason = 'NO_OPENING' then least(latest, :due::timestamptz + make_interval(mins => (select coalesce(a.ttl_minutes, case when a.by_audience then :found else :ttl end) from automation a where a.id = automation_id))) "
            + "else least(latest, expires_at + (:due::timestamptz - due_at)) end, changed_at = :now where id = :id");
        decisions.forEach((id, release) -> {
            if (release instanceof Release.No no) {
                batch.bind("state", no.state()).bind("reason", no.reason()).bind("detail", no.detail()).bind("due", (Instant) null);
            } else if (release instanceof Release.Later later) {
                batch.bind("state", "PLANNED").bind("reason", later.reason()).bind("detail", (String) null).bind("due", later.due());
            } else {
                return;
            }
            batch.bind("ttl", (int) TimeToLive.EVENT.usual().toMinutes()).bind("found", (int) TimeToLive.AUDIENCE.usual().toMinutes()).bind("now", now).bind("id", id).add();
        });
        if (batch.size() > 0) {
            batch.execute();
        }
    }
}
