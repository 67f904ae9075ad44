package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Automations with an audience, by name, and what came of each look for it. */
@ApplicationScoped
public class AutomationList {

    /** How far back sent messages and the answers to them are counted. */
    public static final Duration COUNTED = Duration.ofDays(7);

    /**
     * @param places   names of its locations within the scope, empty where it holds everywhere
     * @param matched  customers at the last look in each zone, null before the first and for who may not see all of its locations (SEC-13)
     * @param sent     messages of the locations in scope that a provider took, in the last {@link #COUNTED}
     * @param replies  what people wrote back in the same time: each SMS or e-mail counts for the last message that its sender had got; stops and key words do not
     * @param last     when the last look ended, null before the first
     * @param trouble  MISSED or FAILED where the newest look of any zone was that, or goes on failing; null where all is well
     */
    public record Row(long id, int version, String name, String state, String kind, boolean marketing, boolean everywhere, String places, Integer matched, int sent,
                      int replies, Instant last, String trouble) implements Serializable {

        public boolean active() { return state.equals("ACTIVE"); }

        public boolean draft() { return state.equals("DRAFT"); }
    }

    /**
     * A look for the audience; figures count messages, but for customers considered.
     *
     * @param zone       of the locations that it was about, * for all of them
     * @param state      besides those of the table RUNNING while it is being made
     * @param considered null where they were not counted
     * @param error      why the last try failed, as {@code automation.LookFailure} keeps it; null where none did
     * @param told       whether the figures are there: they span all locations, and are zero for who may not see them all (SEC-13)
     */
    public record Run(long id, String zone, Instant slot, String state, Integer considered, int matched, int planned, int already, int capped, int withoutConsent, int withoutAddress,
                      int tooLate, int silent, String error, boolean told) implements Serializable {

        public boolean done() { return state.equals("DONE"); }

        public boolean pending() { return state.equals("REQUESTED") || state.equals("RUNNING"); }

        Run seen() { return told ? this : new Run(id, zone, slot, state, null, 0, 0, 0, 0, 0, 0, 0, 0, error, false); }
    }

    private static final String VISIBLE = "a.by_audience and not a.deleted "
        + "and (:all or a.everywhere or exists (select from automation_location w where w.automation_id = a.id and w.location_id = any(:locations)))";

    /** A look is about all locations of its zone at once, so its figures are for those who see all of the automation's. */
    private static final String COVERED = "(:all or not a.everywhere and not exists (select from automation_location w where w.automation_id = a.id and w.location_id <> all(:locations)))";
    /** What people write for other people: see conversation.Reading. */
    private static final String REPLIES = "select m.automation_id, count(*) replies from inbound_message i join message m on m.id = i.about_id where i.received_at >= :since "
        + "and i.reading in ('TEXT', 'TEXT_STOP', 'OPT_OUT_CANCEL', 'CANCEL_APPOINTMENT') and (:all or m.location_id = any(:locations)) group by 1";

    private final Jdbi jdbi;

    protected AutomationList() { this(null); }

    @Inject
    public AutomationList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** By name. {@code after} is the part before's {@link Part#next}. */
    public Part<Row> page(Scope scope, Instant now, String after) {
        List<Row> rows = jdbi.withHandle(h -> h.createQuery("""
                select a.id, a.version, a.name, a.state, a.kind, coalesce(t.purpose = 'MARKETING', false) marketing, a.everywhere, coalesce(p.places, '') places, case when %2$s then r.matched end matched,
                  coalesce(s.sent, 0)::int sent, coalesce(q.replies, 0)::int replies, r.last, n.trouble
                from automation a left join template t on t.id = a.template_id
                left join lateral (select string_agg(l.name, ', ' order by l.name) filter (where :all or l.id = any(:locations)) places
                  from automation_location w join location l on l.id = w.location_id where w.automation_id = a.id) p on true
                left join lateral (select sum(x.matched)::int matched, max(x.finished_at) last from (select distinct on (u.zone) u.matched, u.finished_at from audience_run u
                  where u.automation_id = a.id and u.state = 'DONE' and (u.zone = '*') = (a.trigger_kind = 'REAL_TIME') order by u.zone, u.id desc) x) r on true
                left join lateral (select case when u.state = 'REQUESTED' then 'FAILED' else u.state end trouble from audience_run u where u.automation_id = a.id and a.state = 'ACTIVE'
                  and (u.state in ('FAILED', 'MISSED') or u.state = 'REQUESTED' and u.tries > 0)
                  and u.id > coalesce((select max(d.id) from (select id from audience_run d where d.automation_id = a.id and d.zone = u.zone and d.state = 'DONE' order by d.slot desc limit 1) d), 0)
                  order by u.id desc limit 1) n on true
                left join (select m.automation_id, count(*) sent from message m where m.created_at >= :since and m.accepted_at is not null and (:all or m.location_id = any(:locations)) group by 1) s
                  on s.automation_id = a.id
                left join (%3$s) q on q.automation_id = a.id
                where (:after::bigint is null or (lower(a.name), a.id) > (select lower(b.name), b.id from automation b where b.id = :after::bigint)) and %1$s
                order by lower(a.name), a.id limit :most""".formatted(VISIBLE, COVERED, REPLIES))
            .bind("since", now.minus(COUNTED)).bind("after", number(after)).bind("most", Part.SIZE + 1).bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).map(ConstructorMapper.of(Row.class)).list());
        return part(rows, Row::id);
    }

    /** Newest first. {@code after} is the part before's {@link Part#next}. */
    public Part<Run> runs(Scope scope, long automation, String after) {
        List<Run> rows = jdbi.withHandle(h -> h.createQuery("select r.id, r.zone, r.slot, case when r.state = 'REQUESTED' and exists (select from pg_locks k where k.locktype = 'advisory' "
                + "and k.database = (select oid from pg_database where datname = current_database()) and k.classid = 25 and k.objid = r.id % 2147483647 and k.granted) then 'RUNNING' else r.state end state, "
                + "r.considered, r.matched, r.planned, r.already, r.capped, r.without_consent, r.without_address, r.too_late, r.silent, r.error, " + COVERED
                + " told from audience_run r join automation a on a.id = r.automation_id where a.id = :automation and (:before::bigint is null or r.id < :before::bigint) and " + VISIBLE
                + " order by r.id desc limit :most")
            .bind("automation", automation).bind("before", number(after)).bind("most", Part.SIZE + 1)
            .bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).map(ConstructorMapper.of(Run.class)).map(Run::seen).list());
        return part(rows, Run::id);
    }

    private static Long number(String after) { return after != null && after.matches("\\d{1,18}") ? Long.valueOf(after) : null; }

    private static <T> Part<T> part(List<T> rows, ToLongFunction<T> id) {
        return rows.size() <= Part.SIZE ? new Part<>(rows, null) : new Part<>(rows.subList(0, Part.SIZE), String.valueOf(id.applyAsLong(rows.get(Part.SIZE - 1))));
    }
}
