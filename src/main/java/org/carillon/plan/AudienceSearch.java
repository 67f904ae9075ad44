package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.AudienceQuery;
import org.carillon.audience.Judge;
import org.carillon.audience.LocalDays;
import org.carillon.audience.Moment;
import org.carillon.audience.Silence;
import org.carillon.audience.Statement;
import org.carillon.audience.Value;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.Kind;
import org.carillon.automation.Schedule;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Reason;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Finds whom an audience means and plans their messages, one set-based statement for each zone (design, section 2, point 3). Every occasion that is
 * new leaves a row, sent or not, so that each is judged once; what is planned goes the way of all plans.
 */
@ApplicationScoped
public class AudienceSearch {

    /** What crossed its window longer ago than this is not sent any more: the default of the reading, and nothing asks for another. */
    static final Duration LATEST = Duration.ofMinutes(60);
    /** What was recorded before the last run asked, but committed after it, is found all the same (P-08). */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    /** What a customer waits for, one by one. */
    private static final Set<Subject.Type> SERVED = EnumSet.of(Subject.Type.ORDER, Subject.Type.APPOINTMENT);
    /** Called off for a reason that has passed where the occasion is found again. */
    private static final String COMES_BACK = "p.state = 'CANCELLED' and p.reason in ('AUTOMATION_CHANGED', 'AUTOMATION_PAUSED', 'STATUS_MOVED_ON', 'NO_LONGER_MEANT', 'SUPERSEDED', 'REASSIGNED')";

    /** In messages: an occasion that is to be told on two channels counts twice, but for {@code matched}. */
    record Figures(int matched, int planned, int already, int capped, int withoutConsent, int withoutAddress, int tooLate, int silent) {

        static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0);

        Figures plus(Figures o) {
            return new Figures(matched + o.matched, planned + o.planned, already + o.already, capped + o.capped, withoutConsent + o.withoutConsent, withoutAddress + o.withoutAddress, tooLate + o.tooLate, silent + o.silent);
        }

