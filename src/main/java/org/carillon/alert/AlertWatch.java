package org.carillon.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.EventsRecorded;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Jdbi;

/** Ends the alerts of an order in the transaction that closes or moves it, so that the bell is right from its commit on. Raising has a minute. */
@ApplicationScoped
public class AlertWatch {

    private final Jdbi jdbi;
    private final ApplicationClock clock;

    protected AlertWatch() { this(null, null); }

    @Inject
    public AlertWatch(Jdbi jdbi, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public void changed(@Observes EventsRecorded recorded) {
        List<Long> orders = recorded.events().stream().map(e -> e.event().subject()).filter(s -> s.type() == Subject.Type.ORDER).map(Subject::id).distinct().toList();
        if (!orders.isEmpty()) {
            jdbi.useHandle(h -> h.createUpdate(Causes.END_CHANGED).bind("orders", orders.toArray(Long[]::new)).bind("now", clock.now()).execute());
        }
    }
}
