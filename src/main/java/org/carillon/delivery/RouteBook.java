package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.fact.Channel;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** How each route is: what its gateway says on this node, and what all nodes know. For people; without secrets. */
@ApplicationScoped
public class RouteBook {

    public enum State { OPEN, WAITING, SUSPENDED, PAUSED }

    /**
     * @param peer     host and port of the provider
     * @param state    SUSPENDED: a person must repair it; PAUSED: a person stopped it
     * @param since    since when it is so; null where nobody knows
     * @param detail   short, in the words of the gateway or the provider's code
     * @param until    when a suspended route is tried again; else null
     * @param window   submits under way at once, on each node
     * @param limit    submits a second by configuration; null where none
     * @param pace     submits a second at present, where the provider has slowed the route; else null
     * @param pausedBy null where it is not paused
     * @param leaving  deleted: it sends what waits for it and takes nothing more
     */
    public record Entry(String route, String name, Protocol protocol, Channel channel, boolean builtIn, String peer, State state, Instant since, String detail, Instant until, int window,
                        Double limit, Double pace, String pausedBy, boolean leaving) { }

    private record Known(String route, Double rate, Instant suspendedAt, Instant suspendedUntil, String detail, Instant pausedAt, String pausedBy) { }

    private final Gateways gateways;
    private final RouteTable table;
    private final Jdbi jdbi;

    protected RouteBook() { this(null, null, null); }

    @Inject
    public RouteBook(Gateways gateways, RouteTable table, Jdbi jdbi) {
        this.gateways = gateways;
        this.table = table;
        this.jdbi = jdbi;
    }

    /** SMS first, the environment's first; what was never configured is left out. */
    public List<Entry> entries() {
        return jdbi.withHandle(h -> {
            Map<String, Known> known = h.createQuery("select r.code as route, s.rate, s.suspended_at, s.suspended_until, coalesce(s.detail, '') as detail, r.paused_at, r.paused_by "
                + "from route r left join route_state s on s.route = r.code").map(ConstructorMapper.of(Known.class)).collectToMap(Known::route, k -> k);
            return table.present(h).routes().values().stream().filter(route -> route.present() && (!route.deleted() || gateways.named(route.code()).isPresent()))
                .sorted(Comparator.comparing(Route::channel)).map(route -> entry(route, known.get(route.code()))).toList();
        });
    }

    private Entry entry(Route route, Known known) {
        Optional<Gateway> gateway = gateways.named(route.code());
        RouteHealth health = gateway.map(Gateway::health).orElse(new RouteHealth(false, false, "starting", Instant.EPOCH));
        boolean refused = known.suspendedAt() != null;
        State state = route.paused() ? State.PAUSED : refused || health.suspended() ? State.SUSPENDED : health.open() ? State.OPEN : State.WAITING;
        Instant since = route.paused() ? known.pausedAt() : refused ? known.suspendedAt() : health.since().equals(Instant.EPOCH) ? null : health.since();
        return new Entry(route.code(), route.name(), route.protocol(), route.channel(), route.builtIn(), gateway.map(Gateway::peer).orElse(""), state, since,
            refused ? known.detail() : health.detail(), refused ? known.suspendedUntil() : null, gateway.map(Gateway::window).orElse(0), gateways.rate(route), known.rate(), known.pausedBy(),
            route.deleted());
    }
}
