package org.carillon.delivery;

import java.util.concurrent.CountDownLatch;

/** Waiting in tests, where an interruption is a mistake. */
final class Patience {

    private interface Wait {
        void pass() throws InterruptedException;
    }

    private Patience() { }

    static void await(CountDownLatch latch) { through(latch::await); }

    static void pause(long millis) { through(() -> Thread.sleep(millis)); }

    static void join(Thread thread) { through(thread::join); }

    private static void through(Wait wait) {
        try {
            wait.pass();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
