package org.carillon.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.carillon.customer.CalledParty;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OfferHours;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.QuietHours;
import org.jdbi.v3.core.Handle;

/**
 * Out of the door, on paper (T6): lock, ask every guard again, write the attempts. Bytes may leave only after this transaction committed. What
 * a guard refuses is stopped or waits (T6b).
 */
final class Departures {

    /** One part to submit, its attempt written. */
    record Piece(int partNo, String text, int concatRef, boolean possibleDuplicate, UUID wireRef) { }

    record Departing(Claimed message, List<Piece> pieces) { }

    private record Row(Candidate candidate, Claimed message, Clearance.Facts facts) { }

    private record Line(Claimed message, Piece piece) { }

    private record Going(Candidate candidate, Departing departing) { }

    private static final Logger LOG = System.getLogger(Departures.class.getName());

    private Departures() { }

    /**
     * What was claimed before and is still owned by this life under the same number; the rest was cancelled, expired or recovered meanwhile. Locked in the order of the numbers.
     */
    static List<Candidate> lock(Handle h, Node.Life owner, List<Claimed> claims) {
        Map<Long, Claimed> byId = new HashMap<>();
        claims.forEach(c -> byId.put(c.messageId(), c));
        return h.createQuery("select message_id, claim_seq, lease_until, cancel_requested from message_due where message_id = any(:ids) and state = 'CLAIMED' "
            + "and owner_node = :node and owner_epoch = :epoch order by message_id for update")
            .bind("ids", Columns.longs(claims, Claimed::messageId)).bind("node", owner.id()).bind("epoch", owner.epoch())
            .map((r, c) -> {
                Claimed m = byId.get(r.getLong(1));
                return m.claimSeq() != r.getInt(2) ? null : new Candidate(m.messageId(), m.claimSeq(), null, m.priority(), m.nextAttemptAt(), m.attempts(), m.resends(), m.doubted(), m.locationId(),
                    r.getTimestamp(3).toInstant(), r.getString(4));
            }).list().stream().filter(java.util.Objects::nonNull).toList();
    }

    /**
     * Clears locked messages in the given order until the room is full; those that it does not come to stay as they were.
     *
     * @param room parts that may leave; the last message may have some more
     */
    static List<Departing> clear(Handle h, Node.Life owner, String route, List<Candidate> locked, int room, Instant now, Deadlines deadlines) {
        List<Row> going = new ArrayList<>();
        List<Candidate> staying = new ArrayList<>();
        List<Ledger.Settled> stopped = new ArrayList<>();
        List<Ledger.Moved> waiting = new ArrayList<>();
        List<Ledger.Moved> held = new ArrayList<>();
        int parts = 0;
        for (Row row : facts(h, route, withoutTaken(h, owner, locked, now), now)) {
            if (parts >= room) {
                break;
            }
            Clearance clearance = Clearance.of(row.message(), row.facts(), now, deadlines);
            if (clearance instanceof Clearance.Go) {
                parts += row.message().parts();
                going.add(row);
                continue;
            }
            staying.add(row.candidate());
            if (clearance instanceof Clearance.Stop stop) {
                stopped.add(new Ledger.Settled(row.message().messageId(), stop.to(), stop.reason()));
            } else if (clearance instanceof Clearance.Hold hold) {
                waiting.add(new Ledger.Moved(row.message().messageId(), MessageState.QUEUED, row.message().nextAttemptAt(), 0, 0, null));
                held.add(new Ledger.Moved(row.message().messageId(), MessageState.HELD, row.message().nextAttemptAt(), 0, 0, hold.reason()));
            } else if (clearance instanceof Clearance.Wait wait) {
                waiting.add(new Ledger.Moved(row.message().messageId(), MessageState.QUEUED, wait.until(), 0, 0, wait.reason()));
            }
        }
        Claims.mark(h, owner, staying, now);
        Ledger.settle(h, stopped, owner.actor(), now);
        Ledger.move(h, waiting, owner.actor(), now);
        Ledger.move(h, held, owner.actor(), now);
        return write(h, owner, route, pieces(h, going), now, deadlines);
    }

