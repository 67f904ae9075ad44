package org.carillon.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.StaffMail;
import org.carillon.fact.ApplicationClock;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Tells staff by e-mail of what was raised: one letter for each person and location, at once, then at most one in a quarter of an hour, however
 * much is raised meanwhile. What ended before it was told is not told.
 */
@ApplicationScoped
public class AlertPost {

    static final Duration PAUSE = Duration.ofMinutes(15);
    private static final Duration WORTH = Duration.ofHours(24);

    private record Place(String name, ZoneId zone, String language, String sender) { }

    private record Hold(long id, long locationId, int sent, int complaints, int bounces, String location, String language, String sender) { }

    private record Reader(long id, String language) { }

    private static final String WAITING = " from alert a where a.location_id = :location and a.ended_at is null and a.mailed_at is null";

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Outbox outbox;
    private final String url;

    protected AlertPost() { this(null, null, null, ""); }

    @Inject
    public AlertPost(Jdbi jdbi, ApplicationClock clock, Outbox outbox, Config config) {
        this(jdbi, clock, outbox, config.getOptionalValue("carillon.publicUrl", String.class).orElse("http://localhost:8080/"));
    }

    AlertPost(Jdbi jdbi, ApplicationClock clock, Outbox outbox, String url) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The letters commit with the mark that they were written: nobody gets two, and none is lost (REL-02). Answers how many. */
    @Transactional(TxType.REQUIRES_NEW)
    public int mail(long location) {
        Instant now = clock.now();
        return jdbi.inTransaction(h -> place(h, location, now).map(place -> mail(h, location, place, now)).orElse(0));
    }

    /** Tells of offers that are held, once for each hold, wherever its alerts are switched on or not (LAW-18). Answers how many letters. */
    @Transactional(TxType.REQUIRES_NEW)
    public int holds() {
        Instant now = clock.now();
        return jdbi.inTransaction(h -> {
            List<Hold> holds = h.createQuery("select o.id, o.location_id, o.sent, o.complaints, o.bounces, l.name, l.language, l.email_from from marketing_hold o join location l on l.id = o.location_id "
                    + "where o.released_at is null and o.told_at is null order by o.id for update of o skip locked")
                .map((r, x) -> new Hold(r.getLong(1), r.getLong(2), r.getInt(3), r.getInt(4), r.getInt(5), r.getString(6), r.getString(7), r.getString(8))).list();
            int written = 0;
            for (Hold hold : holds) {
                written += outbox.mailStaff(readers(h, hold.locationId()).stream().map(reader -> {
                    HoldLetter letter = new HoldLetter(reader.language() == null ? hold.language() : reader.language(), hold.location(), hold.sent(), hold.complaints(), hold.bounces(), url);
                    return new StaffMail(hold.locationId(), reader.id(), hold.sender(), letter.subject(), letter.text(), now.plus(WORTH));
                }).toList()).size();
                h.createUpdate("update marketing_hold set told_at = :now where id = :id").bind("now", now).bind("id", hold.id()).execute();
            }
            return written;
        });
    }

    private int mail(Handle h, long location, Place place, Instant now) {
        Map<AlertKind, Integer> counts = new EnumMap<>(AlertKind.class);
        h.createQuery("select a.kind, count(*)" + WAITING + " group by 1").bind("location", location)
            .map((r, x) -> Map.entry(AlertKind.valueOf(r.getString(1)), r.getInt(2))).forEach(row -> counts.put(row.getKey(), row.getValue()));
        if (counts.isEmpty()) {
            return 0;
        }
        List<AlertLetter.Line> lines = lines(h, location);
        List<StaffMail> mails = readers(h, location).stream().map(reader -> {
            AlertLetter letter = new AlertLetter(reader.language() == null ? place.language() : reader.language(), place.name(), place.zone(), counts, lines, url);
            return new StaffMail(location, reader.id(), place.sender(), letter.subject(), letter.text(), now.plus(WORTH));
        }).toList();
        int written = outbox.mailStaff(mails).size();
        h.createUpdate("update alert set mailed_at = :now where location_id = :location and ended_at is null and mailed_at is null").bind("now", now).bind("location", location).execute();
        h.createUpdate("update alert_place set mailed_at = :now where location_id = :location").bind("now", now).bind("location", location).execute();
        return written;
    }

    /** Locked, so that two nodes write one letter; empty where the last one is too fresh. */
    private static Optional<Place> place(Handle h, long location, Instant now) {
        return h.createQuery("select l.name, l.zone, l.language, l.email_from from alert_place p join location l on l.id = p.location_id "
                + "where p.location_id = :location and (p.mailed_at is null or p.mailed_at <= :before) for update of p")
            .bind("location", location).bind("before", now.minus(PAUSE))
            .map((r, x) -> new Place(r.getString(1), ZoneId.of(r.getString(2)), r.getString(3), r.getString(4))).findOne();
    }

    private static List<AlertLetter.Line> lines(Handle h, long location) {
        return h.createQuery("select a.kind, a.cause_at, coalesce(nullif(o.reference, ''), o.ref, '') number, coalesce(c.name, '') customer, coalesce(m.channel, p.channel) channel, "
                + "coalesce(nullif(concat_ws(' ', nullif(v.make, ''), nullif(v.model, ''), v.year), ''), o.object_label, '') object, coalesce(m.state, p.state) state "
                + "from (select a.*" + WAITING + " order by case a.kind when 'OVERDUE' then 0 when 'FAILED' then 1 else 2 end, a.cause_at, a.id limit :most) a "
                + "left join message m on a.object_type = 'MESSAGE' and m.id = a.object_id left join planned_notification p on a.object_type = 'PLAN' and p.id = a.object_id "
                + "left join work_order o on o.id = case when a.object_type = 'ORDER' then a.object_id when coalesce(m.subject_type, p.subject_type) = 'ORDER' "
                + "then coalesce(m.subject_id, p.subject_id) end "
                + "left join vehicle v on v.id = o.vehicle_id left join customer c on c.id = coalesce(m.customer_id, p.customer_id, o.customer_id) "
                + "order by case a.kind when 'OVERDUE' then 0 when 'FAILED' then 1 else 2 end, a.cause_at, a.id")
            .bind("location", location).bind("most", AlertLetter.MOST)
            .map((r, x) -> new AlertLetter.Line(AlertKind.valueOf(r.getString("kind")), r.getTimestamp("cause_at").toInstant(), r.getString("number"), r.getString("object"),
                r.getString("customer"), r.getString("channel"), r.getString("state"))).list();
    }

    /** Those who were chosen and work there still; else its managers; where it has none, the administrators. */
    private static List<Reader> readers(Handle h, long location) {
        return h.createQuery("""
            with present as (select s.id, s.language, s.role, x.location_id is not null as here, r.staff_id is not null as chosen from staff s
                  left join staff_location x on x.staff_id = s.id and x.location_id = :location left join alert_recipient r on r.staff_id = s.id and r.location_id = :location
                 where s.active and s.password is not null and (s.role = 'ADMINISTRATOR' or s.role in ('MANAGER', 'ADVISOR') and x.location_id is not null)),
              ranked as (select *, case when chosen then 1 when role = 'MANAGER' then 2 when role = 'ADMINISTRATOR' then 3 end as rank from present)
            select id, language from ranked where rank = (select min(rank) from ranked) order by id""").bind("location", location)
            .map((r, x) -> new Reader(r.getLong(1), r.getString(2))).list();
    }
}
