package org.carillon.alert;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.carillon.TestDatabase;
import org.carillon.delivery.Outbox;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.Subject;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;

/** A garage in Montréal, open on weekdays from 8 to 18, with a manager, an advisor and a boss, and the alerts of production on a real database. */
final class Garage {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String WEEK = "{\"MON\":[[\"08:00\",\"18:00\"]],\"TUE\":[[\"08:00\",\"18:00\"]],\"WED\":[[\"08:00\",\"18:00\"]],\"THU\":[[\"08:00\",\"18:00\"]],\"FRI\":[[\"08:00\",\"18:00\"]]}";

    final Jdbi jdbi = DATABASE.emptied().jdbi();
    Instant now = Instant.parse("2026-11-23T15:00:00Z");  // Monday, 10:00
    final ApplicationClock clock = new ApplicationClock(jdbi) {
        @Override public Instant now() { return now; }
    };
    final AlertDesk desk = new AlertDesk(jdbi, clock);
    final AlertWatch watch = new AlertWatch(jdbi, clock);
    final long location = location("MTL", "Garage Rosemont");
    final long boss = staff("claire@garage.example", "ADMINISTRATOR", "fr", 0);
    final long manager = staff("maxime@garage.example", "MANAGER", "fr", location);
    final long advisor = staff("josee@garage.example", "ADVISOR", "en", location);
    private final long customer;

    Garage() {
        run("insert into order_status (code, name_fr, name_en, status_group, position) values ('NEW', 'Nouveau', 'New', 'OPEN', 1), ('CLOSED', 'Fermé', 'Closed', 'CLOSED', 2)");
        customer = id("insert into customer (location_id, ref, name, language, created_at) values (" + location + ", 'C-1', 'Sophie Tremblay', 'fr', now()) returning id");
    }

    AlertRound round() { return new AlertRound(new AlertStep(jdbi, clock), new AlertPost(jdbi, clock, new Outbox(jdbi, clock), "https://carillon.example/")); }

    /** Switches these on with so many hours, the others off. */
    void rules(AlertRule... on) { rules(Set.of(), on); }

    void rules(Set<Long> recipients, AlertRule... on) {
        List<AlertRule> rules = Arrays.stream(AlertKind.values()).map(kind -> Arrays.stream(on).filter(r -> r.kind() == kind).findFirst().orElse(AlertRule.standard(kind))).toList();
        desk.set(Scope.everything(), new AlertRules(location, rules, recipients, desk.rules(Scope.everything(), location).version()));
    }

    static AlertRule on(AlertKind kind, int hours) { return new AlertRule(kind, true, hours); }

    /** Moves on and lets the rounds of all that time's last minute run. */
    void at(String instant) {
        now = Instant.parse(instant);
        round().run();
    }

    long location(String code, String name) {
        return id("insert into location (code, name, zone, country, language, opening_hours) values ('" + code + "', '" + name + "', 'America/Toronto', 'CA', 'fr', '" + WEEK + "') returning id");
    }

    long staff(String email, String role, String language, long at) {
        long id = id("insert into staff (email, name, role, language, password) values ('" + email + "', '" + email + "', '" + role + "', '" + language + "', 'x') returning id");
        if (at != 0) {
            run("insert into staff_location values (" + id + ", " + at + ")");
        }
        return id;
    }

    /** @param due null for none */
    long order(String number, Instant due) { return orders(number, 1, due); }

    /** Answers the last one's number. */
    long orders(String number, int count, Instant due) {
        jdbi.useHandle(h -> h.createUpdate("insert into work_order (location_id, customer_id, ref, status, status_group, object_label, due_local, due_at, opened_at, status_changed_at, last_time, "
                + "created_at, touched_at) select :location, :customer, :number || n, 'NEW', 'OPEN', 'Honda Civic', :local, :due, :now, :now, :now, :now, :now from generate_series(1, :count) n")
            .bind("location", location).bind("customer", customer).bind("number", number).bind("local", due == null ? null : due.toString().substring(0, 16)).bind("due", due)
            .bind("now", now).bind("count", count).execute());
        return id("select max(id) from work_order");
    }

    /** Changes an order and says so, as OrderDesk does: one transaction. */
    void change(long order, String change, EventType type) {
        jdbi.useTransaction(h -> {
            h.createUpdate("update work_order set touched_at = :now, " + change + " where id = :id").bind("now", now).bind("id", order).execute();
            new EventLog(jdbi, watch::changed).record(List.of(new BusinessEvent(type, Subject.order(order), location, customer, now, "test", false, "NEW", java.util.Map.of())));
        });
    }

    void close(long order) { change(order, "status = 'CLOSED', status_group = 'CLOSED'", EventType.ORDER_STATUS_CHANGED); }

    void reopen(long order) { change(order, "status = 'NEW', status_group = 'OPEN'", EventType.ORDER_STATUS_CHANGED); }

    /** A message that ended so, as the dispatcher records it. */
    long message(String state, String channel) {
        long id = id("insert into message (location_id, customer_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, state, settled_at) values (" + location + ", "
            + customer + ", '" + channel + "', 'TRANSACTIONAL', '+15145550100', 'x', 'NO_RESEND', '" + now + "', '" + now + "', '" + state + "', '" + now + "') returning id");
        run("insert into message_event (message_id, from_state, to_state, actor, at) values (" + id + ", '" + (state.endsWith("DELIVERED") ? "ACCEPTED" : state.equals("FAILED") ? "SENDING" : "QUEUED")
            + "', '" + state + "', 'test', '" + now + "')");
        return id;
    }

    long held(String state, String reason) {
        return id("insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, due_at, expires_at, "
            + "tz_version, state, reason, created_at, changed_at) values (1, 1, 1, " + location + ", 'ORDER', 1, " + customer + ", gen_random_uuid()::text, 'SMS', 'CUSTOMER', '" + now
            + "', '" + now.plusSeconds(86_400) + "', '2026e', '" + state + "', '" + reason + "', '" + now + "', '" + now + "') returning id");
    }

    /** Kind and object of what is open, oldest first. */
    List<String> open() {
        return jdbi.withHandle(h -> h.createQuery("select a.kind || ' ' || coalesce(o.ref, a.object_type) from alert a left join work_order o on a.object_type = 'ORDER' and o.id = a.object_id "
            + "where a.ended_at is null order by a.id").mapTo(String.class).list());
    }

    /** Recipient and subject of the e-mails. */
    List<String> mails() { return jdbi.withHandle(h -> h.createQuery("select recipient || ': ' || subject_line from message where subject_type = 'STAFF' order by id").mapTo(String.class).list()); }

    String lastMail() { return jdbi.withHandle(h -> h.createQuery("select text from message where subject_type = 'STAFF' order by id desc limit 1").mapTo(String.class).one()); }

    void run(String sql) { jdbi.useHandle(h -> h.execute(sql)); }

    long id(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }
}