        /** Without those that the slot's own look has counted. */
        Figures onlyNew(int channels) {
            return new Figures((planned + capped + withoutConsent + withoutAddress + tooLate + silent + channels - 1) / channels, planned, 0, capped, withoutConsent, withoutAddress, tooLate, silent);
        }
    }

    /**
     * @param considered customers at the locations; null of real time, where counting a million of them every five minutes would take longer than the look itself
     * @param aside      how many of the planned wait for a person
     */
    record Outcome(Instant asked, Instant since, Integer considered, Figures figures, int aside) { }

    /**
     * When what is found at a location may be said, or why not.
     *
     * @param from   start of the local day in which it is due
     * @param to     end of that day
     * @param latest null where nothing but its age ends it
     */
    private record Place(long location, Instant from, Instant to, Instant due, Instant expires, Instant latest, String no) { }

    private static final String STORE = """
        with m as materialized (%1$s),
        w as materialized (
          select m.*, coalesce(m.entry, 'once') occurrence, c.channel, p.id known, %2$s dropped
          from m cross join unnest(:channels) c (channel) left join planned_notification p on p.automation_id = :automation and p.subject_type = m.subject_type and p.subject_id = m.subject_id
            and p.occurrence = coalesce(m.entry, 'once') and p.channel = c.channel and p.recipient = 'CUSTOMER'),
        f as (select w.*, %3$s silent, case when w.subject_type = 'APPOINTMENT' then (select ap.start_at from appointment ap where ap.id = w.subject_id and ap.start_at > :asked) end start_at
          from w where known is null or dropped),
        k as materialized (
          select f.*, l.calendar_rev, n.due, n.day_from, n.day_to, x.latest, case when :reminds and f.start_at is not null then x.latest else least(n.expires, x.latest) end expires, case
              when r.addresses = 0 then case f.channel when 'SMS' then 'NO_PHONE' else 'NO_EMAIL' end
              when r.address is null then case f.channel when 'SMS' then 'NUMBER_UNUSABLE' else 'ADDRESS_UNUSABLE' end
              when exists (select from suppression s where s.channel = f.channel and s.address = lower(r.address) and s.released_at is null and (s.scope = 'ALL' or :marketing)) then 'OPTED_OUT'
              when not (case f.channel when 'SMS' then c.sms_consent else c.email_consent end) then 'NO_CONSENT'
              when :marketing and not (c.marketing_consent or coalesce(c.implied_until > :now and l.country = 'CA' and co.implied_consent, false)) then 'NO_CONSENT'
              when f.silent then 'SILENT'
              when n.no is not null then n.no
              when x.latest <= n.due then 'TOO_LATE' end no
          from f join unnest(:places, :froms, :tos, :dues, :expires, :latests, :nos) n (place, day_from, day_to, due, expires, latest, no) on n.place = f.location_id
            cross join lateral (select least(n.latest, f.start_at - :ahead * interval '1 second') latest) x
            join location l on l.id = f.location_id join customer c on c.id = f.customer_id left join company co on true
            cross join lateral (
              select (array_agg(a.address order by a.position) filter (where a.usable))[1] address, count(*)::int addresses from (
                select e164 address, position, problem is null and sms_able usable from customer_phone where customer_id = c.id and f.channel = 'SMS'
                union all select address, position, problem is null from customer_email where customer_id = c.id and f.channel = 'EMAIL') a) r),
        j as materialized (
          select k.*, case when k.no is null and :capped and (row_number() over (partition by k.customer_id, k.channel, k.day_from, k.no is null order by k.subject_type, k.subject_id) > 1
              or exists (select from planned_notification q where q.automation_id = :automation and q.customer_id = k.customer_id and q.channel = k.channel and q.state in ('PLANNED', 'HELD', 'RELEASED')
                and case q.state when 'RELEASED' then q.changed_at else greatest(q.due_at, :now) end >= k.day_from
                and case q.state when 'RELEASED' then q.changed_at else greatest(q.due_at, :now) end < k.day_to)) then 'FREQUENCY_CAP' else k.no end reason from k),
        s as (
          insert into planned_notification as p (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, due_at, expires_at, latest,
            tz_version, state, reason, run_id, created_at, changed_at)
          select :automation, :rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, 'CUSTOMER', due, expires, latest, :tz,
            case when :aside and (reason is null or reason = 'NO_OPENING') then 'HELD' when reason is null then 'PLANNED' when reason = 'OPTED_OUT' then 'SUPPRESSED' when reason = 'NO_OPENING' then 'HELD'
              else 'SKIPPED' end, case when :aside and (reason is null or reason = 'NO_OPENING') then 'BACKLOG' else reason end, :run, :now, :now from j order by subject_type, subject_id, channel
          on conflict on constraint planned_once do update set plan_rev = excluded.plan_rev, calendar_rev = excluded.calendar_rev, location_id = excluded.location_id, customer_id = excluded.customer_id, run_id = excluded.run_id, due_at = excluded.due_at,
            expires_at = excluded.expires_at, latest = excluded.latest, tz_version = excluded.tz_version, state = excluded.state, reason = excluded.reason, detail = null, created_at = excluded.created_at, changed_at = excluded.changed_at
            where %2$s
          returning p.state, p.reason)
        select (select count(*) from m)::int matched, (count(*) filter (where state in ('PLANNED', 'HELD')))::int planned, (select count(*) from w where known is not null and not dropped)::int already,
          (count(*) filter (where reason = 'FREQUENCY_CAP'))::int capped, (count(*) filter (where reason in ('NO_CONSENT', 'OPTED_OUT')))::int without_consent,
          (count(*) filter (where reason in ('NO_PHONE', 'NO_EMAIL', 'NUMBER_UNUSABLE', 'ADDRESS_UNUSABLE')))::int without_address,
          (count(*) filter (where reason = 'TOO_LATE'))::int too_late, (count(*) filter (where reason = 'SILENT'))::int silent from s""";

    private final FieldCatalogue catalogue;
    private final AudienceRecheck recheck;

    protected AudienceSearch() { this(null, null); }

    @Inject
    public AudienceSearch(FieldCatalogue catalogue, AudienceRecheck recheck) {
        this.catalogue = catalogue;
        this.recheck = recheck;
    }

    /**
     * @param former the look before it, whose slot is asked about once more (P-08); null where there is none
     * @throws IllegalStateException where a rule asks what cannot be asked any more, such as a field that was removed
     */
    Outcome plan(Handle h, AudienceAutomation automation, AudienceRuns.Run run, AudienceRuns.Run former, Instant now) {
        FieldCatalogue fields = judged(automation);
        List<LocalDays> all = AudienceDesk.places(h);
        Set<Long> meant = meant(h, automation, run.zone());
        recheck(h, automation, now);
        if (automation.schedule() instanceof Schedule.RealTime) {
            return live(h, automation, run, fields, all, meant, now);
        }
        Figures found = asOf(run, run.aside(), h, automation, fields, all, meant, now);
        if (former == null) {
            return new Outcome(run.slot(), null, considered(h, meant), found, run.aside() ? found.planned() : 0);
        }
        Figures late = asOf(former, run.aside() || former.aside(), h, automation, fields, all, meant, now).onlyNew(automation.channels().size());
        return new Outcome(run.slot(), null, considered(h, meant), found.plus(late), (run.aside() ? found.planned() : 0) + (run.aside() || former.aside() ? late.planned() : 0));
    }

    /** Real time asks about now and, in each zone, once more as of the end of a day (P-08); rules in minutes about all that passed since the look before. */
    private static Outcome live(Handle h, AudienceAutomation automation, AudienceRuns.Run run, FieldCatalogue fields, List<LocalDays> all, Set<Long> meant, Instant now) {
        boolean ended = !AudienceRuns.ALL.equals(run.zone());
        Instant at = ended ? run.slot() : now;
        boolean windows = automation.audience().comparisons().anyMatch(c -> c.value() instanceof Value.MinutesAgo);
        Instant before = run.before() == null || run.before().isBefore(automation.activeSince()) ? null : run.before().isAfter(at) ? at : run.before();
        Instant earliest = now.minus(LATEST);
        boolean gone = windows && !at.isAfter(earliest);
        boolean late = windows && !gone && before != null && before.isBefore(earliest);
        Instant since = !windows || before == null ? null : gone ? before : late ? earliest : later(before.minus(OVERLAP), automation.activeSince());
        Figures found = between(new Moment(at, since), at, gone, h, automation, run, fields, all, meant, now);
        if (late) {
            Figures lost = between(new Moment(earliest, before), at, true, h, automation, run, fields, all, meant, now);
            found = found.plus(new Figures(lost.tooLate(), 0, 0, lost.capped(), lost.withoutConsent(), lost.withoutAddress(), lost.tooLate(), lost.silent()));
        }
        return new Outcome(at, since, null, ended ? found.onlyNew(automation.channels().size()) : found, run.aside() ? found.planned() : 0);
    }

    private static Figures between(Moment moment, Instant asked, boolean late, Handle h, AudienceAutomation automation, AudienceRuns.Run run, FieldCatalogue fields, List<LocalDays> all, Set<Long> meant, Instant now) {
        return store(h, automation, fields, AudienceQuery.compile(automation.audience(), fields, all, meant, moment), places(automation, all, meant, asked, now, late), run.id(), run.aside(), asked, now);
    }

    /** The slot of a look that was made, once more (P-08). */
    Outcome again(Handle h, AudienceAutomation automation, AudienceRuns.Run run, Instant now) {
        FieldCatalogue fields = judged(automation);
        recheck(h, automation, now);
        List<LocalDays> all = AudienceDesk.places(h);
        Set<Long> meant = meant(h, automation, run.zone());
        if (automation.schedule() instanceof Schedule.RealTime) {
            return live(h, automation, run, fields, all, meant, now);
        }
        Figures found = asOf(run, run.aside(), h, automation, fields, all, meant, now);
        return new Outcome(run.slot(), null, null, found, run.aside() ? found.planned() : 0);
    }

    private FieldCatalogue judged(AudienceAutomation automation) {
        FieldCatalogue fields = catalogue.now();
        Judge.of(automation.audience(), fields).stream().findFirst().ifPresent(wrong -> { throw new IllegalStateException(wrong.getMessage()); });
        return fields;
    }

    /** Whom the rules mean at a run's slot, by what is known now. */
    private static Figures asOf(AudienceRuns.Run run, boolean aside, Handle h, AudienceAutomation automation, FieldCatalogue fields, List<LocalDays> all, Set<Long> meant, Instant now) {
        return store(h, automation, fields, AudienceQuery.compile(automation.audience(), fields, all, meant, Moment.at(run.slot())), places(automation, all, meant, run.slot(), now, false), run.id(), aside, run.slot(), now);
    }

    /** what waits for an opening is asked about again, so that it is not shown as coming, and takes nobody's one message of the day. The releaser asks once more. */
    private void recheck(Handle h, AudienceAutomation automation, Instant now) {
        List<Long> waiting = h.createQuery("select id from planned_notification where automation_id = :id and state = 'PLANNED' and due_at > created_at and run_id is not null order by id for update skip locked")
            .bind("id", automation.id()).mapTo(Long.class).list();
        PreparedBatch batch = h.prepareBatch("update planned_notification set state = :state, reason = :reason, detail = :detail, changed_at = :now where id = :id");
        recheck.untrue(h, waiting, now).forEach((id, release) -> {
            if (release instanceof Release.No no) {
                batch.bind("state", no.state()).bind("reason", no.reason()).bind("detail", no.detail()).bind("now", now).bind("id", id).add();
            }
        });
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** The locations that an automation looks at. */
    static Set<Long> meant(Handle h, AudienceAutomation automation, String zone) {
        return h.createQuery("select id from location where active and (:all or id in (select location_id from automation_location where automation_id = :id)) and (zone = :zone or :zone = '*')")
            .bind("all", automation.everywhere()).bind("id", automation.id()).bind("zone", zone).mapTo(Long.class).set();
    }

    private static Instant later(Instant a, Instant b) { return a.isAfter(b) ? a : b; }

    private static Integer considered(Handle h, Set<Long> locations) {
        return h.createQuery("select count(*)::int from customer where location_id = any(:locations) and erased_at is null").bind("locations", locations.toArray(Long[]::new)).mapTo(Integer.class).one();
    }

    private static List<Place> places(AudienceAutomation automation, List<LocalDays> all, Set<Long> meant, Instant asked, Instant now, boolean late) {
        List<Place> places = new ArrayList<>();
        for (LocalDays place : all) {
            if (meant.contains(place.location())) {
                Optional<Instant> due = automation.schedule() instanceof Schedule.RealTime real ? real.period().in(place.calendar()).nextOpening(now, SendTimeResolver.HORIZON) : Optional.of(now);
                Instant midnight = place.start(place.today(asked).plusDays(1));
                Instant at = due.orElse(now);
                boolean stale = automation.dropPastMidnight() && !at.isBefore(midnight);
                Instant latest = automation.dropPastMidnight() && !stale ? midnight : null;
                Instant expires = due.isEmpty() ? now.plus(SendTimeResolver.HORIZON) : TimeToLive.AUDIENCE.expiry(at, null, null);
                places.add(new Place(place.location(), place.start(place.today(at)), place.start(place.today(at).plusDays(1)), at, expires, latest,
                    late || stale ? Reason.TOO_LATE.name() : due.isEmpty() ? Reason.NO_OPENING.name() : null));
            }
        }
        return places;
    }

    /**
     * of an offer or a survey one to a person and day. Orders and appointments are served each for itself; what is about a vehicle that was sold, or about the person, is no
     * service (KI-R04, KI-R06, KI-R10 to R13).
     */
    private static boolean capped(AudienceAutomation automation, FieldCatalogue fields) {
        return automation.oncePerPersonAndDay() || AudienceQuery.objects(automation.audience(), fields).filter(SERVED::contains).isEmpty();
    }

    private static Figures store(Handle h, AudienceAutomation automation, FieldCatalogue fields, List<Statement> statements, List<Place> places, long run, boolean aside, Instant asked, Instant now) {
        boolean reminds = automation.kind() == Kind.APPOINTMENT;
        boolean capped = capped(automation, fields);
        Figures all = Figures.NONE;
        for (Statement statement : statements) {
            all = all.plus(statement.bind(h.createQuery(STORE.formatted(statement.sql(), COMES_BACK, Silence.of("w"))))
                .bindArray("channels", String.class, automation.channels().stream().map(Channel::name).sorted().toList())
                .bind("automation", automation.id()).bind("rev", automation.rev()).bind("marketing", automation.marketing()).bind("capped", capped)
                .bind("tz", Planner.TZ_VERSION).bind("now", now).bindArray("places", Long.class, places.stream().map(Place::location).toList())
                .bindArray("froms", Instant.class, places.stream().map(Place::from).toList()).bindArray("tos", Instant.class, places.stream().map(Place::to).toList()).bindArray("dues", Instant.class, places.stream().map(Place::due).toList())
                .bindArray("expires", Instant.class, places.stream().map(Place::expires).toList()).bindArray("latests", Instant.class, places.stream().map(Place::latest).toList())
                .bind("reminds", reminds).bind("ahead", reminds ? TimeToLive.BEFORE_APPOINTMENT.toSeconds() : 0).bind("aside", aside).bind("run", run).bind("asked", asked).bindArray("nos", String.class, places.stream().map(Place::no).toList())
                .map(ConstructorMapper.of(Figures.class)).one());
        }
        return all;
    }
}
