package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** The company's lead statuses, in their order. */
@ApplicationScoped
public class LeadStatuses {

    @PersistenceContext
    private EntityManager em;

    public List<LeadStatus> all() { return em.createQuery("select s from LeadStatus s order by s.position, s.id", LeadStatus.class).getResultList(); }

    /** Those in use. */
    public List<LeadStatus> used() { return all().stream().filter(LeadStatus::active).toList(); }

    public Optional<LeadStatus> find(String code) { return all().stream().filter(s -> s.code().equals(code)).findFirst(); }

    /** What a lead becomes with its order: the first status in use that says so. */
    Optional<LeadStatus> won() { return used().stream().filter(s -> s.group() == LeadGroup.WON).findFirst(); }

    void add(LeadStatus status) {
        em.persist(status);
        em.flush();
    }

    void flush() { em.flush(); }
}
