package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.Gateways;
import org.carillon.delivery.Route;
import org.carillon.delivery.RouteTable;
import org.carillon.delivery.Suspensions;
import org.carillon.delivery.Suspensions.Suspension;

/** The routes of this node, and what all nodes know of them. */
@ApplicationScoped
class Ways {

    @Inject
    private Gateways gateways;

    @Inject
    private Suspensions suspensions;

    @Inject
    private RouteTable table;

    List<Gateway> all() { return gateways.all(); }

    /** Routes that all nodes have stopped, by name. */
    Map<String, Suspension> suspended() { return suspensions.present(); }

    /** Routes that are to take messages now: open on this node, for nobody suspended, and by nobody paused. */
    Set<String> open() {
        Set<String> suspended = suspended().keySet();
        return all().stream().filter(gateway -> gateway.health().open() && !suspended.contains(gateway.route()) && !paused(gateway.route())).map(Gateway::route)
            .collect(Collectors.toSet());
    }

    /** On this node. */
    boolean isOpen(String route) { return gateways.named(route).map(gateway -> gateway.health().open()).orElse(false); }

    boolean paused(String route) { return table.named(route).map(Route::paused).orElse(false); }
}
