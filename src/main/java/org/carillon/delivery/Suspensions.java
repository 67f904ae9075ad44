package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Routes that all nodes have stopped because the provider refused whatever came (REL-19). The line of such a route may well be open: what a
 * {@link Gateway} says of itself is not enough to know whether messages leave.
 */
@ApplicationScoped
public class Suspensions {

    /** @param detail the fault, short and without secrets */
    public record Suspension(String route, String detail, Instant since) { }

    private final Jdbi jdbi;

    protected Suspensions() { this(null); }

    @Inject
    public Suspensions(Jdbi jdbi) { this.jdbi = jdbi; }

    /** By route; empty where all is well. */
    public Map<String, Suspension> present() {
        List<Suspension> found = jdbi.withHandle(h -> h.createQuery("select route, detail, suspended_at since from route_state where suspended_at is not null")
            .map(ConstructorMapper.of(Suspension.class)).list());
        return found.stream().collect(Collectors.toMap(Suspension::route, suspension -> suspension));
    }
}
