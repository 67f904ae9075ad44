package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.carillon.fact.Channel;
import org.carillon.fact.OwnConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * REL-12 by cases: the line's link to the database is cut between the wire and the outcome, for a moment, in the middle of the writing, for longer than the
 * node counts as alive, or for ever. {@code -Dcarillon.cases=} says how many (50), {@code -Dcarillon.seed=} which.
 */
class OutcomeCutTest {

    private enum Kind { SHORT, IN_THE_WRITING, THOUGHT_DEAD, DEAD }

    /** The link of one line. A cut resets the socket, also under a statement or a commit, and refuses new connections. */
    private static final class Link {

        private final DataSource real;
        private final Set<Connection> open = ConcurrentHashMap.newKeySet();
        private volatile boolean cut;

        Link(DataSource real) { this.real = real; }

        DataSource source() {
            return (DataSource) Proxy.newProxyInstance(Link.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                if (!method.getName().equals("getConnection")) {
                    return method.invoke(real, arguments);
                }
                if (cut) {
                    throw new SQLException("cut", "08001");
                }
                Connection connection = real.getConnection();
                open.add(connection);
                return connection;
            });
        }

        void cut() {
            cut = true;
            open.forEach(connection -> {
                try {
                    connection.abort(Runnable::run);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            open.clear();
        }

        void heal() { cut = false; }
    }

    private final DeliveryFixture shop = new DeliveryFixture();
    private final long seed = Long.getLong("carillon.seed", 20261123L);
    private final Map<Kind, Integer> tried = new TreeMap<>();
    private int lives;

    @Test @DisplayName("REL-12: whatever becomes of the link between wire and outcome, all end ACCEPTED or UNKNOWN, submitted once, and none waits for a retry")
    void neverTakesATakenMessageForOneToRetry() throws Exception {
        int cases = Integer.getInteger("carillon.cases", 50);
        List<Long> dead = new ArrayList<>();
        int messages = 0;
        for (int i = 0; i < cases; i++) {
            Random random = new Random(seed * 31 + i);
            Kind kind = i % 10 < 5 ? Kind.SHORT : i % 10 < 8 ? Kind.IN_THE_WRITING : i % 10 < 9 ? Kind.THOUGHT_DEAD : Kind.DEAD;
            List<Long> ids = shop.enqueueSms(1 + random.nextInt(10));
            messages += ids.size();
            run(kind, ids, random);
            tried.merge(kind, 1, Integer::sum);
            if (kind == Kind.DEAD) {
                dead.addAll(ids);
            }
        }
        Map<String, Long> ends = new TreeMap<>();
        shop.jdbi.useHandle(h -> h.createQuery("select state, count(*) from message_now group by 1").map((r, c) -> Map.entry(r.getString(1), r.getLong(2))).forEach(e -> ends.put(e.getKey(), e.getValue())));
        System.out.println("REL-12: " + cases + " cases " + tried + ", " + messages + " messages, ends " + ends + ", seed " + seed);
        assertTrue(Set.of("ACCEPTED", "UNKNOWN").containsAll(ends.keySet()), ends::toString);
        assertEquals(0, shop.count("select count(*) from message_event where to_state = 'RETRY_WAIT'"));
        assertEquals(0, shop.count("select count(*) from message_now where state = 'UNKNOWN' and id <> all('" + dead.toString().replace('[', '{').replace(']', '}') + "')"), "whose process lived to tell");
        assertEquals(messages, shop.sms.count.get());
        assertEquals(messages, shop.sms.submitted.stream().map(Outgoing::recipient).count());
        assertEquals(messages, shop.count("select count(*) from attempt"));
    }

    private void run(Kind kind, List<Long> ids, Random random) throws Exception {
        Link link = new Link(shop.database.as("carillon_app"));
        Node node = new Node(shop.jdbi);
        String name = "cut" + lives++;
        node.join(name);
        OwnConnection own = new OwnConnection(link.source());
        Dispatcher dispatcher = new Dispatcher(List.of(shop.sms), new Turn(own.jdbi(), shop.clock, new BadAddresses(shop.outbox), Deadlines.DEFAULT), node, shop.clock, route -> null);
        CountDownLatch onTheWire = new CountDownLatch(ids.size());
        CountDownLatch isCut = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        int after = random.nextInt(3);
        shop.sms.answer = outgoing -> {
            onTheWire.countDown();
            Patience.await(onTheWire);  // the whole window is out before anything is answered
            if (first.getAndSet(false)) {
                if (kind == Kind.IN_THE_WRITING) {
                    new Thread(() -> {
                        Patience.pause(after);
                        link.cut();
                        isCut.countDown();
                    }).start();
                } else {
                    link.cut();
                    isCut.countDown();
                }
            }
            if (kind == Kind.DEAD) {
                dispatcher.stop();
            }
            return shop.sms.accept(outgoing);
        };
        Thread drain = new Thread(() -> dispatcher.drain(Channel.SMS), name);
        drain.setDaemon(true);
        drain.start();
        Patience.await(isCut);
        if (kind == Kind.THOUGHT_DEAD || kind == Kind.DEAD) {
            shop.execute("update node set heartbeat_at = heartbeat_at - interval '10 minutes' where id = ?", name);
            shop.advance(Duration.ofSeconds(95));
            assertEquals(ids.size(), shop.recovery.recover());
        }
        if (kind == Kind.DEAD) {
            return;  // its link never comes back
        }
        Patience.pause(random.nextInt(30));
        link.heal();
        drain.join(120_000);
        assertFalse(drain.isAlive(), kind + " does not end");
        own.close();
    }
}
