package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceShelf;
import org.carillon.automation.Schedule;
import org.carillon.automation.Slots;
import org.carillon.fact.ApplicationClock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * When audiences are looked for, as rows: requested once for each slot by whichever node sees first that it is time, and made by any. What a run plans
 * and its own row are one transaction, so that one that was killed leaves nothing and is made again. (ADR 0025)
 */
@ApplicationScoped
public class AudienceRuns {

    /** The zone of runs that look at all zones at once. */
    static final String ALL = "*";
    private static final int MOST_TRIES = 5;
    private static final Duration KEPT_IDLE = Duration.ofDays(2);

    /** Schedules name minutes, so they are read once in each, and whenever one of them changed. */
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final String SEEN = "select concat_ws(' ', (select concat_ws(' ', count(*), sum(id), sum(rev)) from automation where trigger_kind in " + AudienceShelf.KINDS
        + " and not deleted and state = 'ACTIVE'), (select concat_ws(' ', count(*), sum(version)) from location where active))";

    /** A run that is to be made. */
    record Run(long id, long automationId, String zone, Instant slot, Instant before) { }

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final AudienceShelf shelf;
    private final AudienceSearch search;
    private volatile String known = "";
    private volatile Instant looked = Instant.EPOCH;

    protected AudienceRuns() { this(null, null, null, null); }

