package org.carillon.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.WordFile;
import org.carillon.template.SmsText;
import org.jdbi.v3.core.Handle;

/** One batch on its way into the queue: numbers, segments and concatenation references first, then one statement for all rows. */
final class Enqueuing {

    /**
     * @param mailMessageId of an e-mail: fixed for good, so that a resend carries the same (MSG-12)
     * @param terms         of the route that it takes
     */
    private record Entry(long id, NewMessage message, SmsText sms, String mailMessageId, String route, SmsTerms terms) {

        int segments() { return sms == null ? 1 : Math.max(1, sms.parts().size()); }

        boolean ucs2() { return sms != null && sms.ucs2(); }
    }

    private record Part(long messageId, int partNo, String text, int concatRef) { }

    private final Handle h;
    private final Instant now;
    private final List<Entry> entries;

    private Enqueuing(Handle h, Instant now, List<Entry> entries) {
        this.h = h;
        this.now = now;
        this.entries = entries;
    }

    /** @param route that all of them take; null: as chosen */
    static Enqueuing of(Handle h, List<NewMessage> messages, MailIds mailIds, Postmarks marks, Routing routing, String route, Instant now) {
        Map<Long, String> languages = languages(h, messages);
        List<Long> ids = h.createQuery("select nextval('message_id_seq') from generate_series(1, :n)").bind("n", messages.size()).mapTo(Long.class).list();
        Routing.Look look = route == null ? routing.look(h, now) : (channel, location, recipient) -> route;
        List<Entry> entries = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            NewMessage message = messages.get(i);
            boolean sms = message.channel() == Channel.SMS;
            String language = languages.get(message.customerId());
            if (isOffer(message) && language != null) {
                message = withLink(message, marks.page(ids.get(i), language), language);
            }
            String way = look.route(message.channel(), message.locationId(), message.recipient());
            SmsTerms terms = sms ? routing.terms(way).orElse(message.terms()) : message.terms();
            entries.add(new Entry(ids.get(i), message, sms ? SmsText.of(message.text(), terms.alphabet()) : null, sms ? null : mailIds.next(message.sender()), way, terms));
        }
        return new Enqueuing(h, now, entries);
    }

    private static boolean isOffer(NewMessage message) { return message.channel() == Channel.EMAIL && message.purpose() == Purpose.MARKETING && message.customerId() != null; }

    /** Of those who get offers by e-mail. */
    private static Map<Long, String> languages(Handle h, List<NewMessage> messages) {
        Long[] customers = messages.stream().filter(Enqueuing::isOffer).map(NewMessage::customerId).distinct().toArray(Long[]::new);
        Map<Long, String> languages = new HashMap<>();
        if (customers.length > 0) {
            h.createQuery("select id, language from customer where id = any(:ids)").bind("ids", customers)
                .map((r, c) -> Map.entry(r.getLong(1), r.getString(2))).forEach(row -> languages.put(row.getKey(), row.getValue()));
        }
        return languages;
    }

    /** For people: a header is for their mail program (LAW-17). Part of the text that is kept, since it is part of what left. */
    private static NewMessage withLink(NewMessage m, String link, String language) {
        String text = link.isEmpty() ? m.text() : m.text().stripTrailing() + "\n\n" + WordFile.of("answer", language).getProperty("offers.stop").replace("{link}", link);
        return new NewMessage(m.planId(), m.planRev(), m.calendarRev(), m.automationId(), m.locationId(), m.customerId(), m.subject(), m.eventId(), m.channel(), m.purpose(),
            m.recipient(), m.sender(), m.subjectLine(), text, m.expiresAt(), m.openingHoursOnly(), m.terms());
    }

    /** @param actor on whose behalf, for the messages' histories */
    List<Long> store(String actor) {
        storeMessages(actor);
        storeParts();
        h.createQuery("select pg_notify(:channel, route) from unnest(:routes) t(route)").bind("channel", Outbox.DUE)
            .bind("routes", entries.stream().map(Entry::route).distinct().toArray(String[]::new)).mapTo(String.class).list();
        return entries.stream().map(Entry::id).toList();
    }

    private void storeMessages(String actor) {
        List<NewMessage> messages = entries.stream().map(Entry::message).toList();
        h.createUpdate("""
            with t as (select * from unnest(:ids, :plans, :planRevs, :calendarRevs, :automations, :locations, :customers, :subjectTypes, :subjects, :events,
                :channels, :purposes, :recipients, :senders, :subjectLines, :texts, :mailIds, :segments, :ucs2, :alphabets, :longMessages, :policies, :hours, :expires, :priorities, :routes)
                as t(id, plan_id, plan_rev, calendar_rev, automation_id, location_id, customer_id, subject_type, subject_id, event_id,
                channel, purpose, recipient, sender, subject_line, text, mail_message_id, segments, ucs2, alphabet, long_messages, unknown_policy, hours_only,
                expires_at, priority, route)),
              m as (insert into message (id, plan_id, plan_rev, calendar_rev, automation_id, location_id, customer_id, subject_type, subject_id, event_id,
                channel, purpose, recipient, sender, subject_line, text, mail_message_id, segments, ucs2, alphabet, long_messages, unknown_policy, hours_only,
                created_at, expires_at, route)
                select id, plan_id, plan_rev, calendar_rev, automation_id, location_id, customer_id, subject_type, subject_id, event_id,
                channel, purpose, recipient, sender, subject_line, text, mail_message_id, segments, ucs2, alphabet, long_messages, unknown_policy, hours_only,
                :now, expires_at, route from t),
              d as (insert into message_due (message_id, location_id, channel, priority, state, next_attempt_at, expires_at, route)
                select id, location_id, channel, priority, 'QUEUED', :now, expires_at, route from t)
            insert into message_event (message_id, from_state, to_state, actor, at)
              select id, 'NEW', 'QUEUED', :actor, :now from t""")
            .bind("actor", actor)
            .bind("ids", Columns.longs(entries, Entry::id)).bind("plans", Columns.longs(messages, NewMessage::planId))
            .bind("planRevs", Columns.integers(messages, NewMessage::planRev)).bind("calendarRevs", Columns.integers(messages, NewMessage::calendarRev))
            .bind("automations", Columns.longs(messages, NewMessage::automationId)).bind("locations", Columns.longs(messages, NewMessage::locationId))
            .bind("customers", Columns.longs(messages, NewMessage::customerId))
            .bind("subjectTypes", Columns.texts(messages, m -> m.subject() == null ? null : m.subject().type()))
            .bind("subjects", Columns.longs(messages, m -> m.subject() == null ? null : m.subject().id()))
            .bind("events", Columns.longs(messages, NewMessage::eventId)).bind("channels", Columns.texts(messages, NewMessage::channel))
            .bind("purposes", Columns.texts(messages, NewMessage::purpose)).bind("recipients", Columns.texts(messages, Enqueuing::address))
            .bind("senders", Columns.texts(messages, NewMessage::sender)).bind("subjectLines", Columns.texts(messages, NewMessage::subjectLine))
            .bind("texts", Columns.texts(messages, NewMessage::text)).bind("mailIds", Columns.texts(entries, Entry::mailMessageId))
            .bind("segments", Columns.integers(entries, Entry::segments)).bind("ucs2", Columns.booleans(entries, Entry::ucs2))
            .bind("alphabets", Columns.texts(entries, e -> e.terms().alphabet())).bind("longMessages", Columns.texts(entries, e -> e.terms().longMessages()))
            .bind("policies", Columns.texts(messages, m -> UnknownPolicy.of(m.purpose()))).bind("hours", Columns.booleans(messages, NewMessage::openingHoursOnly))
            .bind("expires", Columns.instants(messages, NewMessage::expiresAt)).bind("priorities", Columns.integers(messages, m -> m.purpose().priority()))
            .bind("routes", Columns.texts(entries, Entry::route)).bind("now", now).execute();
    }

    /** As suppressions have it, so that both are found by equality. */
    private static String address(NewMessage message) {
        return message.channel() == Channel.EMAIL ? message.recipient().toLowerCase(Locale.ROOT) : message.recipient();
    }

    private void storeParts() {
        List<Entry> longOnes = entries.stream().filter(e -> e.segments() > 1 && e.terms().longMessages() != LongMessages.PAYLOAD).toList();
        if (longOnes.isEmpty()) {
            return;
        }
        Map<Long, String> destinations = new LinkedHashMap<>();
        longOnes.forEach(e -> destinations.put(e.id(), e.message().recipient()));
        Map<Long, Integer> references = references(h, destinations);
        List<Part> parts = new ArrayList<>();
        for (Entry entry : longOnes) {
            for (int i = 0; i < entry.segments(); i++) {
                parts.add(new Part(entry.id(), i + 1, entry.sms().parts().get(i), references.get(entry.id())));
            }
        }
        h.createUpdate("insert into message_part (message_id, part_no, text, concat_ref) select * from unnest(:ids, :numbers, :texts, :refs)")
            .bind("ids", Columns.longs(parts, Part::messageId)).bind("numbers", Columns.integers(parts, Part::partNo))
            .bind("texts", Columns.texts(parts, Part::text)).bind("refs", Columns.integers(parts, Part::concatRef)).execute();
    }

    /** A concatenation reference for each message, of those that its destination has not had for longest (MSG-05). */
    static Map<Long, Integer> references(Handle h, Map<Long, String> destinations) {
        Map<String, Long> given = reserve(h, destinations.values());
        Map<Long, Integer> references = new HashMap<>();
        destinations.forEach((id, destination) -> references.put(id, (int) Math.floorMod(given.merge(destination, 1L, Long::sum), 256L)));
        return references;
    }

    /** Reserves as many as each destination needs; answers the last one given before. */
    private static Map<String, Long> reserve(Handle h, Collection<String> destinations) {
        Map<String, Long> wanted = new TreeMap<>();
        destinations.forEach(destination -> wanted.merge(destination, 1L, Long::sum));
        Map<String, Long> before = new HashMap<>();
        if (wanted.isEmpty()) {
            return before;
        }
        h.createQuery("""
            insert into concat_ref as c (destination, given) select * from unnest(:destinations, :counts) as t(destination, n) order by 1
            on conflict (destination) do update set given = c.given + excluded.given returning destination, given""")
            .bind("destinations", wanted.keySet().toArray(String[]::new)).bind("counts", wanted.values().toArray(Long[]::new))
            .map((r, c) -> Map.entry(r.getString(1), r.getLong(2))).forEach(row -> before.put(row.getKey(), row.getValue() - wanted.get(row.getKey())));
        return before;
    }
}
