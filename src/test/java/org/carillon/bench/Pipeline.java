package org.carillon.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.carillon.automation.AudienceShelf;
import org.carillon.booking.StartTimes;
import org.carillon.customer.CustomerFields;
import org.carillon.delivery.BadAddresses;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.Dispatcher;
import org.carillon.delivery.Node;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Overdue;
import org.carillon.delivery.Routing;
import org.carillon.delivery.Turn;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.Channel;
import org.carillon.fact.EventLog;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.OwnConnection;
import org.carillon.plan.AudienceRecheck;
import org.carillon.plan.BacklogGate;
import org.carillon.plan.Facts;
import org.carillon.plan.Planner;
import org.carillon.plan.ReleaseStep;
import org.carillon.plan.Releaser;
import org.carillon.plan.Reminders;
import org.carillon.plan.Replanner;
import org.carillon.repair.DueDates;
import org.carillon.repair.LeadFields;
import org.carillon.repair.OrderFields;
import org.carillon.shop.ShopFields;
import org.jdbi.v3.core.Jdbi;

/** Planner, releaser and dispatcher of one node without its container: its transactions by hand, its connections from a pool, the line's its own. */
final class Pipeline implements AutoCloseable {

    static final String ROUTE = "smpp";
    private static final Executor HELPERS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "releaser");
        thread.setDaemon(true);
        return thread;
    });

    final Jdbi jdbi;
    final ApplicationClock clock;
    final Outbox outbox;
    final Releaser releaser;
    final Dispatcher dispatcher;
    final Letterbox letterbox = new Letterbox();
    /** Rung where a node would be notified: after the commit of whatever queued messages. */
    final Semaphore bell = new Semaphore(0);
    private final EventLog events;
    private final List<OwnConnection> connections;

    Pipeline(DurableDatabase database, int clients) {
        jdbi = database.jdbi(clients + 4);
        clock = new ApplicationClock(jdbi);
        outbox = new Outbox(jdbi, clock);
        Reminders reminders = new Reminders(outbox);
        events = new EventLog(jdbi, new Planner(jdbi, clock, outbox, reminders)::plan);
        releaser = releaser(new Replanner(jdbi, clock, outbox, new DueDates(jdbi), new StartTimes(jdbi), reminders));
        connections = List.of(new OwnConnection(database.as("carillon_app")), new OwnConnection(database.as("carillon_app")));
        Node node = new Node(jdbi);
        node.join("bench");
        dispatcher = new Dispatcher(List.of(letterbox), connections.stream().map(OwnConnection::jdbi)
            .map(own -> new Turn(own, clock, new BadAddresses(new Outbox(own, clock)), Deadlines.DEFAULT)).toList(), node, clock, route -> null);
    }

    private Releaser releaser(Replanner replanner) {
        FieldCatalogue fields = new FieldCatalogue(Stream.of(new ShopFields().fields(), new CustomerFields().fields(), new OrderFields().fields(), new LeadFields().fields())
            .flatMap(List::stream).toList());
        ReleaseStep step = new ReleaseStep(jdbi, clock, new Facts(fields), outbox, replanner, new Routing(Stream::of), new AudienceRecheck(fields, new AudienceShelf(fields))) {
            @Override public void refresh(List<Long> stale) { jdbi.useTransaction(h -> super.refresh(stale)); }
            @Override public Judged releaseBatch() {
                Judged judged = jdbi.inTransaction(h -> super.releaseBatch());
                bell.release();
                return judged;
            }
            @Override public Judged release(Collection<Long> ids) { return jdbi.inTransaction(h -> super.release(ids)); }
            @Override public int expire() { return jdbi.inTransaction(h -> super.expire()); }
        };
        return new Releaser(step, new BacklogGate(jdbi, clock, new Overdue()) {
            @Override public long watch() { return jdbi.inTransaction(h -> super.watch()); }
            @Override public List<Long> letGo(Map<Channel, Double> rates) { return jdbi.inTransaction(h -> super.letGo(rates)); }
        });
    }

    /** All that is due, by the releaser and whoever helps it; answers how many were judged. */
    CompletableFuture<Integer> release() { return releasing(releaser); }

    static CompletableFuture<Integer> releasing(Releaser releaser) {
        AtomicReference<CompletableFuture<Integer>> helping = new AtomicReference<>();
        return CompletableFuture.supplyAsync(() -> releaser.releaseDue(() -> {
            if (helping.get() == null || helping.get().isDone()) {
                CompletableFuture<Integer> before = helping.get();
                helping.set(CompletableFuture.supplyAsync(() -> releaser.help() + (before == null ? 0 : before.join()), HELPERS));
            }
        }), HELPERS).thenApply(judged -> judged + (helping.get() == null ? 0 : helping.get().join()));
    }

    /** In a transaction of its own, with all that follows from it. */
    void record(BusinessEvent event) { jdbi.useTransaction(h -> events.record(List.of(event))); }

    Instant inTwelveHours() { return clock.now().plus(Duration.ofHours(12)); }

    @Override public void close() { connections.forEach(OwnConnection::close); }
}
