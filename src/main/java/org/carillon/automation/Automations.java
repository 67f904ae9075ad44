package org.carillon.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.carillon.shop.Scope;

/** All automations, each visible to those who work at one of its locations; those of the whole company to everybody. */
@ApplicationScoped
public class Automations {

    @PersistenceContext
    private EntityManager em;

    public Optional<Automation> find(Scope scope, long id) {
        return Optional.ofNullable(em.find(Automation.class, id)).filter(a -> !a.deleted() && !a.meansAnAudience() && (a.everywhere() || a.locations().stream().anyMatch(scope::allows)));
    }

    /** The notifications of a location, in the order of what happens. */
    public List<Automation> at(Scope scope, long locationId) {
        return !scope.allows(locationId) ? List.of() : em.createQuery("select a from Automation a join fetch a.template where :location member of a.locations "
            + "and a.deleted = false and a.triggerKind in ('ON_EVENT', 'AROUND_DATE') order by a.eventType, a.status, a.id", Automation.class).setParameter("location", locationId).getResultList();
    }

    void add(Automation automation) {
        em.persist(automation);
        em.flush();
    }

    void flush() { em.flush(); }
}
