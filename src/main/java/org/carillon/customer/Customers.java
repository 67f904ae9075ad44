package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carillon.shop.Scope;

/** All customers. A customer is visible at home and wherever there is an order, lead or appointment of theirs (SEC-13: the one place that says so is {@link #VISIBLE}). */
@ApplicationScoped
public class Customers {

    /** SQL condition on alias c with the array parameter {@code locations}; true for everybody where {@code everywhere} is true.
     * {@code offset 0} keeps PostgreSQL from reading all orders of the locations into a hash table for one page of a list. */
    public static final String VISIBLE = "(:everywhere or c.location_id = any(:locations) or exists (select 1 from work_order vo where vo.customer_id = c.id and vo.location_id = any(:locations) offset 0) "
        + "or exists (select 1 from lead vl where vl.customer_id = c.id and vl.location_id = any(:locations) offset 0) "
        + "or exists (select 1 from appointment va where va.customer_id = c.id and va.location_id = any(:locations) offset 0))";

    @PersistenceContext
    private EntityManager em;

    public Optional<Customer> find(Scope scope, long id) {
        return Optional.ofNullable(em.find(Customer.class, id)).filter(c -> scope.allows(c.locationId()) || hasBusinessIn(scope, id));
    }

    public Optional<Customer> find(Scope scope, String source, String ref) {
        return byRef(source, ref).filter(c -> scope.allows(c.locationId()) || hasBusinessIn(scope, c.id()));
    }

    Optional<Customer> byRef(String source, String ref) {
        return em.createQuery("select c from Customer c where c.source = :source and c.ref = :ref", Customer.class)
            .setParameter("source", source).setParameter("ref", ref).getResultStream().findFirst();
    }

    /** For a change: concurrent changes of one customer wait for each other, so that none is made to a state that is no more. */
    Optional<Customer> lock(Scope scope, long id) {
        return Optional.ofNullable(em.find(Customer.class, id, LockModeType.PESSIMISTIC_WRITE)).filter(c -> scope.allows(c.locationId()) || hasBusinessIn(scope, id));
    }

    Optional<Customer> lockByRef(String source, String ref) {
        return em.createQuery("select c from Customer c where c.source = :source and c.ref = :ref", Customer.class)
            .setParameter("source", source).setParameter("ref", ref).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst();
    }

    private boolean hasBusinessIn(Scope scope, long id) {
        String within = " where customer_id = ?1 and location_id in (" + scope.locations().stream().map(String::valueOf).collect(Collectors.joining(",")) + ")";
        return !scope.locations().isEmpty() && !em.createNativeQuery("select 1 from work_order" + within + " union all select 1 from lead" + within + " union all select 1 from appointment" + within + " limit 1")
            .setParameter(1, id).getResultList().isEmpty();
    }

    /** Two calls under one reference wait for each other until commit, so that the first creates and the second finds. */
    void claim(String source, String ref) {
        em.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(?1, 2)) as text)").setParameter(1, source + "/" + ref).getResultList();
    }

    /** Claims those that many changes are about to be made to, in the same order whoever does it; see {@link #claim}. */
    public void claimAll(String source, Collection<String> refs) {
        em.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(cast(?1 as text) || '/' || ref, 2)) as text) from unnest(string_to_array(cast(?2 as text), chr(1))) ref")
            .setParameter(1, source).setParameter(2, refs.stream().distinct().sorted().collect(Collectors.joining("\u0001"))).getResultList();
    }

    /** Reads all at once those that the transaction is about to ask for one by one. */
    public void foresee(Collection<Long> ids) {
        if (!ids.isEmpty()) {
            em.createQuery("select c from Customer c where c.id in :ids", Customer.class).setParameter("ids", ids).getResultList();
        }
    }

    void add(Customer customer) {
        em.persist(customer);
        em.flush();
    }

    void flush() { em.flush(); }

    /** What belongs to the customer changed: a form that shows the former version is out of date. */
    void touch(Customer customer) { em.lock(customer, LockModeType.OPTIMISTIC_FORCE_INCREMENT); }

    /** Reads again what set-based SQL has written beside the entity. */
    void refresh(Customer customer) { em.refresh(customer); }
}