    /**
     * A receipt of an attempt whose outcome was unknown may have come while the message waited in the queue, where nothing applies it: the last moment to hear of it
     * (T12). Asked after all locks were had.
     */
    private static List<Candidate> withoutTaken(Handle h, Node.Life owner, List<Candidate> locked, Instant now) {
        List<Candidate> doubted = locked.stream().filter(Candidate::doubted).toList();
        if (doubted.isEmpty()) {
            return locked;
        }
        Claims.mark(h, owner, doubted, now);  // evidence reaches what is claimed
        List<Long> ids = doubted.stream().map(Candidate::messageId).toList();
        Receipts.learnt(h, ids, now);
        List<Long> left = h.createQuery("select message_id from message_due where message_id = any(:ids) and state = 'CLAIMED'").bind("ids", ids.toArray(Long[]::new))
            .mapTo(Long.class).list();
        return locked.stream().filter(c -> !c.doubted() || left.contains(c.messageId())).map(c -> c.doubted() ? c.claimed() : c).toList();
    }

    private static List<Row> facts(Handle h, String route, List<Candidate> locked, Instant now) {
        if (locked.isEmpty()) {
            return List.of();
        }
        Map<Long, Candidate> byId = new HashMap<>();
        locked.forEach(c -> byId.put(c.messageId(), c));
        Map<Long, Row> rows = new HashMap<>();
        // also makes sure that this transaction's commit is on disk before a byte leaves, whatever the server's default
        h.createQuery("""
            select m.id, m.created_at, m.expires_at, m.channel, m.purpose, m.location_id, m.customer_id, m.automation_id, m.hours_only, m.recipient, m.sender, m.subject_line, m.text,
                m.mail_message_id, m.parts, m.ucs2, m.alphabet, m.long_messages,
                m.plan_rev, s.id as suppression_id, r.held_at is not null as sender_held, mh.location_id is not null as offers_held, a.id as known_automation, a.state as automation_state, a.deleted, a.rev,
                c.id as known_customer, c.sms_consent or m.answers is not null as sms_consent, c.email_consent or m.answers is not null as email_consent,
                c.marketing_consent or coalesce(c.implied_until > :now and l.country = 'CA' and co.implied_consent, false) as marketing_consent,
                case when m.hours_only or p.reminder or m.purpose = 'MARKETING' or a.by_audience then l.zone end as zone, p.reminder, coalesce(a.by_audience, false) as audience,
                a.days, a.period_from, a.period_to, coalesce(a.trigger_kind = 'REAL_TIME', false) as real_time, l.country, co.offer_hours, l.quiet_from, l.quiet_to,
                case when m.hours_only or a.trigger_kind = 'REAL_TIME' then l.opening_hours end as opening_hours, case when m.hours_only or a.trigger_kind = 'REAL_TIME' then l.holidays end as holidays, set_config('synchronous_commit', 'on', true)
              from message m
              left join suppression s on s.channel = m.channel and s.address = m.recipient and s.released_at is null and not m.despite_stop
                and (m.subject_type is distinct from 'STAFF' or s.reason = 'ADDRESS_BOUNCED')  -- an opt-out is the customer's, a bounce is the address's
                and (s.scope = 'ALL' or m.purpose = 'MARKETING')
              left join sender_run r on r.route = :route and r.sender = m.sender and r.held_at is not null
              left join marketing_hold mh on m.purpose = 'MARKETING' and mh.location_id = m.location_id and mh.released_at is null
              left join automation a on a.id = m.automation_id
              left join customer c on c.id = m.customer_id
              left join location l on l.id = m.location_id
              left join planned_notification p on p.id = m.plan_id
              left join company co on m.purpose = 'MARKETING'
             where m.id = any(:ids)""").bind("route", route).bind("now", now).bind("ids", Columns.longs(locked, Candidate::messageId))
            .map((r, c) -> {
                Candidate candidate = byId.get(r.getLong("id"));
                Claimed message = Claimed.of(candidate, r);
                return new Row(candidate, message, read(r, candidate, message));
            }).forEach(row -> rows.put(row.candidate().messageId(), row));
        return locked.stream().map(c -> rows.get(c.messageId())).filter(java.util.Objects::nonNull).toList();
    }