    @Inject
    public AudienceRuns(Jdbi jdbi, ApplicationClock clock, AudienceShelf shelf, AudienceSearch search) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.shelf = shelf;
        this.search = search;
    }

    /** Requests what it is time for; answers whether there is anything to do. A daily look that was missed for good is noted as such. */
    @Transactional(TxType.REQUIRES_NEW)
    public boolean request() {
        return jdbi.withHandle(h -> {
            Instant now = clock.now();
            String seen = h.createQuery(SEEN).mapTo(String.class).one();
            if (!seen.equals(known) || now.isBefore(looked) || !now.isBefore(looked.plus(LOOK))) {
                request(h, now);
                looked = Instant.ofEpochSecond(now.getEpochSecond() - Math.floorMod(now.getEpochSecond(), LOOK.toSeconds()));
                known = seen;
            }
            return h.createQuery("select exists (select from audience_run where state = 'REQUESTED' and next_try <= :now)").bind("now", now).mapTo(Boolean.class).one();
        });
    }

    private void request(Handle h, Instant now) {
        List<AudienceAutomation> active = shelf.active(h);
        if (active.isEmpty()) {
            return;
        }
        Map<Long, String> zones = h.createQuery("select id, zone from location where active").map((r, c) -> Map.entry(r.getLong(1), r.getString(2))).list().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<Long> ids = new ArrayList<>();
        List<String> where = new ArrayList<>();
        List<Instant> slots = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (AudienceAutomation a : active) {
            boolean realTime = a.schedule() instanceof Schedule.RealTime;
            for (String zone : realTime ? Set.of(ALL) : zones.entrySet().stream().filter(e -> a.everywhere() || a.locations().contains(e.getKey())).map(Map.Entry::getValue).collect(Collectors.toSet())) {
                ZoneId id = realTime ? ZoneId.of("UTC") : ZoneId.of(zone);
                Optional<Instant> slot = Slots.last(a.schedule(), id, now).filter(at -> realTime || !at.isBefore(a.activeSince()));
                if (slot.isPresent()) {
                    ids.add(a.id());
                    where.add(zone);
                    slots.add(slot.get());
                    states.add(Slots.catchesUp(a.schedule(), id, slot.get(), now) ? "REQUESTED" : "MISSED");
                }
            }
        }
        // of real time never more than one waits: the next look covers what the former would have
        h.createUpdate("insert into audience_run (automation_id, zone, slot, state, next_try, finished_at) select n.automation, n.zone, n.slot, n.state, :now, case n.state when 'MISSED' then :now::timestamptz end "
                + "from unnest(:ids, :zones, :slots, :states) n (automation, zone, slot, state) where not exists (select from audience_run r where r.automation_id = n.automation "
                + "and r.zone = n.zone and (r.slot = n.slot or n.zone = '*' and r.state = 'REQUESTED')) on conflict do nothing")
            .bind("now", now).bindArray("ids", Long.class, ids).bindArray("zones", String.class, where).bindArray("slots", Instant.class, slots).bindArray("states", String.class, states).execute();
        h.createUpdate("delete from audience_run where state = 'DONE' and zone = '*' and planned = 0 and finished_at < :old").bind("old", now.minus(KEPT_IDLE)).execute();
    }

    /** Those to be made now, in the order of their slots. */
    @Transactional(TxType.REQUIRES_NEW)
    public List<Long> open() {
        return jdbi.withHandle(h -> h.createQuery("select id from audience_run where state = 'REQUESTED' and next_try <= :now order by slot, id limit 1000").bind("now", clock.now())
            .mapTo(Long.class).list());
    }

    /** Makes one; false where another node does, or has. */
    @Transactional(TxType.REQUIRES_NEW)
    public boolean make(long id) {
        return jdbi.withHandle(h -> {
            Optional<Run> run = h.createQuery("select id, automation_id, zone, slot, (select max(b.asked_at) from audience_run b where b.automation_id = r.automation_id and b.zone = r.zone "
                + "and b.state = 'DONE') before from audience_run r where id = :id and state = 'REQUESTED' for update skip locked").bind("id", id).map(ConstructorMapper.of(Run.class)).findOne();
            run.ifPresent(r -> make(h, r));
            return run.isPresent();
        });
    }

    private void make(Handle h, Run run) {
        Instant now = clock.now();
        // one at a time of an automation, so that caps are counted one after the other; and not while it is being changed
        AudienceAutomation automation = h.createQuery("select id from automation where id = :id and state = 'ACTIVE' and not deleted for no key update").bind("id", run.automationId())
            .mapTo(Long.class).findOne().flatMap(id -> shelf.find(h, id)).orElse(null);
        if (automation == null || automation.schedule() instanceof Schedule.RealTime != ALL.equals(run.zone())) {
            h.createUpdate("update audience_run set state = 'DROPPED', finished_at = :now where id = :id").bind("now", now).bind("id", run.id()).execute();
            return;
        }
        if (!ALL.equals(run.zone()) && !Slots.catchesUp(automation.schedule(), ZoneId.of(run.zone()), run.slot(), now)) {
            h.createUpdate("update audience_run set state = 'MISSED', finished_at = :now where id = :id").bind("now", now).bind("id", run.id()).execute();
            return;
        }
        AudienceSearch.Outcome o = search.plan(h, automation, run, now);
        h.createUpdate("update audience_run set state = 'DONE', asked_at = :asked, since = :since, considered = :considered, matched = :matched, planned = :planned, already = :already, "
                + "capped = :capped, without_consent = :consent, without_address = :address, too_late = :late, error = null, finished_at = :now where id = :id")
            .bind("asked", o.asked()).bind("since", o.since()).bind("considered", o.considered()).bind("matched", o.figures().matched()).bind("planned", o.figures().planned())
            .bind("already", o.figures().already()).bind("capped", o.figures().capped()).bind("consent", o.figures().withoutConsent()).bind("address", o.figures().withoutAddress())
            .bind("late", o.figures().tooLate()).bind("now", now).bind("id", run.id()).execute();
        if (o.figures().planned() > 0) {
            h.execute("select pg_notify('carillon_plan', '')");
        }
    }

    /** Tried again after a while; the others go on. Of real time it is given up at last, since a later look covers it; others are tried as long as they are worth it. */
    @Transactional(TxType.REQUIRES_NEW)
    public void fail(long id, String error) {
        jdbi.useHandle(h -> h.createUpdate("update audience_run set tries = tries + 1, error = :error, next_try = :now::timestamptz + least(tries + 1, 30) * interval '1 minute', "
                + "state = case when zone = :all and tries + 1 >= :most then 'FAILED' else state end, finished_at = case when zone = :all and tries + 1 >= :most then :now::timestamptz end where id = :id and state = 'REQUESTED'")
            .bind("error", error).bind("now", clock.now()).bind("most", MOST_TRIES).bind("all", ALL).bind("id", id).execute());
    }
}
