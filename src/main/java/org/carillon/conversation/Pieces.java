package org.carillon.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.carillon.delivery.InboundText;
import org.jdbi.v3.core.Handle;

/** Long texts come in pieces, in any order and some twice; they are kept until the last is there, and a day longer: a provider repeats what it got no answer for (REL-24). */
final class Pieces {

    private static final Duration STALE = Duration.ofHours(24);

    private Pieces() { }

    /** The whole text when this was its last missing piece. Pieces of one text wait for each other. */
    static Optional<InboundText> add(Handle h, InboundText text) {
        InboundText.Piece piece = text.piece();
        h.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 24))").bind("key", text.from() + ":" + piece.ref()).mapTo(String.class).findOne();
        // references come around again: after a day, or with other words
        h.createUpdate("delete from inbound_part where " + KEY + " and (at < :before or exists (select from inbound_part j where j.joined_at is not null and j.part_no = :number and j.text <> :text and "
                + KEY.replaceAll("(\\w+) = :", "j.$1 = :") + "))").bindMap(key(text)).bind("before", text.at().minus(STALE)).bind("number", piece.number()).bind("text", text.text()).execute();
        h.createUpdate("insert into inbound_part (route, sender, recipient, concat_ref, total, part_no, text, at) "
                + "values (:route, :sender, :recipient, :ref, :total, :number, :text, :at) on conflict do nothing")
            .bindMap(key(text)).bind("number", piece.number()).bind("text", text.text()).bind("at", text.at()).execute();
        List<String> texts = h.createQuery("select text from inbound_part where " + KEY + " and joined_at is null order by part_no").bindMap(key(text)).mapTo(String.class).list();
        if (texts.size() < piece.total()) {
            return Optional.empty();
        }
        h.createUpdate("update inbound_part set joined_at = :at where " + KEY).bindMap(key(text)).bind("at", text.at()).execute();
        return Optional.of(text.whole(String.join("", texts)));
    }

    /** Texts whose last piece has not come for a day: what there is of them, so that nothing that was accepted is lost. */
    static List<InboundText> stranded(Handle h, java.time.Instant now) {
        h.createUpdate("delete from inbound_part where joined_at < :before").bind("before", now.minus(STALE)).execute();
        return h.createQuery("""
            with gone as (delete from inbound_part p using (select route, sender, recipient, concat_ref, total from inbound_part where joined_at is null
                group by 1, 2, 3, 4, 5 having max(at) < :before limit 100) s
                where (p.route, p.sender, p.recipient, p.concat_ref, p.total) = (s.route, s.sender, s.recipient, s.concat_ref, s.total)
                returning p.*)
            select route, sender, recipient, string_agg(text, ' […] ' order by part_no) text, max(at) at from gone group by route, sender, recipient, concat_ref, total""")
            .bind("before", now.minus(STALE)).map((r, c) -> new InboundText(r.getString(1), null, r.getString(2), r.getString(3), r.getString(4), null,
                r.getTimestamp(5).toInstant())).list();
    }

    private static final String KEY = "route = :route and sender = :sender and recipient = :recipient and concat_ref = :ref and total = :total";

    private static java.util.Map<String, Object> key(InboundText text) {
        return java.util.Map.of("route", text.route(), "sender", text.from(), "recipient", text.to(), "ref", text.piece().ref(), "total", text.piece().total());
    }
}
