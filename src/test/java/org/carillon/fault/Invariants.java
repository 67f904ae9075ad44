package org.carillon.fault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.Set;
import java.util.TreeSet;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * I1 to I9 of reliability.md section 8, after quiescence: the application's books against the {@link Oracle}. Commit times come from PostgreSQL itself
 * (track_commit_timestamp), so "earlier committed" is meant literally.
 */
final class Invariants {

    /** A promise that does not hold. @param examples a few of those concerned */
    record Finding(String invariant, String what, long count, List<String> examples) {

        @Override public String toString() { return invariant + ": " + what + " (" + count + "), such as " + examples; }
    }

    private static final String STANDING = "I6 claimed or sending for more than three minutes";
    private static final String HOURS = "I4 submitted while the location is closed";
    private static final String LAW = "I4 an offer by SMS outside the hours of LAW-10";
    private static final String PACE = "I9 more than the rate and a tenth within a second";
    private static final String UNKNOWN = "(select count(*) from attempt_outcome o where o.message_id = t.id and o.part_no = t.part and o.verdict = 'UNKNOWN')";
    private static final String FLAGGED = "(select count(*) from attempt a where a.message_id = t.id and a.part_no = t.part and a.possible_duplicate)";
    /** Submits that may have reached the phone, of each part: taken, or cut off without an answer. */
    private static final String TWICE = "(select m.id, m.unknown_policy, s.part, count(*) n from fault.submit s join message m on m.recipient = s.recipient where s.answer <= 0 "
        + "group by m.id, m.unknown_policy, s.part having count(*) > 1) t";
    private static final String REF = "('x' || right(a.wire_ref::text, 4))::bit(16)::int";

    private static final String CONSERVED = "select coalesce(m.id, d.message_id) || ' ' || coalesce(m.state, 'nothing') || ' ' || coalesce(d.state, 'nothing') from message m "
        + "full join message_due d on d.message_id = m.id where (m.state is null) = (d.message_id is null)";

