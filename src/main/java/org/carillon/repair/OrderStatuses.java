package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The company's order statuses, and which of them a location uses. */
@ApplicationScoped
public class OrderStatuses {

    @PersistenceContext
    private EntityManager em;
    @Inject
    private Foresight foresight;

    public List<OrderStatus> all() { return em.createQuery("select s from OrderStatus s order by s.position, s.id", OrderStatus.class).getResultList(); }

    /** Those switched on at a location and in use, in their order. */
    public List<OrderStatus> at(long locationId) {
        Set<Long> on = onAt(locationId);
        return all().stream().filter(s -> s.active() && on.contains(s.id())).toList();
    }

    public Optional<OrderStatus> at(long locationId, String code) {
        return foresight.once(List.of("statuses", locationId), () -> at(locationId)).stream().filter(s -> s.code().equals(code)).findFirst();
    }

    public Optional<OrderStatus> find(String code) { return foresight.once(List.of("status", code), () -> ask(code)); }

    private Optional<OrderStatus> ask(String code) {
        return em.createQuery("select s from OrderStatus s where s.code = :code", OrderStatus.class).setParameter("code", code).getResultStream().findFirst();
    }

    public Set<Long> onAt(long locationId) {
        List<?> ids = em.createNativeQuery("select status_id from location_status where location_id = ?1").setParameter(1, locationId).getResultList();
        return ids.stream().map(id -> ((Number) id).longValue()).collect(Collectors.toSet());
    }

    void add(OrderStatus status) {
        em.persist(status);
        em.flush();
    }

    void flush() { em.flush(); }
}
