package org.carillon.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.fact.ApplicationClock;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The steps of a round, each a transaction: which locations are due, what ended there, what is to be raised. Set-based over all of them; the
 * unique key of an alert makes two rounds at once harmless.
 */
@ApplicationScoped
public class AlertStep {

    static final int BATCH = 20_000;
    static final Duration EVERY = Duration.ofMinutes(1);
    /** A failure that nobody heard of for so long, because no node was running, is history. */
    private static final Duration NEWS = Duration.ofHours(48);
    /** So long a failure stands on the list where nobody sends it again. */
    private static final Duration STANDS = Duration.ofDays(30);
    private static final Duration KEPT = Duration.ofDays(90);
    private static final Logger LOG = System.getLogger(AlertStep.class.getName());

    /**
     * A location's rule of this moment.
     *
     * @param before what is as old as this has used up its patience; of failures: since when they count
     */
    record Watch(long locationId, AlertKind kind, Instant before) { }

    /** @param places locations of the round, also those where nothing counts now */
    record Round(List<Long> places, List<Watch> watches, Instant now) { }

    private static final String WATCHES = "unnest(:locations, :befores) as b (location_id, before)";
    private static final String RAISE = "insert into alert (location_id, kind, object_type, object_id, occurrence, cause_at, raised_at) ";
    /** The same cause again, after it had ended: raised anew. */
    private static final String AGAIN = " on conflict on constraint alert_once do update set ended_at = null, seen_at = null, seen_by = null, mailed_at = null, "
        + "raised_at = excluded.raised_at, cause_at = excluded.cause_at, location_id = excluded.location_id where alert.ended_at is not null";
    private static final String STANDING = " and not exists (select from alert a where a.object_type = 'ORDER' and a.object_id = o.id and a.kind = '%s' and a.ended_at is null) limit :batch";
    private static final String OVERDUE = RAISE + "select o.location_id, 'OVERDUE', 'ORDER', o.id, o.due_local, o.due_at, :now from " + WATCHES
        + " join work_order o on o.location_id = b.location_id and o.status_group = 'OPEN' and o.due_at <= b.before where true" + STANDING.replace("%s", "OVERDUE") + AGAIN;
    private static final String UNTOUCHED = RAISE + "select o.location_id, 'UNTOUCHED', 'ORDER', o.id, " + Causes.TOUCH + ", o.touched_at, :now from " + WATCHES
        + " join work_order o on o.location_id = b.location_id and o.status_group = 'OPEN' and o.touched_at <= b.before where true" + STANDING.replace("%s", "UNTOUCHED") + AGAIN;
    /** Who stopped at the provider has told us so (4.2): nothing is to be mended, though ADR 14 has the message end FAILED. */
    private static final String MESSAGES = RAISE + "select m.location_id, 'FAILED', 'MESSAGE', m.id, e.to_state, e.at, :now from message_event e "
        + "join message m on m.id = e.message_id and m.state = e.to_state and m.subject_type is distinct from 'STAFF' and m.reason is distinct from 'OPTED_OUT' join " + WATCHES
        + " on b.location_id = m.location_id and e.at >= b.before where e.to_state in ('FAILED', 'UNDELIVERED', 'EXPIRED') "
        + "and e.at >= (select min(oldest) from unnest(:befores) oldest) and not " + Causes.sentAgainAfter("e.at")
        + " and not exists (select from alert a where a.kind = 'FAILED' and a.object_type = 'MESSAGE' and a.object_id = m.id and a.occurrence = e.to_state) "
        + "limit :batch on conflict do nothing";
    private static final String PLANS = RAISE + "select p.location_id, 'FAILED', 'PLAN', p.id, 'UNSENT', least(p.due_at, :now), :now from " + WATCHES
        + " join planned_notification p on p.location_id = b.location_id and (p.state = 'HELD' and p.reason = 'MISSING_VALUE' or p.state = 'EXPIRED' and p.changed_at >= b.before) "
        + "where not exists (select from alert a where a.kind = 'FAILED' and a.object_type = 'PLAN' and a.object_id = p.id and a.ended_at is null) limit :batch" + AGAIN;

    private final Jdbi jdbi;
    private final ApplicationClock clock;

