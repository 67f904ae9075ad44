package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jdbi.v3.core.Jdbi;

/** The database answers: a balancer sends nobody here while it does not. */
@Readiness @ApplicationScoped
public class DatabaseCheck implements HealthCheck {

    @Inject
    private Jdbi jdbi;

    @Override public HealthCheckResponse call() {
        try {
            jdbi.useHandle(h -> h.createQuery("select 1").setQueryTimeout(3).mapTo(Integer.class).one());
            return HealthCheckResponse.up("database");
        } catch (RuntimeException e) {
            return HealthCheckResponse.down("database");
        }
    }
}
