package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.carillon.plan.AudienceRuns;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/** The looks for audiences: red while one is late or goes on failing, or was missed and not made since (P-07). */
@Startup @ApplicationScoped
public class AudiencesCheck implements HealthCheck {

    @Inject
    private AudienceRuns runs;

    @Override public HealthCheckResponse call() {
        try {
            return of(runs.standing());
        } catch (RuntimeException e) {
            return HealthCheckResponse.named("audiences").down().withData("database", "does not answer").build();
        }
    }

    static HealthCheckResponse of(AudienceRuns.Standing standing) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("audiences").status(standing.late() + standing.failed() + standing.missed() == 0)
            .withData("late", standing.late()).withData("failed", standing.failed()).withData("missed", standing.missed());
        return standing.last() == null ? response.build() : response.withData("last", standing.last().toString()).build();
    }
}
