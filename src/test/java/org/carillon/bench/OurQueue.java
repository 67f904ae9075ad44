package org.carillon.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.carillon.delivery.BadAddresses;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.Dispatcher;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Node;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Turn;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.OwnConnection;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Jdbi;

/** Messages through the real line: leased, attempt written, given to a provider that takes everything, outcome and history recorded; every step durable. */
final class OurQueue implements Workload {

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Outbox outbox;
    private final OwnConnection connection;
    private final Dispatcher dispatcher;
    private final int size;

    OurQueue(DurableDatabase database, Jdbi jdbi, int size) {
        this.jdbi = jdbi;
        this.size = size;
        clock = new ApplicationClock(jdbi);
        outbox = new Outbox(jdbi, clock);
        connection = new OwnConnection(database.as("carillon_app"));
        Node node = new Node(jdbi);
        node.join("bench");
        Jdbi own = connection.jdbi();
        dispatcher = new Dispatcher(List.of(new Letterbox()), new Turn(own, clock, new BadAddresses(new Outbox(own, clock)), Deadlines.DEFAULT), node, clock, route -> null);
    }

    @Override public String name() { return "Carillon"; }

    @Override public int size() { return size; }

    /** Customers and locations of the {@link Chain}. */
    @Override public void prepare() {
        List<long[]> people = jdbi.withHandle(h -> h.createQuery("select id, location_id from customer order by id limit 5000").map((r, c) -> new long[] {r.getLong(1), r.getLong(2)}).list());
        for (int done = 0; done < size; ) {
            List<NewMessage> some = new ArrayList<>();
            for (; some.size() < 500 && done < size; done++) {
                long[] person = people.get(done % people.size());
                some.add(new NewMessage(null, 0, 0, null, person[1], person[0], Subject.order(1 + done), null, Channel.SMS, Purpose.TRANSACTIONAL, "+1514555" + (1_000_000 + done), "", "",
                    "Votre véhicule est prêt, venez quand vous voulez.", clock.now().plus(Duration.ofHours(12)), false));
            }
            outbox.enqueue(some);
        }
        clock.refresh();
    }

    @Override public double run() {
        long began = System.nanoTime();
        int sent = dispatcher.drain("smpp");
        long took = System.nanoTime() - began;
        if (sent != size) {
            throw new IllegalStateException(sent + " of " + size + " left");
        }
        return Workload.rate(sent, took);
    }

    @Override public void close() { connection.close(); }
}
