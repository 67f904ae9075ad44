package org.carillon.delivery.smpp;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounded work on a shared executor: at most so many at once, at most so many waiting. What does not fit is refused, so that the provider waits. */
final class Lane {

    private final Executor executor;
    private final int workers;
    private final BlockingQueue<Runnable> waiting;
    private final AtomicInteger busy = new AtomicInteger();

    Lane(Executor executor, int workers, int capacity) {
        this.executor = executor;
        this.workers = workers;
        this.waiting = new ArrayBlockingQueue<>(capacity);
    }

    /** False where the lane is full. */
    boolean offer(Runnable work) {
        if (!waiting.offer(work)) return false;
        startWorker();
        return true;
    }

    private void startWorker() {
        if (busy.incrementAndGet() <= workers) executor.execute(this::work);
        else busy.decrementAndGet();
    }

    private void work() {
        try {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) next.run();
        } finally {
            busy.decrementAndGet();
            if (!waiting.isEmpty()) startWorker();  // something came after the last look
        }
    }
}
