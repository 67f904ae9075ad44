package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.carillon.delivery.Node;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Red while nothing leaves this node because the database's time leapt forward (REL-51). */
@Startup @ApplicationScoped
public class ClockCheck implements HealthCheck {

    @Inject
    private Node node;

    @Override public HealthCheckResponse call() {
        return node.leaping() ? HealthCheckResponse.named("clock").down().withData("held", "the database's time leapt").build() : HealthCheckResponse.named("clock").up().build();
    }
}
