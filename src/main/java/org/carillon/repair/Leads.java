package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.Optional;
import org.carillon.shop.Scope;

/** All leads, each visible only to those who work at its location. */
@ApplicationScoped
public class Leads {

    @PersistenceContext
    private EntityManager em;

    public Optional<Lead> find(Scope scope, long id) { return Optional.ofNullable(em.find(Lead.class, id)).filter(l -> scope.allows(l.locationId())); }

    public Optional<Lead> find(Scope scope, String source, String ref) {
        return byRef(source, ref).getResultStream().findFirst().filter(l -> scope.allows(l.locationId()));
    }

    /** The lead that an order came of. */
    public Optional<Lead> ofOrder(long orderId) {
        return em.createQuery("select l from Lead l where l.orderId = :order", Lead.class).setParameter("order", orderId).getResultStream().findFirst();
    }

    /** For a change: concurrent changes of one lead wait for each other, so that it never becomes two orders. */
    Optional<Lead> lock(Scope scope, long id) {
        return Optional.ofNullable(em.find(Lead.class, id, LockModeType.PESSIMISTIC_WRITE)).filter(l -> scope.allows(l.locationId()));
    }

    Optional<Lead> lockByRef(String source, String ref) { return byRef(source, ref).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst(); }

    private TypedQuery<Lead> byRef(String source, String ref) {
        return em.createQuery("select l from Lead l where l.source = :source and l.ref = :ref", Lead.class).setParameter("source", source).setParameter("ref", ref);
    }

    /** Two calls under one reference wait for each other until commit, so that the first creates and the second finds. */
    void claim(String source, String ref) {
        em.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(?1, 3)) as text)").setParameter(1, source + "/" + ref).getResultList();
    }

    String nextNumber() { return em.createNativeQuery("select cast(nextval('lead_number_seq') as text)").getSingleResult().toString(); }

    void add(Lead lead) {
        em.persist(lead);
        em.flush();
    }

    void flush() { em.flush(); }
}
