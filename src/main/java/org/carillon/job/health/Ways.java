package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.delivery.Gateway;
import org.carillon.fact.Channel;

/** The routes of this node. */
@ApplicationScoped
class Ways {

    @Inject @Any
    private Instance<Gateway> gateways;

    List<Gateway> all() { return gateways.stream().sorted(Comparator.comparing(Gateway::route)).toList(); }

    /** Channels that have a route which takes messages now. */
    Set<Channel> open() { return all().stream().filter(gateway -> gateway.health().open()).map(Gateway::channel).collect(Collectors.toSet()); }
}
