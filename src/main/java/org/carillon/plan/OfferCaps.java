package org.carillon.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.carillon.delivery.NewMessage;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * How many offers one person gets, whatever asks for them (REL-54, P-27): so many in 24 hours, so many in 30 days, and not the same text to the same
 * address within ten minutes. Counted while the person and the address are locked until the transaction ends, so that releasers on any number of
 * nodes count one after the other.
 * <p>
 * Not counted again when a message leaves (T6): it counts from its release, so whatever is released later already gives way to it, and what waited long
 * because its route was shut expires or is held with the backlog. The departure locks messages in the order of their numbers and takes no lock on persons;
 * to take both would let two nodes wait for each other, on the one path that must not stop.
 */
final class OfferCaps {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration SAME_TEXT = Duration.ofMinutes(10);
    /** What was stopped before it left is no offer made. */
    private static final String MADE = "purpose = 'MARKETING' and created_at > :since and coalesce(state, '') not in ('CANCELLED', 'SUPPRESSED', 'EXPIRED', 'FAILED')";

    /** An offer before, to the same person or to the same address on another card. */
    private record Made(Long customerId, String recipient, Instant at) {
        boolean concerns(NewMessage m) { return recipient.equals(m.recipient()) || customerId != null && customerId.equals(m.customerId()); }
    }

    /** @param print of the subject and text as released, which an e-mail's own link is no part of yet */
    private record Said(String to, String print) {
        static Said of(NewMessage m) { return new Said(m.recipient(), Fingerprint.of(m.subjectLine(), m.text())); }
    }

    private OfferCaps() { }

    /** Turns what would be too much into a refusal; everything but offers stays as it is. */
    static void apply(Handle h, Map<Long, Release> decisions, Instant now) {
        List<NewMessage> offers = decisions.values().stream().filter(r -> r instanceof Release.Send s && s.message().purpose() == Purpose.MARKETING)
            .map(r -> ((Release.Send) r).message()).toList();
        if (offers.isEmpty()) {
            return;
        }
        lock(h, offers);
        int[] caps = h.createQuery("select cap_offers_day, cap_offers_month from company").map((r, c) -> new int[] {r.getInt(1), r.getInt(2)}).findOne().orElse(new int[] {1, 4});
        List<Made> made = made(h, offers, now);
        Set<Said> said = said(h, offers, now);
        decisions.replaceAll((id, release) -> {
            if (!(release instanceof Release.Send send) || send.message().purpose() != Purpose.MARKETING) {
                return release;
            }
            if (!said.add(Said.of(send.message()))) {
                return Release.skip(Reason.DUPLICATE_TEXT);
            }
            List<Instant> before = made.stream().filter(m -> m.concerns(send.message())).map(Made::at).toList();
            if (before.size() >= caps[1] || before.stream().filter(at -> at.isAfter(now.minus(DAY))).count() >= caps[0]) {
                return Release.skip(Reason.FREQUENCY_CAP);
            }
            made.add(new Made(send.message().customerId(), send.message().recipient(), now));
            return release;
        });
    }

    /** In one order everywhere, so that nobody waits in a circle. A number that two share by chance makes them wait, no more. */
    private static void lock(Handle h, List<NewMessage> offers) {
        long[] keys = offers.stream().flatMapToLong(m -> LongStream.of(key("person " + m.customerId()), key(m.recipient()))).sorted().distinct().toArray();
        h.createQuery("select count(pg_advisory_xact_lock(k)) from unnest(:keys) as t(k)").bind("keys", LongStream.of(keys).boxed().toArray(Long[]::new)).mapTo(Long.class).one();
    }

    private static long key(String text) {
        long hash = 0x0FFE_2C4B_5354_0054L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    // statements of their own: only a new snapshot shows what was committed while we waited for the locks

    private static List<Made> made(Handle h, List<NewMessage> offers, Instant now) {
        return new ArrayList<>(since(h.createQuery("select customer_id, recipient, created_at from message where (customer_id = any(:ids) or recipient = any(:to)) and " + MADE), now.minus(MONTH))
            .bind("ids", offers.stream().map(NewMessage::customerId).distinct().toArray(Long[]::new)).bind("to", offers.stream().map(NewMessage::recipient).distinct().toArray(String[]::new))
            .map((r, c) -> new Made((Long) r.getObject(1), r.getString(2), r.getTimestamp(3).toInstant())).list());
    }

    /** By the key of their release: what is stored of an offer by e-mail ends with a link that no other has. */
    private static Set<Said> said(Handle h, List<NewMessage> offers, Instant now) {
        return new HashSet<>(since(h.createQuery("select recipient, (select regexp_replace(collapse_key, '^.*:', '') from planned_notification p where p.id = plan_id) from message "
                + "where recipient = any(:to) and " + MADE), now.minus(SAME_TEXT))
            .bind("to", offers.stream().map(NewMessage::recipient).distinct().toArray(String[]::new)).map((r, c) -> new Said(r.getString(1), r.getString(2))).list());
    }

    private static Query since(Query query, Instant since) { return query.bind("since", since); }
}
