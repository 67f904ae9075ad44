package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Three nodes that die at random around their commits, a provider in every mood, cancellations and opt-outs meanwhile; then the books are checked. */
class ChaosTest {

    private static final int ROUNDS = Integer.getInteger("carillon.chaos.rounds", 8);
    private static final int PER_ROUND = Integer.getInteger("carillon.chaos.messages", 80);
    private final long seed = Long.getLong("carillon.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final DeliveryFixture shop = new DeliveryFixture();
    private final Map<String, AtomicInteger> taken = new ConcurrentHashMap<>();

    /** Not a failure of the database: the process is gone in the middle of its work. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() { super("killed", null, false, false); }
    }

    /** Dies at its n-th turn, before or after the commit. */
    private static final class Mortal extends Turn {

        private final AtomicInteger turns;
        private final boolean afterCommit;

        Mortal(Jdbi jdbi, DeliveryFixture shop, int turns, boolean afterCommit) {
            super(jdbi, shop.clock, new BadAddresses(shop.outbox), Deadlines.DEFAULT);
            this.turns = new AtomicInteger(turns);
            this.afterCommit = afterCommit;
        }

        @Override public Result take(Order order) {
            boolean last = turns.decrementAndGet() <= 0;
            if (last && !afterCommit) {
                throw new Killed();
            }
            Result result = super.take(order);
            if (last) {
                throw new Killed();
            }
            return result;
        }
    }

    private synchronized int draw(int bound) { return random.nextInt(bound); }

    private Submission mood(Outgoing outgoing) {
        int mood = draw(100);
        boolean took = mood < 74 || mood >= 97;
        if (took) {
            taken.computeIfAbsent(outgoing.messageId() + "/" + outgoing.partNo(), k -> new AtomicInteger()).incrementAndGet();
        }
        Verdict verdict = mood < 74 ? Verdict.ACCEPTED : mood < 80 ? Verdict.TEMPORARY : mood < 82 ? Verdict.TEMPORARY_FEW : mood < 86 ? Verdict.NOT_SENT
            : mood < 88 ? Verdict.SESSION : mood < 91 ? Verdict.PERMANENT : Verdict.UNKNOWN;
        return new Submission(verdict, "", verdict == Verdict.ACCEPTED ? outgoing.wireRef().toString() : null, "");
    }

    @Test @DisplayName("I1, I2, I5, I7: nodes killed around their commits lose nothing, and every double stands flagged")
    void theBooksAreRight() throws Exception {
        System.err.println("chaos seed " + seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<NewMessage> messages = new ArrayList<>();
            for (int i = 0; i < PER_ROUND; i++) {
                Purpose purpose = Purpose.values()[draw(3)];
                messages.add(DeliveryFixture.ofPlan(shop.message(Channel.SMS, purpose, "+1514556" + (1_000 + draw(500)), draw(8) == 0 ? "é".repeat(170) + "ê" : "x",
                    Duration.ofHours(48)), 1 + draw(50)));
            }
            shop.outbox.enqueue(messages);
            List<Thread> nodes = new ArrayList<>();
            for (int n = 0; n < 3; n++) {
                Node node = new Node(shop.jdbi);
                node.join("n" + n);
                ScriptedGateway gateway = new ScriptedGateway(Channel.SMS);
                gateway.answer = this::mood;
                Turn turn = new Mortal(shop.jdbi, shop, n == 0 ? 1 << 20 : 1 + draw(6), draw(2) == 0);
                Dispatcher dispatcher = new Dispatcher(List.of(gateway), turn, node, shop.clock, route -> null);
                nodes.add(new Thread(() -> {
                    try {
                        dispatcher.drain(Channel.SMS);
                    } catch (Killed e) {
                        shop.execute("update node set heartbeat_at = 'epoch' where id = ?", node.life().orElseThrow().id());
                    }
                }));
            }
            nodes.forEach(Thread::start);
            shop.outbox.cancelByPlans(List.of(1L + draw(50), 1L + draw(50)), Reason.STATUS_MOVED_ON, "planner");
            shop.outbox.suppress(Channel.SMS, "+1514556" + (1_000 + draw(500)), Reason.OPTED_OUT, "inbound");
            for (Thread node : nodes) {
                node.join();
            }
            shop.advance(Duration.ofMinutes(7));
            shop.sweep();
        }
        for (int i = 0; i < 60 && shop.count("select count(*) from message_due") > 0; i++) {
            shop.sms.answer = this::mood;
            shop.drain();
            shop.advance(Duration.ofMinutes(46));
            shop.sweep();
        }
        judge();
    }

    private void judge() {
        assertEquals(0, shop.count("select count(*) from message_due"), "I1: everything is settled");
        assertEquals((long) ROUNDS * PER_ROUND, shop.count("select count(*) from message where state is not null"));
        assertEquals(0, shop.count("select count(*) from message m where m.state <> (select to_state from message_event e where e.message_id = m.id order by id desc limit 1)"),
            "the last event is the state");
        assertEquals(0, shop.count("select count(*) from (select from_state, lag(to_state) over (partition by message_id order by id) as before from message_event) e "
            + "where coalesce(before, 'NEW') <> from_state"), "I7: each history is one path");
        assertEquals(0, shop.count("select count(*) from attempt a where not exists (select 1 from attempt_outcome o where o.message_id = a.message_id "
            + "and o.part_no = a.part_no and o.claim_seq = a.claim_seq)"), "every attempt has an outcome");
        assertEquals(0, shop.count("select count(*) from attempt a where not possible_duplicate and exists (select 1 from attempt_outcome o where o.message_id = a.message_id "
            + "and o.part_no = a.part_no and o.claim_seq < a.claim_seq and o.verdict = 'UNKNOWN')"), "I2: what may be a double is flagged");
        shop.jdbi.useHandle(h -> h.createQuery("select m.id, m.purpose, m.state, a.part_no, count(*) filter (where o.verdict = 'UNKNOWN') as unknown "
            + "from message m join attempt a on a.message_id = m.id join attempt_outcome o using (message_id, part_no, claim_seq) group by m.id, a.part_no")
            .mapToMap().forEach(row -> {
                AtomicInteger times = taken.getOrDefault(row.get("id") + "/" + row.get("part_no"), new AtomicInteger());
                long unknown = ((Number) row.get("unknown")).longValue();
                String what = row + " was taken " + times + " times, seed " + seed;
                assertEquals(true, times.get() <= 1 + unknown, what);
                assertEquals(true, times.get() <= ("MARKETING".equals(row.get("purpose")) ? 1 : 2), what);
                assertEquals(true, !"ACCEPTED".equals(row.get("state")) || times.get() >= 1, what);
            }));
    }
}
