package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes receipts from gateways' threads. Those that come together are stored together: whoever gets the lock stores for all who wait, so that
 * a burst costs few commits, and everyone returns only after the commit.
 */
@ApplicationScoped
public class ReceiptBook implements ReceiptDesk {

    private record Waiting(Receipt receipt, CompletableFuture<Void> stored) { }

    private static final int TOGETHER = 500;

    private final ReceiptStore store;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    protected ReceiptBook() { this(null); }

    @Inject
    public ReceiptBook(ReceiptStore store) { this.store = store; }

    @Override public void record(Receipt receipt) {
        Waiting mine = new Waiting(receipt, new CompletableFuture<>());
        queue.add(mine);
        while (!mine.stored().isDone()) {
            writing.lock();
            try {
                if (!mine.stored().isDone()) {
                    storeWaiting();
                }
            } finally {
                writing.unlock();
            }
        }
        try {
            mine.stored().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the receipt could not be stored", e.getCause());
        }
    }

    @Override public void record(List<Receipt> receipts) { store.store(receipts); }

    private void storeWaiting() {
        List<Waiting> batch = new ArrayList<>();
        for (Waiting waiting = queue.poll(); waiting != null; waiting = batch.size() < TOGETHER ? queue.poll() : null) {
            batch.add(waiting);
        }
        if (!stored(batch) && batch.size() > 1) {
            batch.forEach(w -> stored(List.of(w)));  // one bad receipt must not turn away the others
        }
    }

    private boolean stored(List<Waiting> batch) {
        try {
            store.store(batch.stream().map(Waiting::receipt).toList());
            batch.forEach(w -> w.stored().complete(null));
            return true;
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                batch.get(0).stored().completeExceptionally(e);
            }
            return false;
        }
    }
}
