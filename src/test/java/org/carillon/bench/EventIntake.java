package org.carillon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventType;
import org.carillon.fact.Subject;

/** Orders change their status, each in a transaction of its own: the event, what is no longer true, and what is planned for it, found once and kept once. */
final class EventIntake implements Workload {

    private final Pipeline pipeline;
    private final int clients;
    private final int size;
    private final AtomicInteger next = new AtomicInteger();
    private List<long[]> orders = List.of();

    EventIntake(Pipeline pipeline, int clients, int size) {
        this.pipeline = pipeline;
        this.clients = clients;
        this.size = size;
    }

    @Override public String name() { return "Carillon, event with plan"; }

    @Override public void prepare() {
        orders = pipeline.jdbi.withHandle(h -> h.createQuery("select id, location_id, customer_id from work_order order by id").map((r, c) -> new long[] {r.getLong(1), r.getLong(2), r.getLong(3)}).list());
    }

    @Override public double run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        long plans = plans();
        try {
            long began = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < size / clients; n++) {
                        one(next.getAndIncrement());
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(10, TimeUnit.MINUTES);
            }
            double rate = Workload.rate(size / clients * clients, System.nanoTime() - began);
            if (plans() - plans != size / clients * clients) {
                throw new IllegalStateException(plans() - plans + " planned");
            }
            return rate;
        } finally {
            threads.shutdownNow();
        }
    }

    /** To a status that one notification of its garage waits for. */
    private void one(int n) {
        long[] order = orders.get(n % orders.size());
        String to = "S-" + (1 + n % 48);
        pipeline.record(new BusinessEvent(EventType.ORDER_STATUS_CHANGED, Subject.order(order[0]), order[1], order[2], pipeline.clock.now(), "bench", false, to, Map.of("from", "S-49", "to", to)));
    }

    private long plans() { return pipeline.jdbi.withHandle(h -> h.createQuery("select count(*) from planned_notification where event_id is not null").mapTo(Long.class).one()); }
}
