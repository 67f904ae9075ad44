package org.carillon.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.report.Look;
import org.carillon.report.MessageLog;
import org.carillon.report.MessageLog.Filter;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;

/**
 * PERF-12: the list of messages over {@code carillon.bench.finished} (3,000,000) of them beside the barest keyset SQL of the same page; then
 * {@code carillon.bench.users} (20) people who turn a page each {@code carillon.bench.think} (1,000) ms, on an idle node and while a line empties
 * {@code carillon.bench.messages} (20,000) a round as fast as it can, and that line with and without them, in turn.
 */
public final class Paging {

    private static final PrintStream OUT = System.out;
    private static final int PAGES = 15;
    private static final int ROUNDS = Integer.getInteger("carillon.bench.rounds", 5);
    private static final int USERS = Integer.getInteger("carillon.bench.users", 20);
    private static final int THINK = Integer.getInteger("carillon.bench.think", 1_000);
    private static final int MESSAGES = Integer.getInteger("carillon.bench.messages", 20_000);

    private final Jdbi jdbi;
    private final MessageLog log;
    private final Map<String, Callable<?>> pages = new LinkedHashMap<>();

    private Paging(Jdbi jdbi, long middle, Instant weekAgo) {
        this.jdbi = jdbi;
        log = new MessageLog(jdbi);
        Scope all = Scope.everything();
        Scope garage = Scope.of(Set.of(7L));
        Scope small = Scope.of(Set.of(20L));
        pages.put("keyset SQL, first", () -> bare(Long.MAX_VALUE));
        pages.put("keyset SQL, from the middle", () -> bare(middle));
        pages.put("all", () -> log.read(all, filter(null, null, null)));
        pages.put("all, from the middle", () -> log.read(all, filter(null, null, middle)));
        pages.put("of the last week", () -> log.read(all, filter(null, weekAgo, null)));
        pages.put("of a garage, last week", () -> log.read(garage, filter(null, weekAgo, null)));
        pages.put("of a garage, from the middle", () -> log.read(garage, filter(null, null, middle)));
        pages.put("of a garage with few", () -> log.read(small, filter(null, null, null)));
        pages.put("failed ones, last week", () -> log.read(all, filter(Look.FAILED, weekAgo, null)));
        pages.put("failed ones", () -> log.read(all, filter(Look.FAILED, null, null)));
        pages.put("counts of the tabs, last week", () -> log.counts(all, filter(null, weekAgo, null)));
        pages.put("counts of the tabs of a garage, last week", () -> log.counts(garage, filter(null, weekAgo, null)));
    }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int finished = Integer.getInteger("carillon.bench.finished", 3_000_000);
        try (DurableDatabase database = DurableDatabase.open(); Pipeline pipeline = new Pipeline(database, 1)) {
            new Chain(20, 50, 20_000).fill(database.owner());
            long began = System.nanoTime();
            database.owner().useHandle(h -> Backlog.fill(h, finished, 0));
            OUT.printf("%n%,d messages in %d s; load %.1f%n", finished, (System.nanoTime() - began) / 1_000_000_000L, load());
            // two seconds lie between each and the next
            new Paging(database.jdbi(USERS), finished / 2, pipeline.clock.now().minus(7, ChronoUnit.DAYS)).measure(pipeline);
        }
    }

    private void measure(Pipeline pipeline) throws Exception {
        Samples alone = new Samples();
        for (int n = -1; n < PAGES; n++) {
            Samples kept = n < 0 ? new Samples() : alone;
            for (Map.Entry<String, Callable<?>> page : pages.entrySet()) {
                kept.time(page.getKey(), page.getValue());
            }
        }
        OUT.println(alone.table());
        double bare = alone.quantile("keyset SQL, from the middle", 0.5);
        pages.keySet().stream().skip(2).forEach(page -> OUT.printf("| PERF-12 | %s | %.1f ms | %.1f times keyset SQL | <= 3 |%n", page, alone.quantile(page, 0.5), alone.quantile(page, 0.5) / bare));
        OurQueue queue = new OurQueue(pipeline, "dispatch", MESSAGES);
        Samples idle = new Samples();
        Samples busy = new Samples();
        List<Double> ratios = new ArrayList<>();
        for (int round = -1; round < ROUNDS; round++) {
            crowd(round < 0 ? new Samples() : idle, () -> {
                TimeUnit.SECONDS.sleep(5);
                return 0.0;
            });
            queue.prepare();
            double without = queue.run();
            queue.prepare();
            double with = crowd(round < 0 ? new Samples() : busy, queue::run);
            OUT.printf("%s: dispatch %,.0f/s, with %d people %,.0f/s; load %.1f%n", round < 0 ? "rehearsal" : "round " + (round + 1), without, USERS, with, load());
            if (round >= 0) {
                ratios.add(with / without);
            }
        }
        double before = idle.quantile("page", 0.95);
        double during = busy.quantile("page", 0.95);
        OUT.printf("| PERF-12 | p95 of a page, %d people: %.1f ms idle, %.1f ms during dispatch | %.1f times | <= 2 |%n", USERS, before, during, during / before);
        OUT.printf("| PERF-12 | dispatch with them over without | %.2f (worst %.2f) | >= 0.9 | %d rounds, load %.1f |%n", Contest.median(ratios.stream().mapToDouble(d -> d).toArray()),
            ratios.stream().mapToDouble(d -> d).min().orElseThrow(), ROUNDS, load());
    }

    /** People who turn pages while something else is done; answers what that does. */
    private double crowd(Samples samples, Callable<Double> meanwhile) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService people = Executors.newFixedThreadPool(USERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            List<Callable<?>> theirs = pages.entrySet().stream().filter(page -> !page.getKey().startsWith("keyset")).<Callable<?>>map(Map.Entry::getValue).toList();
            for (int user = 0; user < USERS; user++) {
                int first = user;
                all.add(people.submit(() -> {
                    TimeUnit.MILLISECONDS.sleep((long) first * THINK / USERS);
                    for (int n = first; !done.get(); n++) {
                        samples.time("page", theirs.get(n % theirs.size()));
                        TimeUnit.MILLISECONDS.sleep(THINK);
                    }
                    return null;
                }));
            }
            double answer = meanwhile.call();
            done.set(true);
            for (Future<?> one : all) {
                one.get();
            }
            return answer;
        } finally {
            done.set(true);
            people.shutdown();
        }
    }

    private List<Map<String, Object>> bare(long before) {
        return jdbi.withHandle(h -> h.createQuery("select * from message where id < :before order by id desc limit 51").bind("before", before).mapToMap().list());
    }

    private static Filter filter(Look look, Instant from, Long after) { return new Filter(look, null, from, null, null, after == null ? null : after + "." + after); }

    private static double load() { return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(); }
}
