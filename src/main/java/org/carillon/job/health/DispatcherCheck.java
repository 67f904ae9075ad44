package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.carillon.delivery.Deadlines;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** The dispatcher: nothing is stuck (REL-26). What waits for a closed route is that route's affair. */
@Startup @ApplicationScoped
public class DispatcherCheck implements HealthCheck {

    @Inject
    private Vitals vitals;
    @Inject
    private Ways ways;

    @Inject
    private Config config;

    @Override public HealthCheckResponse call() {
        Set<String> open = ways.open();
        return vitals.of("dispatcher", "dispatcher_at", (h, late) -> Stuck.count(h, open, Deadlines.from(config), late.plus(Vitals.PATIENCE)).values().stream()
            .mapToLong(Long::longValue).sum());
    }
}
