package org.carillon.delivery;

import java.util.concurrent.TimeUnit;

/** Submits of the last full second, by the monotonic clock. Belongs to one thread. */
final class Meter {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long began = System.nanoTime();
    private int counting;
    private double last;

    void count(int submits) {
        turn();
        counting += submits;
    }

    /** Before the first second is over, what it has so far. */
    double lastSecond() {
        turn();
        return Math.max(last, counting);
    }

    private void turn() {
        long passed = System.nanoTime() - began;
        if (passed >= SECOND) {
            last = passed < 2 * SECOND ? counting : 0;
            counting = 0;
            began += passed - passed % SECOND;
        }
    }
}
