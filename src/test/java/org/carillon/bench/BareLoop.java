package org.carillon.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What hand-written SQL needs at least: a narrow row leased by SKIP LOCKED, 200 at a time, with its text; the next transaction deletes those rows and notes when they
 * were done while it leases the next. No guard, no attempt, no history of states, one thread.
 */
final class BareLoop implements Workload {

    private static final String LEASE = """
        with c as (update bare_due set leased_until = now() + interval '60 s' where id = any(array(select id from bare_due where leased_until is null and due_at <= now()
            order by due_at for update skip locked limit 200)) returning id)
        select b.id, b.recipient, b.text from c join bare_message b using (id)""";

    private final Jdbi jdbi;
    private final int size;
    private final AtomicInteger taken = new AtomicInteger();

    BareLoop(DurableDatabase database, int size) {
        jdbi = org.carillon.fact.Database.prepare(Jdbi.create(database.pool("carillon", 2)));
        this.size = size;
        jdbi.useHandle(h -> h.createScript("""
            create table bare_message (id bigint generated always as identity primary key, recipient text not null, text text not null);
            create table bare_due (id bigint primary key, due_at timestamptz not null, leased_until timestamptz);
            create index bare_due_ready on bare_due (due_at) where leased_until is null;
            create table bare_done (id bigint not null, done_at timestamptz not null);""").execute());
    }

    @Override public String name() { return "bare SQL"; }

    @Override public void prepare() {
        jdbi.useHandle(h -> h.createUpdate("""
            with m as (insert into bare_message (recipient, text) select '+1514555' || n, 'Votre véhicule est prêt, venez quand vous voulez.' from generate_series(1000000, 999999 + :n) n returning id)
            insert into bare_due (id, due_at) select id, now() from m""").bind("n", size).execute());
    }

    @Override public double run() {
        long began = System.nanoTime();
        int before = taken.get();
        List<Long> leased = List.of();
        do {
            List<Long> done = leased;
            leased = jdbi.inTransaction(h -> turn(h, done));
            taken.addAndGet(leased.size());
        } while (!leased.isEmpty());
        long took = System.nanoTime() - began;
        if (taken.get() - before != size) {
            throw new IllegalStateException(taken.get() - before + " of " + size + " left");
        }
        return Workload.rate(size, took);
    }

    private static List<Long> turn(Handle h, List<Long> done) {
        if (!done.isEmpty()) {
            h.createUpdate("with d as (delete from bare_due where id = any(:ids) returning id) insert into bare_done select id, now() from d").bind("ids", done.toArray(Long[]::new)).execute();
        }
        return h.createQuery(LEASE).map((r, c) -> r.getLong(1)).list();
    }
}
