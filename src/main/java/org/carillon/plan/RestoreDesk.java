package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.shop.Person;
import org.jdbi.v3.core.Jdbi;

/** What a person decides after a restore (REL-29): let everything go as it stands, or set aside first what is due, some of which may have left before. */
@ApplicationScoped
public class RestoreDesk {

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final BacklogGate backlog;
    private final AudienceRuns runs;

    protected RestoreDesk() { this(null, null, null, null); }

    @Inject
    public RestoreDesk(Jdbi jdbi, ApplicationClock clock, BacklogGate backlog, AudienceRuns runs) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.backlog = backlog;
        this.runs = runs;
    }

    /**
     * Nodes go on within a second.
     *
     * @param aside what is due by now waits on the page of overdue messages, to be given up or let go in rations; so does, as soon as it is found, whom
     *              the audiences mean now
     * @return how many were set aside already
     * @throws Invalid where the person's role does not decide on it
     */
    @Transactional
    public long release(Person by, boolean aside) {
        if (!by.role().decidesOnBacklog()) {
            throw new Invalid(null, "backlog.role");
        }
        return jdbi.withHandle(h -> {
            if (h.createQuery("select since from restore_gate where since is not null for update").mapTo(java.sql.Timestamp.class).findOne().isEmpty()) {
                return 0L;
            }
            long held = aside ? backlog.setAside(h, by.actor().name(), clock.now()) : 0;
            if (aside) {
                runs.setAside(h, clock.now());
            }
            h.execute("update restore_gate set since = null, cause = null");
            h.createUpdate("insert into restore_action (at, actor, action, detail) values (:now, :by, :action, :held)").bind("now", clock.now()).bind("by", by.actor().name())
                .bind("action", aside ? "SET_ASIDE" : "RELEASED").bind("held", Long.toString(held)).execute();
            return held;
        });
    }
}
