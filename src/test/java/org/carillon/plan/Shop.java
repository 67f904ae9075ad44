package org.carillon.plan;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.TestDatabase;
import org.carillon.automation.AutomationState;
import org.carillon.automation.Revision;
import org.carillon.billing.ReferenceFields;
import org.carillon.billing.SaleFields;
import org.carillon.booking.AppointmentFields;
import org.carillon.booking.StartTimes;
import org.carillon.customer.CustomerFields;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Overdue;
import org.carillon.delivery.Postmarks;
import org.carillon.delivery.Routing;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.Channel;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Subject;
import org.carillon.repair.DueDates;
import org.carillon.repair.LeadFields;
import org.carillon.repair.OrderFields;
import org.carillon.shop.Seals;
import org.carillon.shop.ShopFields;
import org.carillon.shop.WallTime;
import org.jdbi.v3.core.Jdbi;

/** A garage in Montréal on a real database, with the planner and releaser of production and a clock that the test moves. */
final class Shop {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    final Jdbi jdbi = DATABASE.emptied().jdbi();
    /** Where a test compares instants, time stands still here; null lets it pass. */
    Instant frozen;
    final ApplicationClock clock = new ApplicationClock(jdbi) {
        @Override public Instant now() { return frozen != null ? frozen : super.now(); }
    };
    /** Offers by e-mail end with a link. */
    final Outbox outbox = new Outbox(jdbi, clock, new Postmarks(new Seals(jdbi), name -> Optional.ofNullable(Map.of("carillon.publicUrl", "https://garage.example/").get(name))));
    final Reminders reminders = new Reminders(outbox);
    final Replanner replanner = new Replanner(jdbi, clock, outbox, new DueDates(jdbi), new StartTimes(jdbi), reminders);
    final Planner planner = new Planner(jdbi, clock, outbox, reminders);
    final FieldCatalogue fields = new FieldCatalogue(Stream.of(new ShopFields().fields(), new CustomerFields().fields(), new OrderFields().fields(), new LeadFields().fields(),
        new AppointmentFields().fields(), new ReferenceFields().fields(), new SaleFields().fields()).flatMap(List::stream).toList());
    /** Of the one route. */
    SmsTerms terms = SmsTerms.USUAL;
    final Routing routing = new Routing(Stream::of) {
        @Override public SmsTerms sms(Long of, String recipient) { return terms; }
    };
    final AudienceRecheck recheck = new AudienceRecheck(fields, new org.carillon.automation.AudienceShelf(fields));
    final ReleaseStep step = new ReleaseStep(jdbi, clock, new Facts(fields), outbox, replanner, routing, recheck) {
        // the container's transactions, by hand
        @Override public void refresh(List<Long> stale) { jdbi.useTransaction(h -> super.refresh(stale)); }
        @Override public Judged releaseBatch() { return jdbi.inTransaction(h -> super.releaseBatch()); }
        @Override public Judged release(java.util.Collection<Long> ids) { return jdbi.inTransaction(h -> super.release(ids)); }
        @Override public int recheckHeld() { return jdbi.inTransaction(h -> super.recheckHeld()); }
        @Override public int expire() { return jdbi.inTransaction(h -> super.expire()); }
    };
    final Overdue overdue = new Overdue();
    final BacklogGate gate = new BacklogGate(jdbi, clock, overdue) {
        @Override public long watch() { return jdbi.inTransaction(h -> super.watch()); }
        @Override public List<Long> letGo(Map<Channel, Double> rates) { return jdbi.inTransaction(h -> super.letGo(rates)); }
    };
    final Releaser releaser = new Releaser(step, gate);
    final long location;
    private final Map<Long, String> statuses = new HashMap<>();

    Shop() {
        jdbi.useHandle(h -> h.execute("insert into company (name, default_language) select 'Garage Rosemont', 'fr' where not exists (select 1 from company)"));
        jdbi.useHandle(h -> h.execute("update company set name = 'Garage Rosemont'"));
        location = id("insert into location (code, name, zone, country, language, opening_hours, sms_sender) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr', "
            + "'{\"MON\":[[\"08:00\",\"17:00\"]],\"TUE\":[[\"08:00\",\"17:00\"]],\"WED\":[[\"08:00\",\"17:00\"]],\"THU\":[[\"08:00\",\"17:00\"]],\"FRI\":[[\"08:00\",\"17:00\"]]}', "
            + "'+15145550100') returning id");
        for (String status : List.of("NEW:OPEN", "READY:READY", "CLOSED:CLOSED")) {
            String code = status.substring(0, status.indexOf(':'));
            run("insert into order_status (code, name_fr, name_en, status_group, position) values ('" + code + "', '" + code + " fr', '" + code + " en', '"
                + status.substring(status.indexOf(':') + 1) + "', 1)");
        }
    }

    long customer(String name, String language, boolean sms, String phone) {
        long id = id("insert into customer (location_id, ref, name, first_name, language, sms_consent, created_at) values (" + location + ", gen_random_uuid()::text, '" + name
            + "', '" + name + "', '" + language + "', " + sms + ", now()) returning id");
        if (phone != null) {
            run("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (" + id + ", 0, '" + phone + "', '" + phone + "', true)");
        }
        return id;
    }

    long order(long customer) {
        long id = id("insert into work_order (location_id, customer_id, ref, status, status_group, opened_at, status_changed_at, last_time, created_at) values (" + location + ", "
            + customer + ", gen_random_uuid()::text, 'NEW', 'OPEN', now(), now(), now(), now()) returning id");
        statuses.put(id, "NEW");
        return id;
    }

