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
import org.carillon.automation.LookFailure;
import org.carillon.automation.Schedule;
import org.carillon.automation.Slots;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
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
    /** Class of the lock that a run holds while it is made: nothing else of its transaction can be seen. report.AutomationList looks for it. */
    private static final int UNDER_WAY = 25;
    private static final int MOST_TRIES = 5;
    /** Until a slot whose second look failed is looked at again. */
    private static final Duration LATER = Duration.ofHours(1);
    /** Failing so often is no passing matter. */
    private static final int FEW_TRIES = 3;
    /** P-07: no look for so long is an alarm. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** What failed or was missed is spoken of for so long, unless a later look was made. */
    private static final Duration REMEMBERED = Duration.ofDays(8);
    /** Looks of real time that planned nothing, and all of them; those of days and weeks stay. The newest of each stays too: the next one goes on from there. */
    private static final Duration KEPT_IDLE = Duration.ofDays(2);
    private static final Duration KEPT = Duration.ofDays(400);
    private static final String AGED = "delete from audience_run r where id = any(array(select id from audience_run where zone = '*' and %s and finished_at < :old order by finished_at limit 10000)) "
        + "and exists (select from audience_run n where n.automation_id = r.automation_id and n.zone = r.zone and n.slot > r.slot and n.state = 'DONE')";
    private static final String IDLE = "state = 'DONE' and planned = 0";
    private static final String BUSY = "(planned > 0 or state in ('FAILED', 'DROPPED'))";

    private static final String OPEN = "(state = 'REQUESTED' and next_try <= :now or again_at <= :now)";
    /** Schedules name minutes, so they are read once in each, and whenever one of them changed. */
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final String SEEN = "select concat_ws(' ', (select concat_ws(' ', count(*), sum(id), sum(rev)) from automation where by_audience "
        + "and not deleted and state = 'ACTIVE'), (select concat_ws(' ', count(*), sum(version)) from location where active))";

    /**
     * A run that is to be made.
     *
     * @param aside  what it plans waits for a person (REL-29)
     * @param rev    of the automation, where it was made before
     * @param again  it was made, and its slot is looked at once more (P-08)
     * @param before when the look of real time before it asked, null before the first
     */
    record Run(long id, long automationId, String zone, Instant slot, boolean aside, Integer rev, boolean again, Instant before) { }

    /** What it is time for. */
    record Slot(AudienceAutomation automation, String zone, Instant at, boolean lost) { }

    /**
     * How the looks are doing, of automations that are switched on.
     *
     * @param late   asked for, or due to be, longer ago than they may be
     * @param failed that fail, or were given up, and were not made since
     * @param missed likewise of those that nobody made in time
     * @param last   when the newest one ended, null before the first
     */
    public record Standing(long late, long failed, long missed, Instant last) { }

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

    /** Whether {@link #request} may have something to do: asked far more often than it has, so in one statement and in no transaction. */
    public boolean isStirring() {
        Instant now = clock.now();
        return isLookDue(now) || jdbi.withHandle(h -> h.createQuery("select (" + SEEN + ") <> :known or exists (select from audience_run where " + OPEN + ")")
            .bind("known", known).bind("now", now).mapTo(Boolean.class).one());
    }

    private boolean isLookDue(Instant now) { return now.isBefore(looked) || !now.isBefore(looked.plus(LOOK)); }

    /** Requests what it is time for; answers whether there is anything to do. A daily look that was missed for good is noted as such. */
    @Transactional(TxType.REQUIRES_NEW)
    public boolean request() {
        return jdbi.withHandle(h -> {
            Instant now = clock.now();
            String seen = h.createQuery(SEEN).mapTo(String.class).one();
            if (!seen.equals(known) || isLookDue(now)) {
                request(h, MissedSlots.with(h, due(h, now), now), now);
                tidy(h, now);
                looked = Instant.ofEpochSecond(now.getEpochSecond() - Math.floorMod(now.getEpochSecond(), LOOK.toSeconds()));
                known = seen;
            }
            return h.createQuery("select exists (select from audience_run where " + OPEN + ")").bind("now", now).mapTo(Boolean.class).one();
        });
    }

    private List<Slot> due(Handle h, Instant now) {
        List<AudienceAutomation> active = shelf.active(h);
        if (active.isEmpty()) {
            return List.of();
        }
        Map<Long, String> zones = h.createQuery("select id, zone from location where active").map((r, c) -> Map.entry(r.getLong(1), r.getString(2))).list().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<Slot> due = new ArrayList<>();
        for (AudienceAutomation a : active) {
            boolean realTime = a.schedule() instanceof Schedule.RealTime;
            if (realTime) {
                Slots.last(a.schedule(), ZoneId.of("UTC"), now).ifPresent(at -> due.add(new Slot(a, ALL, at, false)));
            }
            for (String zone : realTime && !a.audience().countsDays() ? Set.<String>of()
                    : zones.entrySet().stream().filter(e -> a.everywhere() || a.locations().contains(e.getKey())).map(Map.Entry::getValue).collect(Collectors.toSet())) {
                ZoneId id = ZoneId.of(zone);
                (realTime ? Slots.ends(id, Instant.MIN, now, 1).stream() : Slots.last(a.schedule(), id, now).stream()).filter(at -> !at.isBefore(a.activeSince()))
                    .forEach(at -> due.add(new Slot(a, zone, at, !Slots.catchesUp(a.schedule(), id, at, now))));
            }
        }
        return due;
    }

    private static void request(Handle h, List<Slot> due, Instant now) {
        if (due.isEmpty()) {
            return;
        }
        // of real time never more than one waits: the next look covers what the former would have
        h.createUpdate("insert into audience_run (automation_id, zone, slot, state, next_try, finished_at) select n.automation, n.zone, n.slot, n.state, :now, case n.state when 'MISSED' then :now::timestamptz end "
                + "from unnest(:ids, :zones, :slots, :states) n (automation, zone, slot, state) where not exists (select from audience_run r where r.automation_id = n.automation "
                + "and r.zone = n.zone and r.slot = n.slot) and not exists (select from audience_run r where n.zone = '*' and r.automation_id = n.automation and r.zone = '*' and r.state = 'REQUESTED') "
                + "order by n.slot, n.automation, n.zone on conflict do nothing")
            .bind("now", now).bindArray("ids", Long.class, due.stream().map(s -> s.automation().id()).toList()).bindArray("zones", String.class, due.stream().map(Slot::zone).toList())
            .bindArray("slots", Instant.class, due.stream().map(Slot::at).toList())
            .bindArray("states", String.class, due.stream().map(slot -> slot.lost() ? "MISSED" : "REQUESTED").toList()).execute();
    }

    private static void tidy(Handle h, Instant now) {
        h.createUpdate(AGED.formatted(IDLE)).bind("old", now.minus(KEPT_IDLE)).execute();
        h.createUpdate(AGED.formatted(BUSY)).bind("old", now.minus(KEPT)).execute();
    }

    /**
     * After a restore, in the transaction that lets all go on: what would be looked for now is, and what is found waits for a person, since it may have
     * been said in the time that was lost (REL-29). Of real time, whatever the last look that is known of: everything that is true now.
     */
    void setAside(Handle h, Instant now) {
        request(h, MissedSlots.with(h, due(h, now), now).stream().map(slot -> slot.zone().equals(ALL) ? new Slot(slot.automation(), ALL, now, false) : slot).toList(), now);
        h.createUpdate("update audience_run set aside = true, next_try = least(next_try, :now) where state = 'REQUESTED'").bind("now", now).execute();
        // what a slot that was looked at gave later, in the time that was lost, may have been said as well
        h.createUpdate("update audience_run set aside = true where state = 'DONE' and zone <> :all and slot > :old").bind("all", ALL).bind("old", now.minus(Slots.FORMER)).execute();
    }

    /** For the operator (P-07). */
    public Standing standing() {
        return jdbi.withHandle(h -> {
            Instant now = clock.now();
            List<Slot> due = due(h, now.minus(PATIENCE));
            long unasked = due.isEmpty() ? 0 : h.createQuery("select count(*) from unnest(:ids, :zones, :slots) n (automation, zone, slot) "
                    + "join automation a on a.id = n.automation and a.active_since < n.slot "
                    + "where not exists (select from audience_run r where r.automation_id = n.automation and r.zone = n.zone and r.slot >= n.slot) "
                    + "and not exists (select from audience_run r where r.automation_id = n.automation and r.zone = n.zone and r.state = 'REQUESTED')")
                .bindArray("ids", Long.class, due.stream().map(s -> s.automation().id()).toList()).bindArray("zones", String.class, due.stream().map(Slot::zone).toList())
                .bindArray("slots", Instant.class, due.stream().map(Slot::at).toList()).mapTo(Long.class).one();
            return h.createQuery("with a as (select id from automation where by_audience and not deleted and state = 'ACTIVE'), "
                    + "t as (select r.state from audience_run r join a on a.id = r.automation_id where r.state in ('FAILED', 'MISSED') and r.finished_at > :old "
                    + "and not exists (select from audience_run n where n.automation_id = r.automation_id and n.zone = r.zone and n.slot > r.slot and n.state = 'DONE')) "
                    + "select (select count(*) from audience_run r join a on a.id = r.automation_id where r.state = 'REQUESTED' and r.next_try < :late) + :unasked late, "
                    + "(select count(*) from t where state = 'FAILED') + (select count(*) from audience_run r join a on a.id = r.automation_id where r.state = 'REQUESTED' and r.tries >= :most) failed, "
                    + "(select count(*) from t where state = 'MISSED') missed, (select finished_at from audience_run where state = 'DONE' order by id desc limit 1) last")
                .bind("old", now.minus(REMEMBERED)).bind("late", now.minus(PATIENCE)).bind("unasked", unasked).bind("most", FEW_TRIES).map(ConstructorMapper.of(Standing.class)).one();
        });
    }

    /** Those to be made now, in the order of their slots. */
    @Transactional(TxType.REQUIRES_NEW)
    public List<Long> open() {
        return jdbi.withHandle(h -> h.createQuery("select id from audience_run where " + OPEN + " order by slot, id limit 1000").bind("now", clock.now())
            .mapTo(Long.class).list());
    }

    /** Makes one; false where another node does, or has. */
    @Transactional(TxType.REQUIRES_NEW)
    public boolean make(long id) {
        return jdbi.withHandle(h -> {
            Optional<Run> run = h.createQuery("select id, automation_id, zone, slot, aside, rev, state = 'DONE' again, (select b.asked_at from audience_run b where b.automation_id = r.automation_id and b.zone = '*' "
                + "and b.state = 'DONE' and (r.zone = '*' or b.slot <= r.slot) order by b.slot desc limit 1) before from audience_run r where id = :id and " + OPEN + " for update skip locked").bind("id", id).bind("now", clock.now()).map(ConstructorMapper.of(Run.class)).findOne();
            run.ifPresent(r -> {
                h.createQuery("select true from (select pg_advisory_xact_lock(" + UNDER_WAY + ", (:id % 2147483647)::int)) l").bind("id", id).mapTo(Boolean.class).one();
                make(h, r);
            });
            return run.isPresent();
        });
    }

    private void make(Handle h, Run run) {
        Instant now = clock.now();
        // one at a time of an automation, so that caps are counted one after the other; and not while it is being changed
        AudienceAutomation automation = h.createQuery("select id from automation where id = :id and state = 'ACTIVE' and not deleted for no key update").bind("id", run.automationId())
            .mapTo(Long.class).findOne().flatMap(id -> shelf.find(h, id)).orElse(null);
        if (run.again()) {
            again(h, run, automation, now);
            return;
        }
        if (automation == null || (ALL.equals(run.zone()) ? !realTime(automation) : run.slot().isBefore(automation.activeSince()) || realTime(automation) && changedSince(h, run))) {
            h.createUpdate("update audience_run set state = 'DROPPED', finished_at = :now where id = :id").bind("now", now).bind("id", run.id()).execute();
            return;
        }
        if (!ALL.equals(run.zone()) && !Slots.catchesUp(automation.schedule(), ZoneId.of(run.zone()), run.slot(), now)) {
            h.createUpdate("update audience_run set state = 'MISSED', finished_at = :now where id = :id").bind("now", now).bind("id", run.id()).execute();
            return;
        }
        AudienceSearch.Outcome o = search.plan(h, automation, run, former(h, automation, run), now);
        h.createUpdate("update audience_run set state = 'DONE', asked_at = :asked, since = :since, considered = :considered, matched = :matched, planned = :planned, already = :already, "
                + "capped = :capped, without_consent = :consent, without_address = :address, too_late = :late, silent = :silent, error = null, finished_at = :now, rev = :rev, again_at = :again where id = :id")
            .bind("rev", automation.rev()).bind("again", ALL.equals(run.zone()) ? null : realTime(automation) ? now.plus(Slots.EVERY) : Slots.again(ZoneId.of(run.zone()), run.slot(), now).orElse(null)).bind("asked", o.asked()).bind("since", o.since()).bind("considered", o.considered()).bind("matched", o.figures().matched()).bind("planned", o.figures().planned())
            .bind("already", o.figures().already()).bind("capped", o.figures().capped()).bind("consent", o.figures().withoutConsent()).bind("address", o.figures().withoutAddress())
            .bind("late", o.figures().tooLate()).bind("silent", o.figures().silent()).bind("now", now).bind("id", run.id()).execute();
        announce(h, o, now);
    }

    private static boolean realTime(AudienceAutomation automation) { return automation.schedule() instanceof Schedule.RealTime; }

    /** No rule of today is asked about yesterday: nobody gets a message that it would have sent then. */
    private static boolean changedSince(Handle h, Run run) {
        return h.createQuery("select exists (select from automation_version where automation_id = :id and at > :slot)").bind("id", run.automationId()).bind("slot", run.slot()).mapTo(Boolean.class).one();
    }

    private static void announce(Handle h, AudienceSearch.Outcome o, Instant now) {
        if (o.aside() > 0) {
            BacklogGate.holdMore(h, o.aside(), "carillon", now);
        }
        if (o.figures().planned() > o.aside()) {
            h.execute("select pg_notify('carillon_plan', '')");
        }
    }

    /** Of a look of days or weeks, the one before it under the same rules: what came after it, or was being committed, is looked for once more as of its day (P-08). */
    private static Run former(Handle h, AudienceAutomation automation, Run run) {
        return realTime(automation) ? null : h.createQuery("select id, automation_id, zone, slot, aside, rev, true again, null::timestamptz before from audience_run where automation_id = :automation "
                + "and zone = :zone and state = 'DONE' and slot < :slot order by slot desc limit 1")
            .bind("automation", run.automationId()).bind("zone", run.zone()).bind("slot", run.slot()).map(ConstructorMapper.of(Run.class)).findOne()
            .filter(f -> f.rev() != null && f.rev() == automation.rev() && !f.slot().isBefore(automation.activeSince()) && f.slot().isAfter(run.slot().minus(Slots.FORMER))).orElse(null);
    }

    /** The same slot once more, as long as its day and its rules last, the end of a day but once; what it finds is added to its figures. */
    private void again(Handle h, Run run, AudienceAutomation automation, Instant now) {
        ZoneId zone = ZoneId.of(run.zone());
        if (automation == null || run.rev() == null || run.rev() != automation.rev() || !realTime(automation) && !Slots.isToday(zone, run.slot(), now)) {
            h.createUpdate("update audience_run set again_at = null where id = :id").bind("id", run.id()).execute();
            return;
        }
        AudienceSearch.Outcome o = search.again(h, automation, run, now);
        h.createUpdate("update audience_run set matched = greatest(matched, :matched), planned = planned + :planned, capped = capped + :capped, without_consent = without_consent + :consent, "
                + "without_address = without_address + :address, too_late = too_late + :late, silent = silent + :silent, error = null, aside = false, again_at = :again where id = :id")
            .bind("matched", o.figures().matched()).bind("planned", o.figures().planned()).bind("capped", o.figures().capped()).bind("consent", o.figures().withoutConsent())
            .bind("address", o.figures().withoutAddress()).bind("late", o.figures().tooLate()).bind("silent", o.figures().silent()).bind("again", Slots.again(zone, run.slot(), now).orElse(null)).bind("id", run.id()).execute();
        announce(h, o, now);
    }

    /** Tried again after a while; the others go on. Of real time it is given up at last, since a later look covers it; others are tried as long as they are worth it. */
    @Transactional(TxType.REQUIRES_NEW)
    public void fail(long id, Throwable failure) {
        jdbi.useHandle(h -> {
            Optional<Invalid> wrong = h.createQuery("select automation_id from audience_run where id = :id").bind("id", id).mapTo(Long.class).findOne().flatMap(automation -> shelf.wrong(h, automation));
            String error = LookFailure.of(failure, wrong.orElse(null), clock.now()).json();
            h.createUpdate("update audience_run set error = :error, again_at = :again where id = :id and again_at is not null").bind("error", error).bind("again", clock.now().plus(LATER)).bind("id", id).execute();
            h.createUpdate("update audience_run set tries = tries + 1, error = :error, next_try = :now::timestamptz + least(tries + 1, 30) * interval '1 minute', "
                + "state = case when zone = :all and tries + 1 >= :most then 'FAILED' else state end, finished_at = case when zone = :all and tries + 1 >= :most then :now::timestamptz end where id = :id and state = 'REQUESTED'")
            .bind("error", error).bind("now", clock.now()).bind("most", MOST_TRIES).bind("all", ALL).bind("id", id).execute();
        });
    }
}
