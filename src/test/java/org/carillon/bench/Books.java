package org.carillon.bench;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Invented books of five garages in one zone: customers with three orders, one appointment and half a sale each, around {@code now}, in a migrated
 * database without any.
 */
record Books(int customers, Instant now) {

    /** Set-based and always the same, from day numbers that neighbouring rows do not share. */
    void fill(Jdbi owner) {
        owner.useHandle(h -> BulkFill.into(h, List.of("customer", "customer_phone", "work_order", "appointment", "sale"), () -> {
            h.execute("insert into location (id, code, name, zone, country, language, opening_hours) select n, 'G' || n, 'Garage ' || n, 'America/Toronto', 'CA', 'fr', "
                + "(select jsonb_object_agg(d, '[[\"08:00\",\"17:00\"]]'::jsonb)::text from unnest(array['MON','TUE','WED','THU','FRI']) d) from generate_series(1, 5) n");
            h.execute("insert into order_status (code, name_fr, name_en, status_group, position) values ('NEW', 'n', 'n', 'OPEN', 1), ('CLOSED', 'c', 'c', 'CLOSED', 2)");
            insert(h, "insert into customer (id, location_id, ref, name, language, sms_consent, created_at, search_text) select n, 1 + n % 5, 'C' || n, 'Client ' || n, 'fr', n % 9 > 0, :now, 'client ' || n "
                + "from generate_series(1, :n) n");
            insert(h, "insert into customer_phone (customer_id, position, raw, e164, sms_able) select n, 0, n::text, '+1514' || lpad(n::text, 7, '0'), true from generate_series(1, :n) n where n % 14 > 0");
            insert(h, "insert into work_order (location_id, customer_id, ref, status, status_group, opened_at, closed_at, status_changed_at, last_time, created_at, search_text) "
                + "select 1 + n % 5, 1 + n::bigint * 7919 % :n, 'O' || n, case when open then 'NEW' else 'CLOSED' end, case when open then 'OPEN' else 'CLOSED' end, day_at, case when not open then day_at + interval '6 hours' end, "
                + "day_at, day_at, day_at, 'o' || n from (select n, n % 50 = 0 open, :now::timestamptz - n::bigint * 104729 % 1100 * interval '1 day' - n % 480 * interval '1 minute' day_at from generate_series(1, 3 * :n) n) x");
            insert(h, "insert into appointment (location_id, customer_id, ref, status, start_local, start_at, booked_at, status_changed_at, created_at) "
                + "select 1 + n % 5, 1 + n::bigint * 15485863 % :n, 'A' || n, (array['BOOKED', 'CONFIRMED', 'DONE', 'CANCELLED', 'RESCHEDULED'])[1 + n % 5], '2026-01-01T09:00', day_at, day_at - interval '7 days', day_at, day_at "
                + "from (select n, :now::timestamptz + (n::bigint * 104729 % 800 - 770) * interval '1 day' - n % 480 * interval '1 minute' day_at from generate_series(1, :n) n) x");
            insert(h, "insert into sale (location_id, customer_id, ref, vehicle_make, vehicle_model, vehicle_condition, delivered_on, created_at) "
                + "select 1 + n % 5, 1 + n::bigint * 32452843 % :n, 'S' || n, (array['Toyota', 'Honda', 'Mazda', 'Ford', 'Citroën', 'Kia', 'BMW', 'Audi'])[1 + n % 8], 'X', "
                + "(array['NEW', 'USED'])[1 + n % 2], :now::date - (n::bigint * 104729 % 2000)::int, :now from generate_series(1, :n / 2) n");
        }));
    }

    private void insert(Handle h, String sql) {
        h.createUpdate(sql).bind("n", customers).bind("now", now).execute();
    }
}
