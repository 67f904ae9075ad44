package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import org.carillon.delivery.Node;
import org.carillon.fact.ApplicationClock;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Whether this node lives and does its work. An idle planner or dispatcher is well: it is ill when something has been due for longer than
 * {@link #PATIENCE} (REL-26) although nothing forbids it, or when the node's own heartbeat has stopped (REL-07).
 */
@ApplicationScoped
class Vitals {

    static final Duration PATIENCE = Duration.ofMinutes(5);
    /** A planner that has not run for so long is ill, whether or not anything is due (P-07). */
    static final Duration IDLE = Duration.ofMinutes(15);
    private static final Duration DEAD = Duration.ofSeconds(30);
    private static final String HEARTBEAT = "select heartbeat_at > clock_timestamp() - :dead * interval '1 second' as alive, heartbeat_at, planner_at, dispatcher_at, coalesce(planner_ran_at, started_at) > clock_timestamp() - :idle * interval '1 second' as running "
        + "from node where id = :id and epoch = :epoch";

    private final Jdbi jdbi;
    private final Node node;
    private final ApplicationClock clock;

    protected Vitals() { this(null, null, null); }

    @Inject
    Vitals(Jdbi jdbi, Node node, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.node = node;
        this.clock = clock;
    }

    /**
     * @param turned  column of the node's row with the last turn of this work
     * @param overdue counts what has been due since before the given instant
     */
    HealthCheckResponse of(String name, String turned, BiFunction<Handle, Instant, Long> overdue) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name);
        Node.Life life = node.life().orElse(null);
        if (life == null) {
            return response.down().withData("heartbeat", "none").build();
        }
        try {
            Instant now = clock.now();
            return jdbi.withHandle(h -> {
                long late = overdue.apply(h, now.minus(PATIENCE));
                response.withData("overdue", late);
                return h.createQuery(HEARTBEAT).bind("dead", DEAD.toSeconds()).bind("idle", IDLE.toSeconds()).bind("id", life.id()).bind("epoch", life.epoch()).map((row, ctx) -> {
                    response.withData("heartbeat", row.getTimestamp("heartbeat_at").toInstant().toString());
                    if (row.getTimestamp(turned) != null) {
                        response.withData("lastTurn", row.getTimestamp(turned).toInstant().toString());
                    }
                    return response.status(row.getBoolean("alive") && late == 0 && (row.getBoolean("running") || !turned.equals("planner_at"))).build();
                }).findOne().orElseGet(() -> response.down().withData("heartbeat", "none").build());
            });
        } catch (RuntimeException e) {
            return HealthCheckResponse.named(name).down().withData("database", "does not answer").build();
        }
    }
}
