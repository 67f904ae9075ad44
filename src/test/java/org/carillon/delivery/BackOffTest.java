package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("REL-13: reconnecting backs off from 1 s to 60 s with jitter")
class BackOffTest {

    @Test
    void staysBetweenOneAndSixtySecondsAndDoubles() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int failures = 1; failures < 100; failures++) {
            long base = (long) Math.min(60_000, 1_000 * Math.pow(2, failures - 1));
            for (int i = 0; i < 1_000; i++) {
                Duration delay = BackOff.delay(failures, random);
                assertTrue(delay.toMillis() >= Math.max(1_000, base / 2), "seed " + seed);
                assertTrue(delay.toMillis() <= Math.min(60_000, base * 3 / 2), "seed " + seed);
            }
        }
    }
}
