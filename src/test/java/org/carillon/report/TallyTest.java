package org.carillon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger counted = new AtomicInteger();
    private final Tally<String, Integer> tally = new Tally<>(clock::get);

    private int count(String key, Duration takes) {
        return tally.of(key, () -> {
            clock.addAndGet(takes.toNanos());
            return counted.incrementAndGet();
        });
    }

    @Test @DisplayName("PERF-12: what is dear to count is told again for twenty times as long, what is cheap never")
    void tellsAgainWhatIsDear() {
        assertEquals(List.of(1, 2, 3), IntStream.range(0, 3).mapToObj(i -> count("cheap", Duration.ofMillis(99))).toList());
        Duration dear = Duration.ofMillis(300);
        assertEquals(4, count("dear", dear));
        clock.addAndGet(dear.multipliedBy(20).toNanos() - 1);
        assertEquals(4, count("dear", dear));
        assertEquals(5, count("another", dear));
        assertEquals(6, count("dear", dear), "the other one took its time, too");
    }

    @Test @DisplayName("PERF-12: a hundred who ask at once make one count")
    void countsOnceForAll() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(CompletableFuture.supplyAsync(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return count("dear", Duration.ofSeconds(1));
            }, task -> new Thread(task).start()));
        }
        go.countDown();
        for (CompletableFuture<Integer> one : all) {
            assertEquals(1, one.get());
        }
    }

    @Test void forgetsWhatWasAskedForLongestAgo() {
        Duration dear = Duration.ofSeconds(10_000);
        assertEquals(1, count("dear", dear));
        IntStream.range(0, 63).forEach(i -> count("k" + i, Duration.ofMillis(1)));
        assertEquals(1, count("dear", dear));
        IntStream.range(0, 64).forEach(i -> count("k" + i, Duration.ofMillis(1)));
        assertEquals(129, count("dear", dear));
    }
}
