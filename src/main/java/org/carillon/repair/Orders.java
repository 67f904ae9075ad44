package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.carillon.shop.Scope;

/** All work orders and estimates, each visible only to those who work at its location. */
@ApplicationScoped
public class Orders {

    @PersistenceContext
    private EntityManager em;

    public Optional<WorkOrder> find(Scope scope, long id) {
        return Optional.ofNullable(em.find(WorkOrder.class, id)).filter(o -> scope.allows(o.locationId()));
    }

    public Optional<WorkOrder> find(Scope scope, String source, String ref) { return byRef(source, ref).filter(o -> scope.allows(o.locationId())); }

    /** For a change: concurrent changes of one order wait for each other, so that none is derived from a stale state. */
    Optional<WorkOrder> lock(Scope scope, long id) {
        return Optional.ofNullable(em.find(WorkOrder.class, id, LockModeType.PESSIMISTIC_WRITE)).filter(o -> scope.allows(o.locationId()));
    }

    Optional<WorkOrder> lockByRef(String source, String ref) {
        return em.createQuery("select o from WorkOrder o where o.source = :source and o.ref = :ref", WorkOrder.class)
            .setParameter("source", source).setParameter("ref", ref).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst();
    }

    private Optional<WorkOrder> byRef(String source, String ref) {
        return em.createQuery("select o from WorkOrder o where o.source = :source and o.ref = :ref", WorkOrder.class)
            .setParameter("source", source).setParameter("ref", ref).getResultStream().findFirst();
    }

    /** Two calls under one reference wait for each other until commit, so that the first creates and the second finds. */
    void claim(String source, String ref) {
        em.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(?1, 1)) as text)").setParameter(1, source + "/" + ref).getResultList();
    }

    String nextNumber() { return em.createNativeQuery("select cast(nextval('order_number_seq') as text)").getSingleResult().toString(); }

    void add(WorkOrder order) {
        em.persist(order);
        em.flush();
    }

    void flush() { em.flush(); }
}
