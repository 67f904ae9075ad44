package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.carillon.report.RestoreFigures;
import org.carillon.shop.Scope;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Red while everything is held because the database was restored (REL-29). */
@Startup @ApplicationScoped
public class RestoreCheck implements HealthCheck {

    @Inject
    private RestoreFigures figures;

    @Override public HealthCheckResponse call() {
        try {
            return figures.standing(Scope.everything()).map(RestoreCheck::of).orElseGet(() -> HealthCheckResponse.named("restore").up().build());
        } catch (RuntimeException e) {
            return HealthCheckResponse.named("restore").down().withData("database", "does not answer").build();
        }
    }

    static HealthCheckResponse of(RestoreFigures.Standing standing) {
        return HealthCheckResponse.named("restore").down().withData("held", standing.cause()).withData("since", standing.since().toString()).withData("due", standing.due()).build();
    }
}
