package org.carillon.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many submits may be under way at once on this node (REL-15); who comes first goes first. */
public final class Window {

    private final int size;
    private final Semaphore places;

    public Window(int size) {
        this.size = size;
        places = new Semaphore(size, true);
    }

    /** Waits for a place until the message may no longer be written; false where none became free. */
    public boolean enter(Outgoing outgoing) {
        try {
            return places.tryAcquire(outgoing.writeBefore() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public void leave() { places.release(); }

    /** Lets nobody in any more and waits, at most so long, until everybody has left. */
    public void close(Duration atMost) {
        try {
            places.tryAcquire(size, atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
