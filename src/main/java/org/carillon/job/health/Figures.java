package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.carillon.delivery.Deadlines;
import org.carillon.fact.ApplicationClock;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Figures of the whole installation, read at most every ten seconds however many ask, those over all history at most every minute. While the
 * database is away the last ones stand.
 */
@ApplicationScoped
class Figures {

    private static final long FRESH = TimeUnit.SECONDS.toNanos(10);
    private static final long HISTORY = TimeUnit.MINUTES.toNanos(1);
    private static final String PLANS = "select count(*), min(due_at) from planned_notification where state = 'PLANNED' and due_at <= :now";
    private static final String MESSAGES = "select count(*), min(next_attempt_at) from message_due where state in ('QUEUED', 'RETRY_WAIT') and next_attempt_at <= :now";

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Ways ways;
    private final Config config;
    private long readAt = System.nanoTime() - FRESH;
    private long historyAt = System.nanoTime() - HISTORY;
    private Map<String, Double> present = Map.of();
    private Map<String, Double> past = Map.of();

    protected Figures() { this(null, null, null, null); }

    @Inject
    Figures(Jdbi jdbi, ApplicationClock clock, Ways ways, Config config) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.ways = ways;
        this.config = config;
    }

    /** 0 where there is none. */
    synchronized double value(String family, String label) {
        refresh();
        String key = family + "/" + label;
        return present.getOrDefault(key, past.getOrDefault(key, 0.0));
    }

    private void refresh() {
        long now = System.nanoTime();
        if (now - readAt < FRESH) {
            return;
        }
        readAt = now;
        boolean history = now - historyAt >= HISTORY;
        try {
            jdbi.useHandle(h -> {
                present = present(h);
                if (history) {
                    past = past(h);
                    historyAt = now;
                }
            });
        } catch (RuntimeException e) {
            return;
        }
    }

    private Map<String, Double> present(Handle h) {
        Map<String, Double> values = new HashMap<>();
        fill(h, values, "live", "select state, count(*) from message_due group by state");
        fill(h, values, "waiting", "select route, count(*) from message_due where state in ('QUEUED', 'RETRY_WAIT', 'HELD') group by route");
        Instant now = clock.now();
        queue(h, values, "plans", PLANS, now);
        queue(h, values, "messages", MESSAGES, now);
        Stuck.count(h, ways.open(), Deadlines.from(config), now).forEach((state, count) -> values.put("stuck/" + state, (double) count));
        return values;
    }

    private static Map<String, Double> past(Handle h) {
        Map<String, Double> values = new HashMap<>();
        fill(h, values, "settled", "select state, count(*) from message where state is not null group by state");
        fill(h, values, "plan", "select state, count(*) from planned_notification group by state");
        fill(h, values, "submit", "select route || '/' || verdict, count(*) from attempt_outcome group by route, verdict");
        return values;
    }

    private static void queue(Handle h, Map<String, Double> values, String name, String sql, Instant now) {
        h.createQuery(sql).bind("now", now).map((row, ctx) -> {
            Timestamp oldest = row.getTimestamp(2);
            values.put("due/" + name, (double) row.getLong(1));
            return values.put("oldest/" + name, oldest == null ? 0.0 : Duration.between(oldest.toInstant(), now).toMillis() / 1_000.0);
        }).list();
    }

    private static void fill(Handle h, Map<String, Double> values, String family, String sql) {
        h.createQuery(sql).map((row, ctx) -> Map.entry(family + "/" + row.getString(1), (double) row.getLong(2))).forEach(e -> values.put(e.getKey(), e.getValue()));
    }
}
