package org.carillon.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/** Planned notifications that are due: judged, rendered, queued, routed, leased, given to a provider and recorded, the releaser on a thread, one more that helps it as the node's does, and the line on another. */
final class OurReleases implements Workload {

    private final Pipeline pipeline;
    private final int size;
    private int round;

    OurReleases(Pipeline pipeline, int size) {
        this.pipeline = pipeline;
        this.size = size;
    }

    @Override public String name() { return "Carillon"; }

    /** By the first notification of each garage of the {@link Chain}, which is an SMS, for its orders. */
    @Override public void prepare() {
        pipeline.jdbi.useHandle(this::plan);
        pipeline.clock.refresh();
    }

    private void plan(Handle h) {
        int planned = h.createUpdate("""
            insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient,
                due_at, expires_at, tz_version, state, created_at, changed_at)
            select a.id, a.rev, l.calendar_rev, l.id, 'ORDER', o.id, o.customer_id, 'b' || :round, 'SMS', 'CUSTOMER', now() - interval '1 s', now() + interval '12 hours', '2026a', 'PLANNED', now(), now()
              from work_order o join location l on l.id = o.location_id
              join lateral (select a.* from automation a join automation_location al on al.automation_id = a.id where al.location_id = l.id order by a.id limit 1) a on true
             order by o.id limit :n""").bind("round", ++round).bind("n", size).execute();
        if (planned != size) {
            throw new IllegalStateException(planned + " of " + size + " planned");
        }
    }

    @Override public double run() throws Exception {
        long began = System.nanoTime();
        CompletableFuture<Integer> released = pipeline.release();
        int sent = 0;
        while (!released.isDone()) {
            if (pipeline.bell.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                pipeline.bell.drainPermits();
                sent += pipeline.dispatcher.drain(Pipeline.ROUTE);
            }
        }
        sent += pipeline.dispatcher.drain(Pipeline.ROUTE);
        long took = System.nanoTime() - began;
        if (sent != size) {
            throw new IllegalStateException(sent + " of " + size + " left, " + released.get() + " judged: " + pipeline.jdbi.withHandle(h ->
                h.createQuery("select state, reason, count(*) from planned_notification where occurrence = 'b' || :round group by 1, 2").bind("round", round).mapToMap().list()));
        }
        return Workload.rate(sent, took);
    }
}