    /** An automation on a change of status (to one, or to any with null) whose SMS is the given text. */
    long automation(String event, String status, String text, String more) {
        long template = id("insert into template (name) values (gen_random_uuid()::text) returning id");
        run("insert into template_translation (template_id, language, sms) values (" + template + ", 'fr', '" + text.replace("'", "''") + "')");
        long id = id("insert into automation (ref, state, trigger_kind, event_type, status, channels, template_id" + (more.isEmpty() ? "" : ", " + more.split("=")[0])
            + ") values (gen_random_uuid()::text, 'ACTIVE', 'ON_EVENT', '" + event + "', " + (status == null ? "null" : "'" + status + "'") + ", 'SMS', " + template
            + (more.isEmpty() ? "" : ", " + more.split("=")[1]) + ") returning id");
        run("insert into automation_location values (" + id + ", " + location + ")");
        return id;
    }

    /** Changes the order and records it, as OrderDesk does: one transaction. */
    void status(long order, String to) {
        String from = statuses.put(order, to);
        jdbi.useTransaction(h -> {
            h.execute("update work_order set status = ?, status_group = (select status_group from order_status where code = ?) where id = ?", to, to, order);
            record(order, EventType.ORDER_STATUS_CHANGED, to, Map.of("from", from, "to", to), false);
        });
    }

    void due(long order, String local) {
        jdbi.useTransaction(h -> {
            Instant at = local == null ? null : WallTime.at(LocalDateTime.parse(local), ZoneId.of("America/Toronto"));
            h.createUpdate("update work_order set due_local = :local, due_at = :at where id = :id").bind("local", local).bind("at", at).bind("id", order).execute();
            record(order, EventType.ORDER_SCHEDULED_TIME_CHANGED, statuses.get(order), Map.of("from", "", "to", local == null ? "" : local), false);
        });
    }

    /** A reminder so long before the due date. */
    long reminder(int amount, String unit, String text, String more) {
        long id = automation("ORDER_CREATED", null, text, "delay_n, delay_unit" + (more.isEmpty() ? "" : ", " + more.split("=")[0]) + "=" + amount + ", '" + unit + "'"
            + (more.isEmpty() ? "" : ", " + more.split("=")[1]));
        run("update template set purpose = 'REMINDER' where id = (select template_id from automation where id = " + id + ")");
        run("update automation set trigger_kind = 'AROUND_DATE', event_type = null, anchor = 'order.due' where id = " + id);
        return id;
    }

    /** Changes an automation and lets what it planned follow, as its desk does. */
    void edit(long automation, String change) {
        run("update automation set rev = rev + 1, " + change + " where id = " + automation);
        boolean deleted = jdbi.withHandle(h -> h.createQuery("select deleted from automation where id = ?").bind(0, automation).mapTo(Boolean.class).one());
        String state = jdbi.withHandle(h -> h.createQuery("select state from automation where id = ?").bind(0, automation).mapTo(String.class).one());
        jdbi.useTransaction(h -> replanner.follow(h, new Revision(automation, Set.of(location), AutomationState.valueOf(state), deleted, 0), clock.now()));
    }

    void moveTo(long order, long to, String due) {
        jdbi.useTransaction(h -> {
            h.execute("update work_order set location_id = ?, due_at = ?::timestamptz where id = ?", to, due, order);
            long customer = h.createQuery("select customer_id from work_order where id = ?").bind(0, order).mapTo(Long.class).one();
            new EventLog(jdbi, planner::plan).record(List.of(new BusinessEvent(EventType.ORDER_REASSIGNED, Subject.order(order), to, customer, clock.now(), "test", false, "NEW", Map.of())));
        });
    }

    /** States, due dates and moments of what is pending. */
    List<String> reminders() {
        return jdbi.withHandle(h -> h.createQuery("select state, occurrence, due_at from planned_notification where reminder and state in ('PLANNED', 'HELD') order by id")
            .map((r, x) -> r.getString(1) + " " + r.getString(2) + " " + r.getTimestamp(3).toInstant()).list());
    }

    void calendarChanges() {
        run("update location set calendar_rev = calendar_rev + 1");
        jdbi.useTransaction(h -> reminders.followLocation(h, location, "test", clock.now()));
    }

    void record(long order, EventType type, String status, Map<String, String> data, boolean silent) {
        long customer = jdbi.withHandle(h -> h.createQuery("select customer_id from work_order where id = ?").bind(0, order).mapTo(Long.class).one());
        new EventLog(jdbi, planner::plan).record(List.of(new BusinessEvent(type, Subject.order(order), location, customer, clock.now(), "test", silent, status, data)));
    }

    /** Moves the application clock forward to an instant. */
    void at(String instant) {
        long ahead = Instant.parse(instant).toEpochMilli() - clock.refresh().toEpochMilli();
        run("update application_clock set offset_ms = offset_ms + " + ahead);
        clock.refresh();
    }

    List<String> texts() { return jdbi.withHandle(h -> h.createQuery("select recipient || ' ' || text from message order by id").mapTo(String.class).list()); }

    /** State, with reason and detail where there are, of every plan in order. */
    List<String> plans() {
        return new ArrayList<>(jdbi.withHandle(h -> h.createQuery("select concat_ws(' ', state, reason, detail) from planned_notification order by id").mapTo(String.class).list()));
    }

    String due() { return jdbi.withHandle(h -> h.createQuery("select due_at from planned_notification order by id desc limit 1").mapTo(Instant.class).one()).toString(); }

    /** As the owner of the schema, for what the application may not do. */
    Jdbi owner() { return DATABASE.owner(); }

    void run(String sql) { jdbi.useHandle(h -> h.execute(sql)); }

    long id(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }
}
