package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.run.Stack;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every connection is ended again and again while the node works. */
class BrokenConnectionsIT {

    /** More than twice as many as the pool holds. */
    private static final int ENOUGH = 60;
    private static final int TIMES = 400;
    private static final int CLIENTS = 8;

    private final Stack stack = Stack.get();
    private final Rest rest = Rest.of("broken-" + Rest.ref(), "ADMIN", "MTL");

    private volatile String odd = "";

    private int put(int n) {
        Rest.Answer answer = rest.put("customers/BROKEN-" + n, "{'location':'MTL','name':'Bruno Cassé','language':'fr'}");
        if (answer.status() == 500) {
            odd = answer.toString();
        }
        return answer.status() == 503 && answer.header("Retry-After").isEmpty() ? -503 : answer.status();
    }

    @Test @DisplayName("REL-30, REL-11: more connections break than the pool may hold, and the node goes on by itself; nobody is answered 500")
    void outlivesItsConnections() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger number = new AtomicInteger();
        Map<Integer, Integer> answers = new TreeMap<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(clients.submit(() -> {
                    while (!over.get()) {
                        int status = put(number.getAndIncrement() % 50);
                        synchronized (answers) {
                            answers.merge(status, 1, Integer::sum);
                        }
                        if (status == 503) {
                            TimeUnit.MILLISECONDS.sleep(50);
                        }
                    }
                    return null;
                }));
            }
            int ended = 0;
            for (int i = 0; i < TIMES && ended < ENOUGH; i++) {
                ended += stack.jdbi().withHandle(h -> h.createQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'carillon_app' and application_name = 'carillon'")
                    .mapTo(Integer.class).one());
                TimeUnit.MILLISECONDS.sleep(150);  // so that some are taken again meanwhile
            }
            over.set(true);
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
            assertTrue(ended >= ENOUGH, ended + " connections were ended");
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
            int inARow = 0;
            while (inARow < 30) {
                inARow = put(0) == 200 ? inARow + 1 : 0;
                assertTrue(System.nanoTime() < until, "15 s after the last one broke: " + answers + odd);
            }
            assertTrue(Set.of(200, 201, 503).containsAll(answers.keySet()), () -> answers + odd);
        } finally {
            over.set(true);
            clients.shutdownNow();
        }
    }
}
