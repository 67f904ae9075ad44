package org.carillon.bench;

import java.time.zone.ZoneRulesProvider;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * An invented chain of garages: each with as many notifications, of which two are reminders (a day and two hours before the due date), and open orders
 * that are due within three months, at any minute of the day. A fifth of the orders is the first garage's. Written by set-based SQL into a migrated
 * database without any, always the same. Sizes: {@code carillon.bench.locations} (200), {@code .notifications} (50 each) and {@code .orders} (500,000).
 */
record Chain(int locations, int notifications, int orders) {

    private static final String TZ = ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();

    static Chain asAsked() {
        return new Chain(Integer.getInteger("carillon.bench.locations", 200), Integer.getInteger("carillon.bench.notifications", 50), Integer.getInteger("carillon.bench.orders", 500_000));
    }

    /** Reminders of the first garage have these numbers too: automations are numbered location by location. */
    long reminder(long location) { return location * notifications; }

    /** @param owner the database as the owner of the schema */
    void fill(Jdbi owner) {
        owner.useHandle(h -> {
            garages(h);
            rules(h);
            books(h);
            plans(h);
            for (String table : List.of("location", "order_status", "template", "automation", "customer", "customer_phone", "work_order")) {
                h.execute("select setval('" + table + "_id_seq', (select max(id) + 50 from " + table + "))");
            }
            h.execute("vacuum analyze");
        });
    }

    private void garages(Handle h) {
        h.createUpdate("""
            insert into location (id, code, name, zone, country, language, opening_hours)
            select n, 'G-' || n, 'Garage ' || n, (array['America/Toronto', 'Europe/Paris', 'America/Vancouver', 'Asia/Kolkata'])[1 + n % 4], 'CA', 'fr',
                   (select jsonb_object_agg(day, '[["08:00","12:00"],["13:00","18:00"]]'::jsonb)::text from unnest(array['MON','TUE','WED','THU','FRI','SAT']) day)
              from generate_series(1, :n) n""").bind("n", locations).execute();
        h.execute("insert into order_status (id, code, name_fr, name_en, status_group, position) select n, 'S-' || n, 'Étape ' || n, 'Step ' || n, case when n < 40 then 'OPEN' when n < 49 then 'READY' "
            + "else 'CLOSED' end, n from generate_series(1, 50) n on conflict do nothing");
        h.execute("insert into location_status select l.id, s.id from location l cross join order_status s on conflict do nothing");
    }

    /** A notification for each step, the last two of each garage remind. */
    private void rules(Handle h) {
        h.execute("insert into template (id, name) select n, 'Modèle ' || n from generate_series(1, 50) n");
        h.execute("insert into template_translation (template_id, language, sms, subject, body) select n, 'fr', 'Votre véhicule, étape ' || n, 'Votre véhicule', 'Étape ' || n from generate_series(1, 50) n");
        h.createUpdate("""
            insert into automation (id, ref, state, trigger_kind, event_type, status, anchor, delay_n, delay_unit, channels, template_id)
            select (l - 1) * :each + n, 'A-' || l || '-' || n, 'ACTIVE', case when remind then 'AROUND_DATE' else 'ON_EVENT' end, case when not remind then 'ORDER_STATUS_CHANGED' end,
                   case when not remind then 'S-' || n end, case when remind then 'order.due' end, case when n = :each then 24 when remind then 2 else n end,
                   case when remind then 'HOURS' else 'MINUTES' end, case n % 3 when 0 then 'EMAIL' else 'SMS' end, n
              from generate_series(1, :locations) l cross join lateral (select n, n > :each - 2 remind from generate_series(1, :each) n) x""")
            .bind("each", notifications).bind("locations", locations).execute();
        h.createUpdate("insert into automation_location select id, 1 + (id - 1) / :each from automation").bind("each", notifications).execute();
    }

    private void books(Handle h) {
        h.createUpdate("insert into customer (id, location_id, source, ref, name, language, sms_consent, email_consent, created_at, search_text) "
                + "select n, 1 + n % :locations, 'bench', 'C-' || n, 'Client ' || n, 'fr', true, true, now(), 'client ' || n from generate_series(1, :n) n")
            .bind("locations", locations).bind("n", orders / 4).execute();
        h.execute("insert into customer_phone (id, customer_id, position, raw, e164, sms_able) select id, id, 0, '514 555 ' || lpad(id::text, 7, '0'), '+1514555' || lpad(id::text, 7, '0'), true from customer");
        h.createUpdate("""
            insert into work_order (id, location_id, customer_id, source, ref, status, status_group, due_local, due_at, opened_at, status_changed_at, last_time, created_at, search_text)
            select n, location, 1 + n % (:n / 4), 'bench', 'R-' || n, 'S-' || 1 + n % 39, 'OPEN', to_char(due, 'YYYY-MM-DD"T"HH24:MI'), due at time zone l.zone, now(), now(), now(), now(), 'r-' || n
              from (select n, case when n % 5 = 0 then 1 else 2 + n % (:locations - 1) end as location,
                           date_trunc('day', now()::timestamp) + interval '3 days 8 hours' + n::bigint * 7919 % 90 * interval '1 day' + n::bigint * 104729 % 600 * interval '1 minute' as due
                      from generate_series(1, :n) n) x join location l on l.id = x.location""").bind("n", orders).bind("locations", locations).execute();
    }

    /** What the planner has made of it. */
    private static void plans(Handle h) {
        h.createUpdate("""
            insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, reminder,
                due_at, expires_at, tz_version, state, created_at, changed_at)
            select a.id, a.rev, l.calendar_rev, l.id, 'ORDER', o.id, o.customer_id, o.due_local, a.channels, 'CUSTOMER', true,
                   o.due_at - make_interval(hours => a.delay_n), o.due_at, :tz, 'PLANNED', now(), now()
              from work_order o join location l on l.id = o.location_id join automation_location al on al.location_id = l.id
              join automation a on a.id = al.automation_id and a.trigger_kind = 'AROUND_DATE' order by o.id, a.id""").bind("tz", TZ).execute();
    }
}
