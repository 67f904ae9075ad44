package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.Seeded;
import org.carillon.fact.Channel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns that overlap: some fail before their commit, some after it, and answers come from other threads in any order. */
class OverlapTest {

    private static final int WINDOW = 40;

    private final DeliveryFixture shop = new DeliveryFixture();
    private final Set<Long> given = ConcurrentHashMap.newKeySet();
    private final AtomicInteger twice = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final ExecutorService provider = Executors.newFixedThreadPool(3);

    private final Gateway gateway = new Gateway() {
        @Override public String route() { return "smpp"; }

        @Override public Channel channel() { return Channel.SMS; }

        @Override public RouteHealth health() { return new RouteHealth(true, false, "", java.time.Instant.EPOCH); }

        @Override public int window() { return WINDOW; }

        @Override public CompletionStage<Submission> submit(Outgoing outgoing) {
            twice.addAndGet(given.add(outgoing.messageId()) ? 0 : 1);
            most.accumulateAndGet((int) shop.count("select count(*) from message_due where state = 'SENDING'"), Math::max);
            return CompletableFuture.supplyAsync(() -> new Submission(Verdict.ACCEPTED, "0", "p" + outgoing.messageId(), ""), provider);
        }
    };

    /**
     * Fails now and then; where it fails after the commit nobody knows what it has done. Not three times in a row: of an outcome that fails again when it is
     * written alone, a line says in the end that it cannot be written (T11), and that is not what this is about.
     */
    private final class Doubtful extends Turn {

        private final Random random;

        Doubtful(Random random) {
            super(shop.jdbi, shop.clock, new BadAddresses(shop.outbox), Deadlines.DEFAULT);
            this.random = random;
        }

        @Override public Result take(Order order) {
            int luck = failed.get() < 2 ? random.nextInt(12) : 2;
            failed.set(luck < 2 ? failed.get() + 1 : 0);
            if (luck == 0) {
                throw new IllegalStateException("before the commit");
            }
            Result result = super.take(order);
            if (luck == 1) {
                throw new IllegalStateException("after the commit");
            }
            return result;
        }
    }

    /** @param crowded locations share the line, so that it claims more than leaves at once */
    @ParameterizedTest(name = "crowded: {0}") @ValueSource(booleans = {false, true})
    @DisplayName("REL-05, REL-08: turns that overlap and fail lose nothing, submit nothing twice and never have more than a window under way")
    void losesNothingAndRepeatsNothing(boolean crowded) {
        Seeded.run(3, random -> {
            given.clear();
            List<Long> ids = shop.enqueueSms(300);
            if (crowded) {
                shop.jdbi.useHandle(h -> {
                    h.execute("insert into location (code, name, zone, country, language) select 'L' || n, 'L', 'America/Toronto', 'CA', 'fr' from generate_series(1, 12) n on conflict do nothing");
                    h.execute("update message_due set location_id = (select id from location where code = 'L' || message_id % 13) where message_id % 13 > 0 and message_id > ?", ids.get(30));
                });
            }
            Dispatcher dispatcher = new Dispatcher(List.of(gateway), List.of(new Doubtful(new Random(random.nextLong())), new Doubtful(new Random(random.nextLong()))), shop.node, shop.clock,
                route -> null);
            for (int drains = 0; drains < 20 && shop.count("select count(*) from message_due") > 0; drains++) {
                dispatcher.drain(Channel.SMS);
                shop.advance(Duration.ofSeconds(31));  // past what waits a moment, and past the line's time to tidy up
            }
            assertEquals(0, shop.count("select count(*) from message_due"), "lost");
            assertEquals(new HashSet<>(ids), given);
            assertEquals(0, twice.get());
            assertTrue(most.get() <= WINDOW, most + " under way");
            assertEquals(300, shop.count("select count(*) from message where state = 'ACCEPTED' and id >= " + ids.get(0)));
            assertEquals(0, shop.count("select count(*) from late_outcome"));
            assertEquals(300, shop.count("select count(*) from attempt_outcome where verdict = 'ACCEPTED' and message_id >= " + ids.get(0)));
        });
        provider.shutdown();
    }
}
