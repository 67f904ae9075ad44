package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import org.carillon.report.Backlog;
import org.carillon.shop.Scope;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Red while a backlog waits for a person's decision (REL-49). */
@Startup @ApplicationScoped
public class BacklogCheck implements HealthCheck {

    @Inject
    private Backlog backlog;

    @Override public HealthCheckResponse call() {
        try {
            return backlog.standing(Scope.everything()).map(BacklogCheck::of).orElseGet(() -> HealthCheckResponse.named("backlog").up().withData("held", 0).build());
        } catch (RuntimeException e) {
            return HealthCheckResponse.named("backlog").down().withData("database", "does not answer").build();
        }
    }

    static HealthCheckResponse of(Backlog.Standing standing) {
        return HealthCheckResponse.named("backlog").status(standing.releasing()).withData("held", standing.held()).withData("since", standing.since().toString())
            .withData("releasing", standing.releasing())
            .withData("what", standing.shares().stream().map(s -> s.count() + " " + s.purpose() + " " + s.location()).collect(Collectors.joining(", "))).build();
    }
}
