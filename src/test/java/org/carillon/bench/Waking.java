package org.carillon.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.Subject;
import org.carillon.delivery.Outbox;
import org.carillon.plan.Planner;
import org.carillon.plan.Reminders;
import org.carillon.run.Stack;
import org.carillon.simulator.SubmitLog;
import org.jdbi.v3.core.Jdbi;

/**
 * PERF-05: from the commit of an event to the {@code submit_sm} at the provider, on an idle node, over SMPP and loopback; {@code carillon.bench.events} (300), one each
 * {@code carillon.bench.pause} (70) ms. Events are recorded and planned by this process, which also is the provider, so one clock tells both instants. Then the
 * statements that an idle node asks in {@code carillon.bench.seconds} (20), as the server logs them; the mailbox of returns is looked at each minute, as is usual.
 */
public final class Waking {

    private static final PrintStream OUT = System.out;
    private static final Path HOME = Path.of("target", "stack-waking");

    private Waking() { }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        try (Stack stack = Stack.own("waking", Map.of("carillon.bounce.imap.every", "PT1M"))) {
            new Chain(20, 50, 20_000).fill(stack.owner());
            stack.owner().useHandle(h -> h.execute("update automation set delay_n = 0 where trigger_kind = 'ON_EVENT'"));
            times(stack, 30);
            Samples samples = times(stack, Integer.getInteger("carillon.bench.events", 300));
            OUT.printf("| PERF-05 | event committed to submit_sm: p50 %.0f ms, p95 %.0f ms, p99 %.0f ms | p50 <= 50, p99 <= 250 | load %.1f |%n", samples.quantile("", 0.5),
                samples.quantile("", 0.95), samples.quantile("", 0.99), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            OUT.printf("| PERF-05 | statements of an idle node: %.1f a second | <= 2 |%n", idle(stack, Integer.getInteger("carillon.bench.seconds", 20)));
        }
    }

    private static Samples times(Stack stack, int events) throws Exception {
        Jdbi jdbi = stack.jdbi();
        ApplicationClock clock = new ApplicationClock(jdbi);
        Outbox outbox = new Outbox(jdbi, clock);
        EventLog log = new EventLog(jdbi, new Planner(jdbi, clock, outbox, new Reminders(outbox))::plan);
        Map<String, Instant> committed = new HashMap<>();
        List<long[]> orders = jdbi.withHandle(h -> h.createQuery("select id, location_id, customer_id from work_order o where not exists (select from message m where m.customer_id = o.customer_id) "
            + "order by id limit :n").bind("n", events).map((r, c) -> new long[] {r.getLong(1), r.getLong(2), r.getLong(3)}).list());
        for (long[] order : orders) {
            BusinessEvent event = new BusinessEvent(EventType.ORDER_STATUS_CHANGED, Subject.order(order[0]), order[1], order[2], clock.now(), "bench", false, "S-1", Map.of("from", "S-2", "to", "S-1"));
            jdbi.useTransaction(h -> {
                h.execute("update work_order set status = 'S-1' where id = ?", order[0]);
                log.record(List.of(event));
            });
            committed.put(String.format("1514555%07d", order[2]), Instant.now());
            TimeUnit.MILLISECONDS.sleep(Integer.getInteger("carillon.bench.pause", 70));
        }
        TimeUnit.SECONDS.sleep(3);
        Samples samples = new Samples();
        SubmitLog.read(stack.submits()).forEach(line -> {
            Instant began = committed.remove(line.destination().replace("+", ""));
            if (began != null) {
                samples.add("", Duration.between(began, line.at()).toNanos());
            }
        });
        OUT.printf("%d of %d never came%n", committed.size(), events);
        return samples;
    }

    /** Those of all its connections: listener, lines and pool. */
    private static double idle(Stack stack, int seconds) throws Exception {
        try (Connection connection = DriverManager.getConnection(stack.settings().get("carillon.jdbc.url"), "postgres", ""); Statement statement = connection.createStatement()) {
            statement.execute("alter system set log_line_prefix = '%u '");
            statement.execute("alter system set log_statement = 'all'");
            statement.execute("select pg_reload_conf()");
            TimeUnit.SECONDS.sleep(2);
            long before = statements();
            TimeUnit.SECONDS.sleep(seconds);
            long asked = statements() - before;
            statement.execute("alter system reset all");
            statement.execute("select pg_reload_conf()");
            return (double) asked / seconds;
        }
    }

    private static long statements() throws Exception {
        try (var lines = Files.lines(HOME.resolve("postgres.log"), java.nio.charset.StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("carillon_app LOG:  execute ") || line.startsWith("carillon_app LOG:  statement: ")).count();
        }
    }
}
