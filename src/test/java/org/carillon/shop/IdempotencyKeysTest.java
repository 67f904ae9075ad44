package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.TestDatabase;
import org.carillon.fact.ApplicationClock;
import org.carillon.shop.IdempotencyKeys.Known;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {

    private static final byte[] BODY = {1, 2, 3}, OTHER = {1, 2, 4};

    private final TestDatabase database = TestDatabase.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final ApplicationClock clock = new ApplicationClock(jdbi);
    private final IdempotencyKeys keys = new IdempotencyKeys(jdbi, clock, Duration.ofDays(7));

    private void later(Duration by) {
        jdbi.useHandle(h -> h.execute("update application_clock set offset_ms = offset_ms + ?", by.toMillis()));
        clock.refresh();
    }

    private long rows() { return jdbi.withHandle(h -> h.createQuery("select count(*) from inbox_event").mapTo(Long.class).one()); }

    @Test @DisplayName("REL-03: 100 threads x the same key x 100 keys: 100 effects, one answer each")
    void doesOnceWhatAHundredAsk() throws Exception {
        AtomicInteger effects = new AtomicInteger(), still = new AtomicInteger();
        ConcurrentHashMap<String, String> answers = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(100);
        CountDownLatch all = new CountDownLatch(100);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < 100; thread++) {
            done.add(threads.submit(() -> {
                all.countDown();
                all.await();
                for (int key = 0; key < 100; key++) {
                    String name = "k" + key;
                    Known known = keys.claim("token:1", name, BODY);
                    if (known.fresh()) {
                        String body = name + " " + effects.incrementAndGet();
                        assertTrue(keys.answer("token:1", name, known.claim(), 201, body));
                        known = new Known(null, true, 201, body);
                    }
                    for (; known.status() == null; known = keys.claim("token:1", name, BODY)) {
                        assertFalse(known.fresh());
                        still.incrementAndGet();
                    }
                    String said = known.status() + known.body();
                    assertEquals(said, answers.merge(name, said, (first, now) -> first));
                }
                return null;
            }));
        }
        for (Future<?> one : done) {
            one.get();
        }
        threads.shutdown();
        assertEquals(100, effects.get());
        assertEquals(100, answers.size());
        System.out.println("REL-03: 10,000 calls, 100 effects, " + still + " times told that the first still runs");
    }

    @Test @DisplayName("REL-03: another body is refused, whether the first still runs or not; another token's key is another key")
    void knowsAnotherCall() {
        Known first = keys.claim("token:1", "k", BODY);
        assertFalse(keys.claim("token:1", "k", OTHER).same());
        assertTrue(keys.claim("token:2", "k", OTHER).fresh());
        keys.answer("token:1", "k", first.claim(), 200, "{}");
        Known other = keys.claim("token:1", "k", OTHER);
        assertFalse(other.same() || other.fresh());
        assertEquals("{}", keys.claim("token:1", "k", BODY).body());
    }

    @Test @DisplayName("REL-03: what was refused is not kept; what a dead node claimed is free after a while, and its own late answer does not stand")
    void freesWhatCameToNothing() {
        Known refused = keys.claim("token:1", "k", BODY);
        keys.drop("token:1", "k", refused.claim());
        Known dead = keys.claim("token:1", "k", OTHER);
        assertTrue(dead.fresh());
        assertFalse(keys.claim("token:1", "k", OTHER).fresh());
        later(IdempotencyKeys.LONGEST_CALL.plusSeconds(1));
        Known next = keys.claim("token:1", "k", OTHER);
        assertTrue(next.fresh());
        assertFalse(keys.answer("token:1", "k", dead.claim(), 200, "late"));
        keys.drop("token:1", "k", dead.claim());
        assertTrue(keys.answer("token:1", "k", next.claim(), 200, "{}"));
        keys.drop("token:1", "k", next.claim());
        assertEquals(1, rows());
        assertFalse(keys.answer("token:1", "none", UUID.randomUUID(), 200, "{}"));
    }

    @Test @DisplayName("REL-03: given again for seven days and never less than one; then forgotten")
    void keepsAnswersForAWhile() {
        keys.answer("token:1", "k", keys.claim("token:1", "k", BODY).claim(), 200, "{}");
        IdempotencyKeys hasty = new IdempotencyKeys(jdbi, clock, Duration.ofMinutes(1));
        later(Duration.ofHours(23));
        assertEquals(0, hasty.forget());
        assertFalse(hasty.claim("token:1", "k", BODY).fresh());
        later(Duration.ofDays(6));
        assertEquals("{}", keys.claim("token:1", "k", BODY).body());
        assertEquals(0, keys.forget());
        later(Duration.ofDays(1));
        assertEquals(1, keys.forget());
        assertTrue(keys.claim("token:1", "k", BODY).fresh());
    }
}
