package org.carillon.bench;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Fills tables without their indexes, foreign keys and triggers, which come back after: row by row they cost many times as much. */
final class BulkFill {

    private BulkFill() { }

    static void into(Handle h, List<String> tables, Runnable fill) {
        List<String> back = new ArrayList<>();
        List<String> away = new ArrayList<>();
        each(h, "select format('alter table %s drop constraint %I', conrelid::regclass, conname), format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) "
            + "from pg_constraint where contype = 'f' and conrelid::regclass::text = any(:tables)", tables, away, back);
        each(h, "select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid) from pg_index i where indrelid::regclass::text = any(:tables) "
            + "and not exists (select from pg_constraint c where c.conindid = i.indexrelid)", tables, away, back);
        tables.forEach(table -> {
            away.add("alter table " + table + " disable trigger user");
            back.add("alter table " + table + " enable trigger user");
        });
        h.execute("set maintenance_work_mem = '512MB'");
        away.forEach(h::execute);
        fill.run();
        back.forEach(h::execute);
        h.execute("vacuum analyze");
    }

    private static void each(Handle h, String sql, List<String> tables, List<String> away, List<String> back) {
        h.createQuery(sql).bindArray("tables", String.class, tables).map((r, c) -> List.of(r.getString(1), r.getString(2))).list().forEach(pair -> {
            away.add(pair.get(0));
            back.add(0, pair.get(1));
        });
    }
}
