package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.carillon.fact.Channel;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** How each configured route is: what its gateway says on this node, and what all nodes know. For people; without secrets. */
@ApplicationScoped
public class RouteBook {

    public enum State { OPEN, WAITING, SUSPENDED }

    /**
     * @param peer   host and port of the provider
     * @param state  SUSPENDED: a person must repair it
     * @param since  since when it is so; null where nobody knows
     * @param detail short, in the words of the gateway or the provider's code
     * @param until  when a suspended route is tried again; else null
     * @param window submits under way at once, on each node
     * @param limit  submits a second by configuration; null where none
     * @param pace   submits a second at present, where the provider has slowed the route; else null
     */
    public record Entry(String route, Channel channel, String peer, State state, Instant since, String detail, Instant until, int window, Double limit, Double pace) { }

    private record Known(String route, Double rate, Instant suspendedAt, Instant suspendedUntil, String detail) { }

    private final Instance<Gateway> gateways;
    private final Jdbi jdbi;
    private final Config config;

    protected RouteBook() { this(null, null, null); }

    @Inject
    public RouteBook(@Any Instance<Gateway> gateways, Jdbi jdbi, Config config) {
        this.gateways = gateways;
        this.jdbi = jdbi;
        this.config = config;
    }

    /** SMS first; what was never configured is left out. */
    public List<Entry> entries() {
        Map<String, Known> known = jdbi.withHandle(h -> h.createQuery("select route, rate, suspended_at, suspended_until, detail from route_state")
            .map(ConstructorMapper.of(Known.class)).collectToMap(Known::route, k -> k));
        return gateways.stream().filter(g -> !g.health().absent()).sorted((a, b) -> a.channel().compareTo(b.channel())).map(g -> entry(g, known.get(g.route()))).toList();
    }

    private Entry entry(Gateway gateway, Known known) {
        RouteHealth health = gateway.health();
        boolean refused = known != null && known.suspendedAt() != null;
        State state = refused || health.suspended() ? State.SUSPENDED : health.open() ? State.OPEN : State.WAITING;
        Instant since = refused ? known.suspendedAt() : health.since().equals(Instant.EPOCH) ? null : health.since();
        return new Entry(gateway.route(), gateway.channel(), gateway.peer(), state, since, refused ? known.detail() : health.detail(), refused ? known.suspendedUntil() : null,
            gateway.window(), config.getOptionalValue("carillon." + gateway.route() + ".rate", Double.class).orElse(null), known == null ? null : known.rate());
    }
}
