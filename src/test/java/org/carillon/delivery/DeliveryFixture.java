package org.carillon.delivery;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.TestDatabase;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Jdbi;

/** A shop with one location and one consenting customer, and what delivery tests ask of it. */
final class DeliveryFixture {

    final TestDatabase database = TestDatabase.fresh();
    final Jdbi jdbi = database.jdbi();
    final ApplicationClock clock = new ApplicationClock(jdbi);
    final Outbox outbox = new Outbox(jdbi, clock);
    final Node node = new Node(jdbi);
    final ScriptedGateway sms = new ScriptedGateway(Channel.SMS);
    final ScriptedGateway mail = new ScriptedGateway(Channel.EMAIL);
    final Dispatcher dispatcher = dispatcher(node, sms, mail);
    final Recovery recovery = new Recovery(jdbi, clock, Deadlines.DEFAULT);
    final Sweeper sweeper = new Sweeper(jdbi, clock, Deadlines.DEFAULT);
    final ReceiptBook receipts = new ReceiptBook(new ReceiptStore(jdbi, clock, Deadlines.DEFAULT));
    final long location;
    final long customer;

    DeliveryFixture() {
        atNoon();
        node.join("n1");
        location = jdbi.withHandle(h -> h.createQuery("insert into location (code, name, zone, country, language) "
            + "values ('MTL', 'Montréal', 'America/Toronto', 'CA', 'fr') returning id").mapTo(Long.class).one());
        customer = jdbi.withHandle(h -> h.createQuery("insert into customer (location_id, ref, name, language, sms_consent, email_consent, marketing_consent, created_at) "
            + "values (:l, 'C-1', 'Anne Roy', 'fr', true, true, true, now()) returning id").bind("l", location).mapTo(Long.class).one());
    }

    /** A weekday's noon in Montréal, when offers may leave too (LAW-10). */
    private void atNoon() {
        ZonedDateTime now = clock.now().atZone(ZoneId.of("America/Toronto"));
        ZonedDateTime noon = now.with(TemporalAdjusters.next(DayOfWeek.TUESDAY)).withHour(12);
        advance(Duration.between(now, noon));
    }

    /** Another node on the same database. */
    Dispatcher dispatcher(Node of, Gateway... gateways) { return dispatcher(Deadlines.DEFAULT, of, gateways); }

    /** With two turns under way at once; each transaction has a connection of its own here. */
    Dispatcher dispatcher(Deadlines deadlines, Node of, Gateway... gateways) {
        return new Dispatcher(List.of(gateways), List.of(turn(deadlines), turn(deadlines)), of, clock, route -> null);
    }

    private Turn turn(Deadlines deadlines) {
        return new Turn(jdbi, clock, new BadAddresses(outbox), deadlines);
    }

    /** This node lives. */
    void beat() { node.beat(jdbi); }

    int drain() { return dispatcher.drain(Channel.SMS) + dispatcher.drain(Channel.EMAIL); }

    /** Until nothing changes: what time alone decides, and what the dead left. */
    void sweep() {
        while (recovery.recover() + sweeper.sweep() > 0) {
            clock.refresh();
        }
        sweeper.rematch();
    }

    NewMessage sms(String recipient, String text) { return message(Channel.SMS, Purpose.TRANSACTIONAL, recipient, text, Duration.ofHours(12)); }

    NewMessage mail(String recipient, String text) { return message(Channel.EMAIL, Purpose.TRANSACTIONAL, recipient, text, Duration.ofHours(12)); }

    NewMessage message(Channel channel, Purpose purpose, String recipient, String text, Duration life) {
        return new NewMessage(null, 1, 1, null, location, customer, Subject.order(7), null, channel, purpose, recipient,
            channel == Channel.SMS ? "" : "Garage <garage@shop.test>", channel == Channel.SMS ? "" : "Objet", text, clock.now().plus(life), false);
    }

    static NewMessage ofPlan(NewMessage m, long planId) {
        return new NewMessage(planId, m.planRev(), m.calendarRev(), m.automationId(), m.locationId(), m.customerId(), m.subject(), m.eventId(), m.channel(),
            m.purpose(), m.recipient(), m.sender(), m.subjectLine(), m.text(), m.expiresAt(), m.openingHoursOnly());
    }

    long enqueue(NewMessage message) { return outbox.enqueue(List.of(message)).get(0); }

    /** So many short SMS to different numbers. */
    List<Long> enqueueSms(int count) {
        List<NewMessage> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(sms("+1514555" + (10_000 + i), "Bonjour " + i));
        }
        return outbox.enqueue(messages);
    }

    String state(long message) { return text("select state from message_now where id = :id", message); }

    String reason(long message) { return text("select reason from message_now where id = :id", message); }

    /** The states a message went through, in order, such as {@code NEW>QUEUED>CLAIMED}. */
    String path(long message) {
        return text("select min(from_state) filter (where n = 1) || '>' || string_agg(to_state, '>' order by id) from "
            + "(select *, row_number() over (order by id) as n from message_event where message_id = :id) e", message);
    }

    Map<String, Object> row(long message) {
        return jdbi.withHandle(h -> h.createQuery("select * from message_now where id = :id").bind("id", message).mapToMap().one());
    }

    long count(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    int execute(String sql, Object... values) { return jdbi.withHandle(h -> h.execute(sql, values)); }

    /** Moves the application clock of all nodes. */
    void advance(Duration by) {
        execute("update application_clock set offset_ms = offset_ms + ?", by.toMillis());
        clock.refresh();
    }

    Instant now() { return clock.now(); }

    private String text(String sql, long message) {
        return jdbi.withHandle(h -> h.createQuery(sql).bind("id", message).mapTo(String.class).findOne().orElse(null));
    }
}
