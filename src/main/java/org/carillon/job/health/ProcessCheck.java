package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** The process answers: a supervisor restarts it when this fails. */
@Liveness @ApplicationScoped
public class ProcessCheck implements HealthCheck {

    @Override public HealthCheckResponse call() { return HealthCheckResponse.up("process"); }
}
