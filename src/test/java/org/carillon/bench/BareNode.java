package org.carillon.bench;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.carillon.automation.AudienceShelf;
import org.carillon.booking.StartTimes;
import org.carillon.customer.CustomerFields;
import org.carillon.delivery.BadAddresses;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.Dispatcher;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.Node;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Overdue;
import org.carillon.delivery.Routing;
import org.carillon.delivery.Turn;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.OwnConnection;
import org.carillon.plan.AudienceRecheck;
import org.carillon.plan.BacklogGate;
import org.carillon.plan.Facts;
import org.carillon.plan.ReleaseStep;
import org.carillon.plan.Releaser;
import org.carillon.plan.Reminders;
import org.carillon.plan.Replanner;
import org.carillon.repair.DueDates;
import org.carillon.repair.LeadFields;
import org.carillon.repair.OrderFields;
import org.carillon.shop.ShopFields;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** The releaser and the dispatcher of one node without its container: each on threads and connections of its own, every batch a transaction. */
final class BareNode implements AutoCloseable {

    final Node node;
    final ApplicationClock clock;
    final Outbox outbox;
    final Dispatcher dispatcher;
    final Releaser releaser;
    private final List<OwnConnection> sending;
    private final OwnConnection beating;
    private final Gateway gateway;
    private volatile boolean stopping;
    private Thread line;

    /** @param rates submits a second by route, null where none */
    BareNode(DurableDatabase database, String name, Gateway gateway, Function<String, Double> rates) { this(database, name, gateway, rates, 0); }

    /** @param latency milliseconds that each statement of the line takes longer */
    BareNode(DurableDatabase database, String name, Gateway gateway, Function<String, Double> rates, long latency) {
        this.gateway = gateway;
        Jdbi releasing = database.jdbi(3);
        sending = List.of(new OwnConnection(database.as("carillon_app")), new OwnConnection(database.as("carillon_app"))).subList(0, gateway.window() < 20 ? 1 : 2);  // as Dispatcher.open
        beating = new OwnConnection(database.as("carillon_app"));
        clock = new ApplicationClock(beating.jdbi());
        node = new Node(beating.jdbi());
        node.join(name);
        dispatcher = new Dispatcher(List.of(gateway), sending.stream().map(connection -> slow(connection.jdbi(), latency))
            .map(own -> new Turn(own, clock, new BadAddresses(new Outbox(own, clock)), Deadlines.DEFAULT)).toList(), node, clock, rates);
        outbox = new Outbox(releasing, clock);
        releaser = releaser(releasing);
    }

    static Jdbi slow(Jdbi jdbi, long latency) {
        return latency == 0 ? jdbi : jdbi.setSqlLogger(new SqlLogger() {
            @Override public void logBeforeExecution(StatementContext context) {
                try {
                    Thread.sleep(latency);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    private Releaser releaser(Jdbi jdbi) {
        FieldCatalogue fields = new FieldCatalogue(Stream.of(new ShopFields().fields(), new CustomerFields().fields(), new OrderFields().fields(), new LeadFields().fields())
            .flatMap(List::stream).toList());
        Replanner replanner = new Replanner(jdbi, clock, outbox, new DueDates(jdbi), new StartTimes(jdbi), new Reminders(outbox));
        ReleaseStep step = new ReleaseStep(jdbi, clock, new Facts(fields), outbox, replanner, new Routing(() -> Stream.of(gateway)),
            new AudienceRecheck(fields, new AudienceShelf(fields))) {
            @Override public void refresh(List<Long> stale) { jdbi.useTransaction(h -> super.refresh(stale)); }

            @Override public Judged releaseBatch() {
                Judged judged = jdbi.inTransaction(h -> super.releaseBatch());
                dispatcher.ring(gateway.route());  // what the listener does on its notification
                return judged;
            }

            @Override public Judged release(Collection<Long> ids) { return jdbi.inTransaction(h -> super.release(ids)); }

            @Override public int expire() { return jdbi.inTransaction(h -> super.expire()); }
        };
        return new Releaser(step, new BacklogGate(jdbi, clock, new Overdue()) {
            @Override public long watch() { return jdbi.inTransaction(h -> super.watch()); }
        });
    }

    /** Until all that the releaser, on its own thread, lets go has left and the outcomes are recorded. Answers the number of submits. */
    int send(Future<?> releasing) throws InterruptedException {
        int sent = 0;
        for (boolean last = false; !last; Thread.sleep(last ? 0 : 1)) {
            last = releasing.isDone();
            sent += dispatcher.drain(gateway.route());
        }
        return sent;
    }

    /** Sends on a thread of its own until {@link #stop}. */
    BareNode start() {
        line = new Thread(() -> {
            while (!stopping) {
                dispatcher.drain(gateway.route());
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }, "line " + gateway.route());
        line.start();
        return this;
    }

    /** Claims nothing more; returns when what is under way is recorded. */
    void stop() throws InterruptedException {
        stopping = true;
        dispatcher.stop(gateway.route());
        line.join();
    }

    @Override public void close() {
        sending.forEach(OwnConnection::close);
        beating.close();
    }
}