    /** What the application's clock showed when a submit may have been decided, at most 30 seconds before it: at both ends of that, and before and after each jump in between. */
    private static final String CLOCKS = "select t from (select at, offset_ms * interval '1 ms' as shown, lead(at) over (order by at) as until from fault.jump) j, "
        + "lateral (values (least(s.at, j.until) + j.shown), (greatest(s.at - interval '30 seconds', j.at) + j.shown)) v (t) where j.at <= s.at and (j.until is null or j.until > s.at - interval '30 seconds')";
    private static final String DECIDED = "array(" + CLOCKS + ") as decided";

    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    static {
        QUERIES.put("I1 acknowledged and not in the books",
            "select a.recipient from fault.accepted a where a.certain and not exists (select from message m where m.recipient = a.recipient)");
        QUERIES.put("I1 not in a final state", "select m.id || ' ' || m.state || ' ' || coalesce(m.reason, '') from message_now m where m.live");
        QUERIES.put("I1 never released", "select p.id || ' ' || p.state || ' ' || coalesce(p.reason, '') from planned_notification p where p.state in ('PLANNED', 'HELD')");
        QUERIES.put("I1 said to be taken, and the provider never saw all of it", "select m.id || ' ' || m.state from message m where m.state in ('ACCEPTED', 'DELIVERED', 'UNDELIVERED') "
            + "and (select count(distinct s.part) from fault.submit s where s.recipient = m.recipient and s.answer = 0) < m.parts");
        QUERIES.put("I1 expired before its time", "select m.id::text from message m join message_event e on e.message_id = m.id and e.to_state = 'EXPIRED' "
            + "where e.reason = 'EXPIRED' and e.at < m.expires_at");
        QUERIES.put("I1 failed, and the provider never refused it", "select m.id || ' ' || m.reason from message m where m.state = 'FAILED' "
            + "and not exists (select from fault.submit s where s.recipient = m.recipient and s.answer > 0)");
        QUERIES.put("I7 released in pieces, not in one transaction", "select p.id::text from planned_notification p join message_event e on e.message_id = p.message_id and e.from_state = 'NEW' "
            + "where p.state = 'RELEASED' and p.xmin <> e.xmin");
        QUERIES.put("I2 more submits than unknown outcomes explain", "select t.id || ': ' || t.n || ' submits' from " + TWICE + " where t.n - 1 > " + UNKNOWN);
        QUERIES.put("I2 more submits than are flagged", "select t.id || ': ' || t.n || ' submits' from " + TWICE + " where t.n - 1 > " + FLAGGED);
        QUERIES.put("I2 an extra submit whose own attempt is not flagged", "select t.id || ' ref ' || t.ref from (select m.id, s.part, s.ref, row_number() over (partition by m.id, s.part "
            + "order by s.at, s.n) k from fault.submit s join message m on m.recipient = s.recipient where s.answer <= 0 and s.protocol <> 'SMTP') t where t.k > 1 and not exists "
            + "(select from attempt a where a.message_id = t.id and a.part_no = t.part and a.possible_duplicate and " + REF + " = t.ref::int)");
        QUERIES.put("I2 sent twice against its policy, or three times", "select t.id || ': ' || t.n || ' submits' from " + TWICE + " where t.unknown_policy = 'NO_RESEND' or t.n > 2");
        QUERIES.put("I3 submitted after its expiry", "select m.id || ' ' || s.app_at - m.expires_at from fault.submit s join message m on m.recipient = s.recipient "
            + "where coalesce((select min(t) from (" + CLOCKS + ") decided), s.app_at - interval '30 seconds') > m.expires_at");
        QUERIES.put("I3 submitted after it was stopped", "select m.id || ' ' || e.to_state from fault.submit s join message m on m.recipient = s.recipient join message_event e "
            + "on e.message_id = m.id and e.to_state in ('CANCELLED', 'SUPPRESSED', 'EXPIRED') where s.at > pg_xact_commit_timestamp(e.xmin) + interval '30 seconds'");
        QUERIES.put("I3 submitted after an opt-out", "select m.id::text from fault.submit s join message m on m.recipient = s.recipient join suppression x "
            + "on x.channel = m.channel and x.address = m.recipient and x.released_at is null where s.at > pg_xact_commit_timestamp(x.xmin) + interval '30 seconds'");
        QUERIES.put("I5 submitted without an attempt that was committed before", "select coalesce(m.id::text, 'no message') || ' ' || s.recipient from fault.submit s left join message m "
            + "on m.recipient = s.recipient where s.protocol <> 'SMTP' and not exists (select from attempt a where a.message_id = m.id and a.part_no = s.part and " + REF
            + " = s.ref::int and pg_xact_commit_timestamp(a.xmin) <= s.at)");
        QUERIES.put("I5 an e-mail submitted more often than attempts were committed before", "select coalesce(t.id::text, 'no message') || ' ' || t.ref from (select m.id, s.ref, s.at, "
            + "row_number() over (partition by s.recipient order by s.at, s.n) k from fault.submit s left join message m on m.recipient = s.recipient and m.mail_message_id = s.ref "
            + "where s.protocol = 'SMTP') t where t.k > (select count(*) from attempt a where a.message_id = t.id and pg_xact_commit_timestamp(a.xmin) <= t.at)");
        QUERIES.put(STANDING, "select d.message_id || ' ' || d.state || ' ' || d.owner_node from message_due d where d.state in ('CLAIMED', 'SENDING') "
            + "and (select max(e.at) from message_event e where e.message_id = d.message_id) < (select clock_timestamp() + offset_ms * interval '1 ms' from application_clock) - interval '3 minutes'");
        QUERIES.put("I7 its history is not a path", "select e.message_id || ' ' || coalesce(e.before, 'nothing') || ', then ' || e.from_state || ' to ' || e.to_state from (select message_id, "
            + "from_state, to_state, lag(to_state) over (partition by message_id order by id) as before from message_event) e where coalesce(e.before, 'NEW') <> e.from_state "
            + "or not message_transition_is_legal(e.from_state, e.to_state)");
        QUERIES.put("I7 its history does not end in its state", "select m.id || ' ' || coalesce(m.state, 'nothing') from message_now m left join lateral (select to_state from message_event e "
            + "where e.message_id = m.id order by id desc limit 1) l on true where l.to_state is distinct from m.state");
        QUERIES.put("I7 sent without an attempt, or the other way round", "select m.id::text from message m where (select count(*) from message_event e where e.message_id = m.id "
            + "and e.to_state = 'SENDING') <> (select count(distinct claim_seq) from attempt a where a.message_id = m.id)");
        QUERIES.put("I7 an attempt without outcome", "select a.message_id || ' ' || a.claim_seq from attempt a join message m on m.id = a.message_id where m.state is not null "
            + "and not exists (select from attempt_outcome o where o.message_id = a.message_id and o.part_no = a.part_no and o.claim_seq = a.claim_seq)");
        QUERIES.put("I8 the sum of all states is not what was accepted", "select 'location ' || coalesce(a.location_id, m.location_id) || ': ' || coalesce(a.n, 0) || ' accepted, ' || coalesce(m.n, 0) "
            + "|| ' in the books' from (select location_id, count(*) n from fault.accepted x where x.certain or exists (select from message where recipient = x.recipient) group by 1) a "
            + "full join (select location_id, count(*) n from message group by 1) m on m.location_id = a.location_id where coalesce(a.n, 0) <> coalesce(m.n, 0)");
        QUERIES.put("I8 neither live nor settled, or both", CONSERVED);
    }

