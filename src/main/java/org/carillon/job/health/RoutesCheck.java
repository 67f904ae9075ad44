package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.RouteHealth;
import org.carillon.fact.ApplicationClock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/** The routes: red where a person must repair one, or where one has been closed for a while. A route that is not configured is not missed. */
@Startup @ApplicationScoped
public class RoutesCheck implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NOT_CONFIGURED = "not configured";

    @Inject
    private Ways ways;
    @Inject
    private ApplicationClock clock;

    @Override public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("routes").up();
        for (Gateway gateway : ways.all()) {
            RouteHealth health = gateway.health();
            response.withData(gateway.route(), state(health) + (health.detail().isEmpty() ? "" : ": " + health.detail()));
            if (health.suspended() || !health.open() && !NOT_CONFIGURED.equals(health.detail()) && closedForLong(health)) {
                response.down();
            }
        }
        return response.build();
    }

    static String state(RouteHealth health) { return health.open() ? "open" : health.suspended() ? "suspended" : "closed"; }

    private boolean closedForLong(RouteHealth health) {
        try {
            return health.since().isBefore(clock.now().minus(PATIENCE));
        } catch (RuntimeException e) {
            return false;  // the database's check says so
        }
    }
}
