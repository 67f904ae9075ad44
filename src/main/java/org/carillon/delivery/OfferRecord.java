package org.carillon.delivery;

import java.time.Instant;
import java.util.List;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * How the last thousand offers by e-mail of a location were received, since its offers were last let go (LAW-18).
 *
 * @param sent       that left, at most 1,000
 * @param complaints reported as spam
 * @param bounces    to addresses that are no good, whether refused at once or returned
 */
public record OfferRecord(int sent, int complaints, int bounces) {

    /** Of a thousand, as the large mail providers count: 0.3 % is the limit that Gmail names. */
    private static final int COMPLAINTS = 3;
    private static final int BOUNCES_PERCENT = 5;
    /** One wrong address of three is no sign of a bad list. */
    private static final int BOUNCES_AT_LEAST = 5;

    /** Whether offers may go on. Fewer than a thousand are judged by the same numbers of complaints, so that a small shop is not held for one. */
    public boolean good() { return complaints < COMPLAINTS && (bounces < BOUNCES_AT_LEAST || bounces * 100 < sent * BOUNCES_PERCENT); }

    /** Judges the location of this message and holds its offers where that is called for: what is queued goes nowhere, what is due is held (LAW-18). */
    static void judge(Handle h, long messageId, Instant now) {
        h.createQuery("select location_id from message where id = :id and purpose = 'MARKETING' and location_id is not null").bind("id", messageId).mapTo(Long.class).findOne()
            .ifPresent(location -> judgeLocation(h, location, now));
    }

    private static void judgeLocation(Handle h, long location, Instant now) {
        OfferRecord record = h.createQuery("select * from offer_record(:location)").bind("location", location)
            .map(ConstructorMapper.of(OfferRecord.class)).one();
        if (record.good()) {
            return;
        }
        int held = h.createUpdate("insert into marketing_hold (location_id, since, sent, complaints, bounces) values (:location, :now, :sent, :complaints, :bounces) on conflict do nothing")
            .bind("location", location).bind("now", now).bind("sent", record.sent()).bind("complaints", record.complaints()).bind("bounces", record.bounces()).execute();
        if (held > 0) {
            move(h, location, MessageState.QUEUED, MessageState.HELD, now, "reputation");
            System.getLogger(OfferRecord.class.getName()).log(System.Logger.Level.WARNING, "offers of location " + location + " are held: " + record);
        }
    }

    /** Lets go what waits here; what has not become a message yet is the planner's. @return false where nothing was held */
    public static boolean release(Handle h, long location, String actor, Instant now) {
        boolean released = h.createUpdate("update marketing_hold set released_at = :now, released_by = :actor where location_id = :location and released_at is null")
            .bind("now", now).bind("actor", actor).bind("location", location).execute() > 0;
        if (released) {
            move(h, location, MessageState.HELD, MessageState.QUEUED, now, actor);
        }
        return released;
    }

    private static void move(Handle h, long location, MessageState from, MessageState to, Instant now, String actor) {
        List<Long> ids = h.createQuery("select d.message_id from message_due d join message m on m.id = d.message_id where d.location_id = :location and m.purpose = 'MARKETING' "
                + "and d.state = :from and (:from = 'QUEUED' or d.reason = 'MARKETING_HELD') order by d.message_id for update of d")
            .bind("location", location).bind("from", from).mapTo(Long.class).list();
        Ledger.move(h, ids.stream().map(id -> new Ledger.Moved(id, to, now, 0, 0, to == MessageState.HELD ? Reason.MARKETING_HELD : null)).toList(), actor, now);
    }
}
