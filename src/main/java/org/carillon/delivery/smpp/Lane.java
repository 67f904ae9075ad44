package org.carillon.delivery.smpp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Bounded work on a shared executor: at most so many workers, at most so much waiting, and what waits is worked off together. What does not fit
 * is refused, so that the provider waits.
 */
final class Lane<T> {

    private final Executor executor;
    private final int workers;
    private final int together;
    private final BlockingQueue<T> waiting;
    private final Consumer<List<T>> work;
    private final AtomicInteger busy = new AtomicInteger();

    Lane(Executor executor, int workers, int together, int capacity, Consumer<List<T>> work) {
        this.executor = executor;
        this.workers = workers;
        this.together = together;
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.work = work;
    }

    /** False where the lane is full. */
    boolean offer(T one) {
        if (!waiting.offer(one)) return false;
        startWorker();
        return true;
    }

    private void startWorker() {
        if (busy.incrementAndGet() > workers) {
            busy.decrementAndGet();
            return;
        }
        try {
            executor.execute(this::workOff);
        } catch (RejectedExecutionException e) {
            busy.decrementAndGet();  // the server is going down: what was not answered will be brought again
        }
    }

    private void workOff() {
        try {
            List<T> batch = new ArrayList<>();
            while (waiting.drainTo(batch, together) > 0) {
                work.accept(batch);
                batch = new ArrayList<>();
            }
        } finally {
            busy.decrementAndGet();
            if (!waiting.isEmpty()) startWorker();  // something came after the last look
        }
    }
}
