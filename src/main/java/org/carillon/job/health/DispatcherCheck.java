package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** The dispatcher: nothing is stuck (REL-26). What waits for a closed route is that route's affair. */
@Startup @ApplicationScoped
public class DispatcherCheck implements HealthCheck {

    /** A claim or a submit never takes this long; what is due is overdue only where the way out is open. */
    private static final String STUCK = """
        select count(*) from message_due d
         where d.state in ('CLAIMED', 'SENDING') and d.lease_until < :late
            or d.state in ('QUEUED', 'RETRY_WAIT') and d.next_attempt_at < :late and d.channel = any(:open)""";

    @Inject
    private Vitals vitals;
    @Inject
    private Ways ways;

    @Override public HealthCheckResponse call() {
        String[] open = ways.open().stream().map(Enum::name).toArray(String[]::new);
        return vitals.of("dispatcher", "dispatcher_at", (h, late) -> h.createQuery(STUCK).bind("late", late).bind("open", open).mapTo(Long.class).one());
    }
}