    protected AlertStep() { this(null, null); }

    @Inject
    public AlertStep(Jdbi jdbi, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Takes the locations that are due; another node that asks at the same time gets the others. */
    @Transactional(TxType.REQUIRES_NEW)
    public Round begin() {
        Instant now = clock.now();
        return jdbi.inTransaction(h -> {
            List<Long> places = h.createQuery("update alert_place p set next_at = :next from (select location_id from alert_place where next_at <= :now order by 1 for update skip locked) d "
                + "where p.location_id = d.location_id returning p.location_id").bind("next", now.plus(EVERY)).bind("now", now).mapTo(Long.class).list();
            return new Round(places, places.isEmpty() ? List.of() : watches(h, places, now), now);
        });
    }

    private static List<Watch> watches(Handle h, List<Long> places, Instant now) {
        List<Watch> watches = new ArrayList<>();
        h.createQuery("select l.id, l.zone, l.opening_hours, l.holidays, r.kind, r.open_hours, r.since from alert_rule r join location l on l.id = r.location_id "
                + "where r.active and l.active and l.id = any(:places)").bind("places", places.toArray(Long[]::new))
            .map((r, x) -> {
                long location = r.getLong("id");
                AlertKind kind = AlertKind.valueOf(r.getString("kind"));
                Instant since = r.getTimestamp("since").toInstant();
                String hours = r.getString("opening_hours");
                String holidays = r.getString("holidays");
                ZoneId zone = ZoneId.of(r.getString("zone"));
                AlertRule rule = new AlertRule(kind, true, r.getInt("open_hours"));
                try {
                    Optional<Instant> before = kind == AlertKind.FAILED ? Optional.of(since.isAfter(now.minus(NEWS)) ? since : now.minus(NEWS))
                        : Patience.before(rule, () -> new BusinessCalendar(OpeningHours.parse(hours), Holidays.parse(holidays), zone), now);
                    before.ifPresent(at -> watches.add(new Watch(location, kind, at)));
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "the opening hours of location " + location + " cannot be read; no alert is counted on them", e);
                }
                return kind;
            }).list();
        return watches;
    }

    /** What has no cause any more falls away, and what fell away long ago is forgotten. */
    @Transactional(TxType.REQUIRES_NEW)
    public int end(Round round) {
        return jdbi.inTransaction(h -> {
            h.createUpdate("delete from alert where id in (select id from alert where ended_at < :kept limit :batch)").bind("kept", round.now().minus(KEPT)).bind("batch", BATCH).execute();
            return h.createUpdate(Causes.END_GONE).bind("places", round.places().toArray(Long[]::new)).bind("locations", locations(round.watches()))
                .bind("kinds", round.watches().stream().map(w -> w.kind().name()).toArray(String[]::new)).bind("befores", befores(round.watches()))
                .bind("now", round.now()).bind("stands", round.now().minus(STANDS)).execute();
        });
    }

    /** One batch of every kind; call again while it answers true. */
    @Transactional(TxType.REQUIRES_NEW)
    public boolean raise(Round round) {
        return jdbi.inTransaction(h -> raise(h, OVERDUE, AlertKind.OVERDUE, round) | raise(h, UNTOUCHED, AlertKind.UNTOUCHED, round)
            | raise(h, MESSAGES, AlertKind.FAILED, round) | raise(h, PLANS, AlertKind.FAILED, round));
    }

    private static boolean raise(Handle h, String sql, AlertKind kind, Round round) {
        List<Watch> watches = round.watches().stream().filter(w -> w.kind() == kind).toList();
        return !watches.isEmpty() && bound(h.createUpdate(sql), watches).bind("now", round.now()).bind("batch", BATCH).execute() == BATCH;
    }

    private static <S extends SqlStatement<S>> S bound(S statement, List<Watch> watches) {
        return statement.bind("locations", locations(watches)).bind("befores", befores(watches));
    }

    private static Long[] locations(List<Watch> watches) { return watches.stream().map(Watch::locationId).toArray(Long[]::new); }

    private static Instant[] befores(List<Watch> watches) { return watches.stream().map(Watch::before).toArray(Instant[]::new); }
}
