package org.carillon.bench;

import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/**
 * PERF-11: the rate at which a line takes what is due from among {@code carillon.bench.due} (1,000,000) messages, beside {@code carillon.bench.finished}
 * (5,000,000) that are done, over the rate of the same line on a database with nothing but the {@code carillon.bench.messages} (10,000) of the round. Two servers
 * with the same settings, in turn. A finished message has one attempt, its outcome and the last event of its history.
 */
public final class Backlog {

    private static final List<String> TABLES = List.of("message", "message_event", "attempt", "attempt_outcome");

    private Backlog() { }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int messages = Integer.getInteger("carillon.bench.messages", 10_000);
        int due = Integer.getInteger("carillon.bench.due", 1_000_000);
        int finished = Integer.getInteger("carillon.bench.finished", 5_000_000);
        try (DurableDatabase few = DurableDatabase.open("bench-few"); DurableDatabase many = DurableDatabase.open("bench-many")) {
            for (DurableDatabase database : List.of(few, many)) {
                new Chain(20, 50, 20_000).fill(database.owner());
            }
            long began = System.nanoTime();
            many.owner().useHandle(h -> fill(h, finished, due));
            System.out.printf("%,d due and %,d finished in %d s%n", due, finished, (System.nanoTime() - began) / 1_000_000_000);
            try (Pipeline small = new Pipeline(few, 1); Pipeline large = new Pipeline(many, 1)) {
                OurQueue alone = new OurQueue(small, String.format("%,d due", messages), messages);
                OurQueue among = new OurQueue(large, String.format("%,d due, %,d finished", due, finished), messages);
                new Contest(among, alone).run().row("PERF-11", among, alone, ">= 0.8");
            }
        }
    }

    static void fill(Handle h, int finished, int due) {
        BulkFill.into(h, TABLES, () -> rows(h, finished, due));
    }

    private static void rows(Handle h, int finished, int due) {
        messages(h, finished, "'DELIVERED'", "now() - (:n - n) * interval '2 s'");
        h.createUpdate("insert into attempt select n, 1, 1, 'bench', 1, 'smpp', gen_random_uuid(), decode(repeat('ab', 32), 'hex'), false, now() - (:n - n) * interval '2 s' from generate_series(1, :n) n")
            .bind("n", finished).execute();
        h.createUpdate("insert into attempt_outcome (message_id, part_no, claim_seq, route, verdict, code, provider_id, ended_at) "
            + "select n, 1, 1, 'smpp', 'ACCEPTED', '0', 'F' || n, now() - (:n - n) * interval '2 s' from generate_series(1, :n) n").bind("n", finished).execute();
        h.createUpdate("insert into message_event (message_id, from_state, to_state, actor, at) select n, 'ACCEPTED', 'DELIVERED', 'receipt', now() - (:n - n) * interval '2 s' from generate_series(1, :n) n")
            .bind("n", finished).execute();
        h.createQuery("select setval('message_id_seq', :n)").bind("n", Math.max(1, finished)).mapTo(Long.class).one();
        messages(h, due, "null", "now()");
        h.createUpdate("insert into message_due (message_id, location_id, channel, priority, state, next_attempt_at, expires_at, route) "
            + "select id, location_id, channel, 0, 'QUEUED', now() - interval '1 min' + id * interval '1 us', expires_at, 'smpp' from message where state is null").execute();
    }

    private static void messages(Handle h, int count, String state, String at) {
        h.createUpdate("""
            insert into message (location_id, customer_id, subject_type, subject_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, route, state, accepted_at, settled_at)
            select c.location_id, c.id, 'ORDER', n, 'SMS', 'TRANSACTIONAL', '+1514' || lpad(n::text, 7, '0'), 'Votre véhicule est prêt, venez quand vous voulez.', 'RESEND_ONCE', %2$s, now() + interval '3 days',
                   'smpp', %1$s, case when %1$s is not null then %2$s end, case when %1$s is not null then %2$s end
              from generate_series(1, :n) n join customer c on c.id = 1 + n %% (select count(*) from customer)""".formatted(state, at)).bind("n", count).execute();
    }
}
