package org.carillon.bench;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Many invented customers with a phone, an address and a vehicle each, and orders of some of them, written by set-based SQL into a migrated database
 * without any. The same sizes give the same rows. Two locations share them, a third has one of each thousand. Sizes:
 * {@code carillon.bench.customers} (1,000,000) and {@code carillon.bench.orders} (200,000).
 */
public record Population(int customers, int orders) {

    /** Writing an index of trigrams row by row would take most of the time. */
    private static final List<String> SEARCHES = List.of("customer", "work_order");

    public static Population asAsked() {
        return new Population(Integer.getInteger("carillon.bench.customers", 1_000_000), Integer.getInteger("carillon.bench.orders", 200_000));
    }

    /** @param owner the database as the owner of the schema */
    public void fill(Jdbi owner) {
        owner.useHandle(h -> {
            Map<String, String> definitions = new java.util.LinkedHashMap<>();
            SEARCHES.forEach(table -> {
                definitions.put(table, h.createQuery("select indexdef from pg_indexes where indexname = :name").bind("name", table + "_search").mapTo(String.class).one());
                h.execute("drop index " + table + "_search");
            });
            places(h);
            people(h);
            books(h);
            definitions.values().forEach(h::execute);
            // the sequences go on after what was written beside them
            for (String table : List.of("customer", "customer_phone", "customer_email", "vehicle", "work_order")) {
                h.execute("select setval('" + table + "_id_seq', (select coalesce(max(id), 0) + 50 from " + table + "))");
            }
            h.execute("vacuum analyze");
        });
    }

    private static void places(Handle h) {
        h.execute("insert into location (id, code, name, zone, country, language) values (1, 'B-1', 'Garage Un', 'America/Toronto', 'CA', 'fr'), (2, 'B-2', 'Garage Deux', 'Europe/Paris', 'FR', 'fr'), "
            + "(3, 'B-3', 'Garage Trois', 'Europe/Paris', 'FR', 'fr')");
        h.execute("insert into order_status (id, code, name_fr, name_en, status_group, position) values (1, 'NEW', 'Nouveau', 'New', 'OPEN', 1), "
            + "(2, 'IN_PROGRESS', 'En cours', 'In progress', 'OPEN', 2), (3, 'READY', 'Prêt', 'Ready', 'READY', 3), (4, 'CLOSED', 'Fermé', 'Closed', 'CLOSED', 4) on conflict do nothing");
        h.execute("insert into location_status select l.id, s.id from location l cross join order_status s on conflict do nothing");
    }

    private void people(Handle h) {
        h.createUpdate("""
            insert into customer (id, location_id, source, ref, name, first_name, last_name, language, sms_consent, email_consent, created_at, search_text)
            select n, case when n % 1000 = 7 then 3 else 1 + n / 16 % 2 end, 'bench', 'C-' || n, first || ' ' || last, first, last, case n % 5 when 0 then 'en' else 'fr' end, n % 10 < 7, n % 10 < 4, now() - n * interval '30 s',
                   lower(first || ' ' || last || ' ' || first || ' ' || last || ' c-' || n || ' 514555' || lpad(n::text, 7, '0') || ' +1514555' || lpad(n::text, 7, '0')
                     || ' c' || n || '@customer.example ' || make || ' ' || plate)
              from (select n, (array['Sophie','Marc','Julie','Simon','Claire','Luc','Anne','Paul','Nadia','Yves','Emma','Hugo','Lea','Omar','Rosa','Karl'])[1 + n % 16] as first,
                           initcap(translate(to_hex((n::bigint * 2654435761 % 1048576)), '0123456789abcdef', 'tranvelosibducmp')) as last,
                           (array['Mazda CX-5','Toyota Corolla','Renault Clio','Honda Civic'])[1 + n % 4] as make, 'p' || lpad(n::text, 7, '0') as plate
                      from generate_series(1, :n) n) x""").bind("n", customers).execute();
        h.createUpdate("insert into customer_phone (id, customer_id, position, raw, e164, sms_able) select n, n, 0, '514 555 ' || lpad(n::text, 7, '0'), '+1514555' || lpad(n::text, 7, '0'), true "
            + "from generate_series(1, :n) n").bind("n", customers).execute();
        h.createUpdate("insert into customer_email (id, customer_id, position, raw, address) select n, n, 0, 'c' || n || '@customer.example', 'c' || n || '@customer.example' "
            + "from generate_series(1, :n) n").bind("n", customers).execute();
        h.createUpdate("insert into vehicle (id, customer_id, ref, make, model, year, plate) select n, n, 'V-' || n, (array['Mazda','Toyota','Renault','Honda'])[1 + n % 4], "
            + "(array['CX-5','Corolla','Clio','Civic'])[1 + n % 4], 2005 + n % 20, 'P' || lpad(n::text, 7, '0') from generate_series(1, :n) n").bind("n", customers).execute();
    }

    /** Oldest first; nine of ten are closed. */
    private void books(Handle h) {
        h.createUpdate("""
            insert into work_order (id, location_id, customer_id, source, ref, status, status_group, vehicle_id, total, due_local, due_at, opened_at, closed_at, status_changed_at, last_time, created_at, search_text)
            select n, case when c % 1000 = 7 then 3 else 1 + c / 16 % 2 end, c, 'bench', 'R-' || n, case k when 0 then 'NEW' when 1 then 'IN_PROGRESS' when 2 then 'READY' else 'CLOSED' end,
                   case when k < 2 then 'OPEN' when k = 2 then 'READY' else 'CLOSED' end, c, 100 + n % 900, to_char(at, 'YYYY-MM-DD"T"HH24:MI'), at, at - interval '2 days',
                   case when k > 2 then at end, at, at, at - interval '2 days', 'r-' || n || ' reparation'
              from (select n, 1 + (n::bigint * 7919 % :customers)::int as c, n % 30 as k, date_trunc('hour', now()) - (:n - n) * interval '4 min' as at from generate_series(1, :n) n) x
            """).bind("customers", customers).bind("n", orders).execute();
    }
}
