package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.carillon.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    @Test @DisplayName("REL-15: nodes that come when they can, late by what is allowed, never put more than the rate into any second, and hardly less")
    void keepsTheRateInEverySecond() {
        Seeded.run(300, random -> {
            double rate = Seeded.oneOf(random, List.of(1.0, 5.0, 20.0, 20.0, 100.0));
            int nodes = 1 + random.nextInt(4);
            Pace pace = Pace.FREE;
            Instant[] free = new Instant[nodes];
            java.util.Arrays.fill(free, START);
            List<Instant> submits = new ArrayList<>();
            Instant end = START.plusSeconds(60);
            for (int node = next(free); free[node].isBefore(end); node = next(free)) {
                Instant now = free[node];
                Pace.Slots slots = pace.slots(rate, 1 + random.nextInt(30), now, Duration.ofMillis(20));
                int used = slots.count() == 0 ? 0 : slots.count() - random.nextInt(slots.count());
                pace = pace.after(new Pace.Slots(used, slots.first(), slots.spacing()));  // what was not needed goes back
                for (int i = 0; i < used; i++) {
                    submits.add(slots.first().plus(slots.spacing().multipliedBy(i)).plusNanos(random.nextLong(Pace.TOLERANCE.toNanos())));
                }
                free[node] = now.plusMillis(random.nextInt(10) == 0 ? random.nextInt(400) : 5 + random.nextInt(60));  // busy now and then
            }
            submits.sort(null);
            assertTrue(most(submits) <= rate, most(submits) + " in a second at " + rate);
            assertTrue(submits.size() >= 60 * rate * 0.85 - 1, submits.size() + " of " + 60 * rate);
        });
    }

    private static int next(Instant[] free) {
        int first = 0;
        for (int i = 1; i < free.length; i++) {
            first = free[i].isBefore(free[first]) ? i : first;
        }
        return first;
    }

    private static int most(List<Instant> at) {
        int most = 0;
        for (int first = 0, last = 0; last < at.size(); last++) {
            while (!at.get(last).isBefore(at.get(first).plusSeconds(1))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    @Test @DisplayName("an instant that was reserved before the clock was set back holds nobody up, and a silence is not made up for")
    void forgetsWhatIsFarAheadAndWhatIsPast() {
        Pace ahead = Pace.FREE.after(new Pace.Slots(1, START.plusSeconds(3_600), Duration.ofMillis(50)));
        assertEquals(START, ahead.slots(20, 1, START, Duration.ZERO).first());
        Pace past = Pace.FREE.after(new Pace.Slots(1, START.minusSeconds(3_600), Duration.ofMillis(50)));
        assertEquals(START, past.slots(20, 500, START, Duration.ZERO).first());
        assertEquals(19, past.slots(20, 500, START, Duration.ZERO).count(), "a second ahead and no more");
    }
}