    private static Clearance.Facts read(ResultSet r, Candidate locked, Claimed message) throws SQLException {
        Clearance.Automation automation = r.getObject("known_automation") == null ? null
            : new Clearance.Automation("ACTIVE".equals(r.getString("automation_state")), r.getBoolean("deleted"), r.getInt("rev"));
        Clearance.Consents consents = r.getObject("known_customer") == null ? null
            : new Clearance.Consents(r.getBoolean("sms_consent"), r.getBoolean("email_consent"), r.getBoolean("marketing_consent"));
        return judged(r, locked, message, automation, consents);
    }

    /** Hours that cannot be read hold up this message, not the queue. */
    private static Clearance.Facts judged(ResultSet r, Candidate locked, Claimed message, Clearance.Automation automation, Clearance.Consents consents) throws SQLException {
        boolean stopped = r.getObject("suppression_id") != null;
        Clearance.Hours hours = Clearance.Hours.BROKEN;
        OfferHours offers = null;
        try {
            offers = offers(r, message);
            hours = hours(r);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the opening hours for message " + r.getLong("id") + " cannot be read", e);
        }
        return new Clearance.Facts(locked.leaseUntil(), locked.cancelRequested(), r.getInt("plan_rev"), stopped, r.getBoolean("sender_held"), r.getBoolean("offers_held"), automation, consents, hours, offers);
    }

    private static Clearance.Hours hours(ResultSet r) throws SQLException {
        boolean audience = r.getBoolean("audience");
        if (r.getString("zone") == null || !r.getBoolean("hours_only") && !r.getBoolean("reminder") && !audience) {
            return Clearance.Hours.ANY;
        }
        ZoneId zone = ZoneId.of(r.getString("zone"));
        boolean realTime = r.getBoolean("real_time");
        if (!r.getBoolean("hours_only") && !realTime) {
            return new Clearance.Hours(null, quiet(r), zone, false);
        }
        BusinessCalendar shop = new BusinessCalendar(OpeningHours.parse(r.getString("opening_hours")), Holidays.parse(r.getString("holidays")), zone);
        BusinessCalendar hours = realTime ? shop.within(OpeningHours.days(r.getString("days")), r.getObject("period_from", LocalTime.class), r.getObject("period_to", LocalTime.class)) : shop;
        return new Clearance.Hours(hours, audience ? quiet(r) : QuietHours.NONE, zone, false);
    }

    private static QuietHours quiet(ResultSet r) throws SQLException {
        return new QuietHours(r.getObject("quiet_from", LocalTime.class), r.getObject("quiet_to", LocalTime.class));
    }

    /** LAW-08 to 10, REL-55: judged again at the last moment. */
    private static OfferHours offers(ResultSet r, Claimed message) throws SQLException {
        if (message.purpose() != Purpose.MARKETING || r.getString("zone") == null) {
            return null;
        }
        ZoneId zone = ZoneId.of(r.getString("zone"));
        String own = r.getString("offer_hours");
        OpeningHours narrower = own == null || own.isEmpty() ? null : OpeningHours.parse(own);
        return message.channel() == Channel.EMAIL ? OfferHours.email(zone, quiet(r), narrower)
            : OfferHours.sms(new OfferHours.Whereabouts(r.getString("country"), zone), CalledParty.of(message.recipient()), quiet(r), narrower);
    }

