package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.carillon.delivery.OfferRecord;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.shop.Person;
import org.jdbi.v3.core.Jdbi;

/** Lets a location's offers go that were held for complaints or returns (LAW-18): messages back into the queue, plans to be judged once more. */
@ApplicationScoped
public class OffersDesk {

    private final Jdbi jdbi;
    private final ApplicationClock clock;

    protected OffersDesk() { this(null, null); }

    @Inject
    public OffersDesk(Jdbi jdbi, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @throws Invalid where the person's role does not decide on it */
    @Transactional
    public void release(Person by, long locationId) {
        if (!by.role().decidesOnBacklog()) {
            throw new Invalid(null, "reputation.role");
        }
        jdbi.useHandle(h -> {
            if (OfferRecord.release(h, locationId, by.actor().name(), clock.now())) {
                h.createUpdate("update planned_notification set state = 'PLANNED', reason = null, changed_at = :now where location_id = :location and state = 'HELD' and reason = 'MARKETING_HELD'")
                    .bind("now", clock.now()).bind("location", locationId).execute();
                h.execute("select pg_notify('carillon_plan', '')");
                h.execute("select pg_notify('carillon_due', '')");
            }
        });
    }
}
