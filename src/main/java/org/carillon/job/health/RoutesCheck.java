package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carillon.delivery.Exhausted;
import org.carillon.delivery.Exhausted.Vague;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.RouteHealth;
import org.carillon.delivery.Suspensions.Suspension;
import org.carillon.fact.ApplicationClock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/**
 * The routes: red where a person must repair one, where one has been closed for a while, where messages were lately given up for a code that says too little (REL-18), or where
 * a location's e-mails have no From. A route that is not configured is not missed.
 */
@Startup @ApplicationScoped
public class RoutesCheck implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LATELY = Duration.ofHours(1);

    @Inject
    private Ways ways;
    @Inject
    private Senders senders;
    @Inject
    private Exhausted exhausted;
    @Inject
    private ApplicationClock clock;

    @Override public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("routes").up();
        Map<String, Suspension> suspended;
        try {
            suspended = ways.suspended();
        } catch (RuntimeException e) {
            suspended = Map.of();  // the database's check says so
        }
        for (Gateway gateway : ways.all()) {
            RouteHealth health = gateway.health();
            Suspension stopped = suspended.get(gateway.route());
            String detail = stopped == null ? health.detail() : stopped.detail();
            response.withData(gateway.route(), (ways.paused(gateway.route()) ? "paused, " : "") + state(health, stopped) + (detail.isEmpty() ? "" : ": " + detail));
            if (health.suspended() || stopped != null || !health.open() && !health.absent() && closedForLong(health)) {
                response.down();
            }
        }
        givenUp().stream().collect(Collectors.groupingBy(Vague::route, TreeMap::new, Collectors.mapping(vague -> vague.code() + ": " + vague.messages() + " messages", Collectors.joining(", "))))
            .forEach((route, codes) -> response.down().withData(route + " gave up after three attempts", codes));
        List<String> nameless = nameless();
        return nameless.isEmpty() ? response.build() : response.down().withData("no From", String.join(", ", nameless)).build();
    }

    private List<Vague> givenUp() {
        try {
            return exhausted.since(clock.now().minus(LATELY));
        } catch (RuntimeException e) {
            return List.of();  // the database's check says so
        }
    }

    /** Every e-mail of these locations would be refused before it leaves. */
    private List<String> nameless() {
        try {
            return ways.all().stream().anyMatch(gateway -> !gateway.health().absent() && !gateway.hasSender()) ? senders.missing() : List.of();
        } catch (RuntimeException e) {
            return List.of();  // the database's check says so
        }
    }

    static String state(RouteHealth health, Suspension stopped) {
        return stopped != null || !health.open() && health.suspended() ? "suspended" : health.open() ? "open" : "closed";
    }

    private boolean closedForLong(RouteHealth health) {
        try {
            return health.since().isBefore(clock.now().minus(PATIENCE));
        } catch (RuntimeException e) {
            return false;  // the database's check says so
        }
    }
}
