package org.carillon.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;

/** What staff have seen of what was received: for everybody of the location, since one person looks after it. */
@ApplicationScoped
public class ReceivedDesk {

    private final Jdbi jdbi;
    private final ApplicationClock clock;

    protected ReceivedDesk() { this(null, null); }

    @Inject
    public ReceivedDesk(Jdbi jdbi, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Answers how many were new; what is outside of the scope stays as it is. */
    @Transactional
    public int seen(Scope scope, Collection<Long> received, Actor by) {
        return jdbi.withHandle(h -> h.createUpdate("update inbound_message set seen_at = :now, seen_by = :by where id in (select id from inbound_message where id = any(:ids) and seen_at is null "
                + "and (:all or location_id = any(:locations)) order by id for update)")
            .bind("ids", received.toArray(Long[]::new)).bind("now", clock.now()).bind("by", by.name()).bind("all", scope.all()).bind("locations", scope.ids()).execute());
    }
}
