package org.carillon.job;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A thread that sleeps until it is rung, does its work and sleeps again. Rung while it works, it works once more. */
final class Bell {

    private static final Logger LOG = System.getLogger(Bell.class.getName());

    private final String name;
    private final Runnable work;
    private final Semaphore rung = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    Bell(String name, ThreadFactory threads, Runnable work) {
        this.name = name;
        this.work = work;
        this.thread = threads.newThread(this::run);
    }

    Bell start() {
        thread.start();
        return this;
    }

    void ring() { rung.release(); }

    /** No further work; waits for what is being done. False when it takes longer. */
    boolean stop(Duration longest) {
        stopping = true;
        ring();
        try {
            thread.join(Math.max(1, longest.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void run() {
        while (!stopping) {
            try {
                rung.acquire();
                rung.drainPermits();
                if (!stopping) {
                    work.run();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, name + " failed and goes on when rung again", e);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
