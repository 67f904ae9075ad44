package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.shop.Scope;

/** All work orders and estimates, each visible only to those who work at its location. */
@ApplicationScoped
public class Orders {

    @PersistenceContext
    private EntityManager em;
    @Inject
    private Foresight foresight;

    public Optional<WorkOrder> find(Scope scope, long id) {
        return Optional.ofNullable(em.find(WorkOrder.class, id)).filter(o -> scope.allows(o.locationId()));
    }

    public Optional<WorkOrder> find(Scope scope, String source, String ref) { return byRef(source, ref).filter(o -> scope.allows(o.locationId())); }

    /** For a change: concurrent changes of one order wait for each other, so that none is derived from a stale state. */
    Optional<WorkOrder> lock(Scope scope, long id) {
        return Optional.ofNullable(em.find(WorkOrder.class, id, LockModeType.PESSIMISTIC_WRITE)).filter(o -> scope.allows(o.locationId()));
    }

    Optional<WorkOrder> lockByRef(String source, String ref) {
        return foresight.isHeld(source, ref) ? foresight.held(source, ref) : em.createQuery("select o from WorkOrder o where o.source = :source and o.ref = :ref", WorkOrder.class)
            .setParameter("source", source).setParameter("ref", ref).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst();
    }

    private Optional<WorkOrder> byRef(String source, String ref) {
        return foresight.isHeld(source, ref) ? foresight.held(source, ref) : em.createQuery("select o from WorkOrder o where o.source = :source and o.ref = :ref", WorkOrder.class)
            .setParameter("source", source).setParameter("ref", ref).getResultStream().findFirst();
    }

    /** Two calls under one reference wait for each other until commit, so that the first creates and the second finds. */
    void claim(String source, String ref) {
        if (foresight.isHeld(source, ref)) {
            return;
        }
        em.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(?1, 1)) as text)").setParameter(1, source + "/" + ref).getResultList();
    }

    /**
     * Claims and locks the orders that many changes are about to be made to, in the same order whoever does it, so that two batches do not wait for each
     * other in a circle. Call it first in the transaction; until its end these orders are not asked for again.
     *
     * @return their customers
     */
    public Set<Long> foresee(String source, Collection<String> refs) {
        List<String> sorted = refs.stream().filter(ref -> ref.indexOf('\u0001') < 0).distinct().sorted().toList();
        foresight.begin();
        if (sorted.isEmpty()) {
            return Set.of();
        }
        em.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(cast(?1 as text) || '/' || ref, 1)) as text) from unnest(string_to_array(cast(?2 as text), chr(1))) ref")
            .setParameter(1, source).setParameter(2, String.join("\u0001", sorted)).getResultList();
        Map<String, WorkOrder> known = em.createQuery("select o from WorkOrder o where o.source = :source and o.ref in :refs order by o.ref", WorkOrder.class).setParameter("source", source)
            .setParameter("refs", sorted).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().collect(Collectors.toMap(WorkOrder::ref, order -> order));
        sorted.forEach(ref -> foresight.holds(source, ref, known.get(ref)));
        return known.values().stream().map(WorkOrder::customerId).collect(Collectors.toSet());
    }

    String nextNumber() { return em.createNativeQuery("select cast(nextval('order_number_seq') as text)").getSingleResult().toString(); }

    void add(WorkOrder order) {
        em.persist(order);
        em.flush();
        if (foresight.isHeld(order.source(), order.ref())) {
            foresight.holds(order.source(), order.ref(), order);
        }
    }

    void flush() { em.flush(); }
}
