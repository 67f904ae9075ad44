package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Jdbi;

/** Tells all nodes how this one sees its routes, when that changes: a route is shut only where no node that lives can use it. */
@ApplicationScoped
public class RouteWatch {

    private record Seen(Node.Life life, boolean open, String detail, Instant troubled) { }

    private final Jdbi jdbi;
    private final Gateways gateways;
    private final Node node;
    private final Duration patience;
    private final Map<String, Seen> told = new HashMap<>();

    protected RouteWatch() { this(null, null, null, (Duration) null); }

    /** {@code carillon.routes.patience}: how long a provider may be out of reach before other routes are taken, PT1M where not set. */
    @Inject
    public RouteWatch(Jdbi jdbi, Gateways gateways, Node node, Config config) {
        this(jdbi, gateways, node, config.getOptionalValue("carillon.routes.patience", String.class).map(Duration::parse).orElse(Duration.ofMinutes(1)));
    }

    public RouteWatch(Jdbi jdbi, Gateways gateways, Node node, Duration patience) {
        this.jdbi = jdbi;
        this.gateways = gateways;
        this.node = node;
        this.patience = patience;
    }

    /** Cheap while nothing changes: then it asks no database. */
    public synchronized void look() {
        Node.Life life = node.life().orElse(null);
        if (life == null) {
            return;
        }
        for (Gateway gateway : gateways.all()) {
            RouteHealth health = gateway.health();
            if (health.absent()) {
                continue;
            }
            Seen seen = new Seen(life, health.open(), Arrivals.clean(health.detail()), gateway.troubledSince());
            if (seen.equals(told.get(gateway.route()))) {
                continue;
            }
            Instant closedFrom = seen.troubled() == null ? null : health.suspended() ? seen.troubled() : seen.troubled().plus(patience);
            jdbi.useHandle(h -> h.createUpdate("insert into route_node (route, node, epoch, open, detail, since, closed_from) values (:route, :node, :epoch, :open, :detail, :since, :closed) "
                    + "on conflict (route, node) do update set epoch = excluded.epoch, open = excluded.open, detail = excluded.detail, since = excluded.since, closed_from = excluded.closed_from")
                .bind("route", gateway.route()).bind("node", life.id()).bind("epoch", life.epoch()).bind("open", seen.open()).bind("detail", seen.detail()).bind("since", health.since())
                .bind("closed", closedFrom).execute());
            told.put(gateway.route(), seen);
        }
    }

    /** A route that this node does not run any more. */
    public synchronized void forget(String route) {
        told.remove(route);
        node.life().ifPresent(life -> jdbi.useHandle(h -> h.execute("delete from route_node where route = ? and node = ?", route, life.id())));
    }
}