    private final Jdbi owner;

    Invariants(Jdbi owner) { this.owner = owner; }

    /** What holds at any instant, also in the middle of a fault: the part of I8 that is conservation (REL-27), and I6. */
    List<Finding> meanwhile() { return owner.withHandle(h -> Stream.concat(ask(h, "I8 neither live nor settled, or both", CONSERVED).stream(), standing(Duration.ofMinutes(3)).stream()).toList()); }

    /** I6 by real time, whatever the application's clock was moved by. */
    List<Finding> standing(Duration age) {
        return owner.withHandle(h -> ask(h, STANDING, "select d.message_id || ' ' || d.state || ' ' || d.owner_node from message_due d where d.state in ('CLAIMED', 'SENDING') and (select "
            + "max(pg_xact_commit_timestamp(e.xmin)) from message_event e where e.message_id = d.message_id) < clock_timestamp() - interval '" + age.toSeconds() + " seconds'"));
    }

    /** @param rate of the SMS route, submits a second */
    List<Finding> judge(int rate) {
        return owner.withHandle(h -> {
            List<Finding> findings = new ArrayList<>();
            QUERIES.forEach((name, sql) -> findings.addAll(ask(h, name, sql)));
            findings.addAll(hours(h));
            findings.addAll(offers(h));
            findings.addAll(ask(h, PACE, "select at || ': ' || n from (select s.at, count(*) over (order by s.at range between current row "
                + "and interval '999 milliseconds' following) n from fault.submit s where s.protocol = 'SMPP' and not exists (select from fault.rough r where s.at between r.from_at and r.to_at)) t "
                + "where n > " + Math.floor(rate * 1.1 + 1)));
            return findings;
        });
    }

    /** Of all checks. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(QUERIES.keySet());
        names.addAll(List.of(HOURS, LAW, PACE));
        return names;
    }

    /** I4; an attempt that was under way when the location closed had 30 seconds. */
    private static List<Finding> hours(Handle h) {
        Map<Long, BusinessCalendar> calendars = new LinkedHashMap<>();
        h.createQuery("select id, zone, opening_hours, holidays from location").map((r, c) -> Map.entry(r.getLong(1),
            new BusinessCalendar(OpeningHours.parse(r.getString(3)), Holidays.parse(r.getString(4)), ZoneId.of(r.getString(2))))).forEach(e -> calendars.put(e.getKey(), e.getValue()));
        List<String> outside = h.createQuery("select m.id, m.location_id, s.app_at, " + DECIDED + " from fault.submit s join message m on m.recipient = s.recipient where m.hours_only").map((r, c) -> {
            BusinessCalendar calendar = calendars.get(r.getLong("location_id"));
            return decided(r).anyMatch(calendar::openAt) ? "" : r.getLong("id") + " at " + r.getObject("app_at");
        }).filter(found -> !found.isEmpty()).list();
        return told(HOURS, outside);
    }

    /** The garage's customers have numbers of Montréal: from nine to eight, at weekends from ten to six; likewise with 30 seconds. */
    private static List<Finding> offers(Handle h) {
        return told(LAW, h.createQuery("select m.id, s.app_at, " + DECIDED + " from fault.submit s join message m on m.recipient = s.recipient where m.purpose = 'MARKETING' and m.channel = 'SMS'")
            .map((r, c) -> decided(r).anyMatch(Invariants::lawful) ? "" : r.getLong("id") + " at " + r.getObject("app_at")).filter(found -> !found.isEmpty()).list());
    }

    private static Stream<Instant> decided(ResultSet row) throws SQLException {
        return Stream.concat(Stream.of((Timestamp) row.getObject("app_at")), Arrays.stream((Timestamp[]) row.getArray("decided").getArray())).map(Timestamp::toInstant);
    }

    private static boolean lawful(Instant at) {
        ZonedDateTime there = at.atZone(ZoneId.of("America/Toronto"));
        boolean weekend = there.getDayOfWeek().getValue() > 5;
        return there.getHour() >= (weekend ? 10 : 9) && there.getHour() < (weekend ? 18 : 20);
    }

    private static List<Finding> told(String name, List<String> found) {
        return found.isEmpty() ? List.of() : List.of(new Finding(name.substring(0, 2), name.substring(3), found.size(), found.subList(0, Math.min(5, found.size()))));
    }

    private static List<Finding> ask(Handle h, String name, String sql) {
        long count = h.createQuery("select count(*) from (" + sql + ") found").mapTo(Long.class).one();
        return count == 0 ? List.of() : List.of(new Finding(name.substring(0, 2), name.substring(3), count,
            h.createQuery("select * from (" + sql + ") found limit 5").mapTo(String.class).list()));
    }
}