    /** Parts that the provider took before are not submitted again (REL-25). */
    private static List<Going> pieces(Handle h, List<Row> going) {
        Long[] longOnes = going.stream().map(Row::message).filter(m -> m.parts() > 1).map(Claimed::messageId).toArray(Long[]::new);
        Map<Long, List<Piece>> parts = new HashMap<>();
        if (longOnes.length > 0) {
            h.createQuery("select message_id, part_no, text, concat_ref, state from message_part where message_id = any(:ids) and state <> 'ACCEPTED' order by 1, 2")
                .bind("ids", longOnes).map((r, c) -> Map.entry(r.getLong(1), new Piece(r.getInt(2), r.getString(3), r.getInt(4),
                    "UNKNOWN".equals(r.getString(5)), wireRef())))
                .forEach(e -> parts.computeIfAbsent(e.getKey(), id -> new ArrayList<>()).add(e.getValue()));
        }
        return going.stream().map(row -> new Going(row.candidate(), new Departing(row.message(), row.message().parts() > 1 ? parts.getOrDefault(row.message().messageId(), List.of())
            : List.of(new Piece(1, row.message().text(), 0, row.message().resends() > 0, wireRef()))))).toList();
    }

    /** One write for each row: what was not claimed yet goes from the queue to SENDING at once, and its history tells both steps (T4, T6). */
    private static List<Departing> write(Handle h, Node.Life owner, String route, List<Going> going, Instant now, Deadlines deadlines) {
        if (going.isEmpty()) {
            return List.of();
        }
        List<Departing> departing = going.stream().map(Going::departing).toList();
        List<Candidate> candidates = going.stream().map(Going::candidate).toList();
        List<Line> lines = departing.stream().flatMap(d -> d.pieces().stream().map(p -> new Line(d.message(), p))).toList();
        h.createUpdate("""
            with t as (select * from unnest(:messages, :claims, :froms) as t(id, claim, from_state)),
              s as (update message_due d set state = 'SENDING', owner_node = :node, owner_epoch = :epoch, claim_seq = t.claim, lease_until = :lease, reason = null
                from t where d.message_id = t.id),
              a as (insert into attempt (message_id, part_no, claim_seq, node, epoch, route, wire_ref, body_sha256, possible_duplicate, started_at)
                select id, part, seq, :node, :epoch, :route, ref, decode(hash, 'hex'), duplicate, :now::timestamptz
                  from unnest(:ids, :parts, :seqs, :refs, :hashes, :duplicates) as t(id, part, seq, ref, hash, duplicate))
            insert into message_event (message_id, from_state, to_state, actor, at)
              select id, from_state, 'CLAIMED', :actor, :now::timestamptz from t where from_state is not null
              union all select id, 'CLAIMED', 'SENDING', :actor, :now::timestamptz from t""")
            .bind("lease", now.plus(deadlines.lease())).bind("messages", Columns.longs(candidates, Candidate::messageId)).bind("claims", Columns.integers(candidates, Candidate::claimSeq))
            .bind("froms", Columns.texts(candidates, Candidate::from)).bind("actor", owner.actor())
            .bind("node", owner.id()).bind("epoch", owner.epoch()).bind("route", route).bind("now", now)
            .bind("ids", Columns.longs(lines, l -> l.message().messageId())).bind("parts", Columns.integers(lines, l -> l.piece().partNo()))
            .bind("seqs", Columns.integers(lines, l -> l.message().claimSeq())).bind("refs", lines.stream().map(l -> l.piece().wireRef()).toArray(UUID[]::new))
            .bind("hashes", Columns.texts(lines, l -> hash(l))).bind("duplicates", Columns.booleans(lines, l -> l.piece().possibleDuplicate())).execute();
        return departing;
    }

    /** Unique, not secret. */
    private static UUID wireRef() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() & ~(3L << 62) | 1L << 63);
    }

    private static String hash(Line line) {
        try {
            String body = line.message().channel() == Channel.SMS ? line.piece().text() : line.message().subjectLine() + "\n" + line.piece().text();
            return java.util.HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
