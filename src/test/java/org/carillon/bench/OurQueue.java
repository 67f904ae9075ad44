package org.carillon.bench;

import java.util.ArrayList;
import java.util.List;
import org.carillon.delivery.NewMessage;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;

/** Messages through the real line: leased, attempt written, given to a provider that takes everything, outcome and history recorded; every step durable. */
final class OurQueue implements Workload {

    private final Pipeline pipeline;
    private final String name;
    private final int size;

    OurQueue(Pipeline pipeline, String name, int size) {
        this.pipeline = pipeline;
        this.name = name;
        this.size = size;
    }

    @Override public String name() { return name; }

    /** Customers and locations of the {@link Chain}. */
    @Override public void prepare() {
        List<long[]> people = pipeline.jdbi.withHandle(h -> h.createQuery("select id, location_id from customer order by id limit 5000")
            .map((r, c) -> new long[] {r.getLong(1), r.getLong(2)}).list());
        for (int done = 0; done < size; ) {
            List<NewMessage> some = new ArrayList<>();
            for (; some.size() < 500 && done < size; done++) {
                long[] person = people.get(done % people.size());
                some.add(new NewMessage(null, 0, 0, null, person[1], person[0], Subject.order(1 + done), null, Channel.SMS, Purpose.TRANSACTIONAL, "+1514555" + (1_000_000 + done), "", "",
                    "Votre véhicule est prêt, venez quand vous voulez.", pipeline.inTwelveHours(), false));
            }
            pipeline.outbox.enqueue(some);
        }
        pipeline.clock.refresh();
    }

    @Override public double run() {
        pipeline.letterbox.take(size);
        long began = System.nanoTime();
        int sent = pipeline.dispatcher.drain(Pipeline.ROUTE);
        long took = System.nanoTime() - began;
        pipeline.letterbox.take(Integer.MAX_VALUE / 2);
        if (sent < size) {
            throw new IllegalStateException(sent + " of " + size + " left");
        }
        return Workload.rate(sent, took);
    }
}
