package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** The company's order types. */
@ApplicationScoped
public class OrderTypes {

    @PersistenceContext
    private EntityManager em;
    @Inject
    private Foresight foresight;

    public List<OrderType> all() { return em.createQuery("select t from OrderType t order by t.position, t.id", OrderType.class).getResultList(); }

    /** Those that a new order may be given. */
    public List<OrderType> active() { return all().stream().filter(OrderType::active).toList(); }

    public Optional<OrderType> find(String code) {
        return foresight.once(List.of("type", code), () -> em.createQuery("select t from OrderType t where t.code = :code", OrderType.class).setParameter("code", code).getResultStream().findFirst());
    }

    /** Where none is named; there is one in every company. */
    public Optional<OrderType> preferred() {
        return foresight.once(List.of("preferred"), () -> em.createQuery("select t from OrderType t where t.preferred = true", OrderType.class).getResultStream().findFirst());
    }

    void add(OrderType type) {
        em.persist(type);
        em.flush();
    }

    void flush() { em.flush(); }
}
