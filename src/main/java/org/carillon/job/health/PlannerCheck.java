package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** The planner: nothing that is due waits for its release, and it ran within the last quarter of an hour (P-07). */
@Startup @ApplicationScoped
public class PlannerCheck implements HealthCheck {

    @Inject
    private Vitals vitals;

    @Override public HealthCheckResponse call() {
        return vitals.of("planner", "planner_at", (h, late) -> h.createQuery("select count(*) from planned_notification where state = 'PLANNED' and due_at < :late")
            .bind("late", late).mapTo(Long.class).one());
    }
}
