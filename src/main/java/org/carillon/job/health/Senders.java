package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Locations that are to send e-mails and have no address to send them from. */
@ApplicationScoped
class Senders {

    private final Jdbi jdbi;

    protected Senders() { this(null); }

    @Inject
    Senders(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Codes of the locations without a From of their own where an e-mail notification is switched on. */
    List<String> missing() {
        return jdbi.withHandle(h -> h.createQuery("select l.code from location l where l.active and l.email_from = '' and exists (select from automation a "
            + "left join automation_location al on al.automation_id = a.id where (a.everywhere or al.location_id = l.id) and a.state = 'ACTIVE' and not a.deleted "
            + "and a.channels like '%EMAIL%') order by l.code").mapTo(String.class).list());
    }
}
