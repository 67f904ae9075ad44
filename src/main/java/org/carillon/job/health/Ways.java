package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.Suspensions;
import org.carillon.delivery.Suspensions.Suspension;
import org.carillon.fact.Channel;

/** The routes of this node, and what all nodes know of them. */
@ApplicationScoped
class Ways {

    @Inject @Any
    private Instance<Gateway> gateways;

    @Inject
    private Suspensions suspensions;

    List<Gateway> all() { return gateways.stream().sorted(Comparator.comparing(Gateway::route)).toList(); }

    /** Routes that all nodes have stopped, by name. */
    Map<String, Suspension> suspended() { return suspensions.present(); }

    /** Channels that have a route which takes messages now. */
    Set<Channel> open() {
        Set<String> suspended = suspended().keySet();
        return all().stream().filter(gateway -> gateway.health().open() && !suspended.contains(gateway.route())).map(Gateway::channel).collect(Collectors.toSet());
    }
}
