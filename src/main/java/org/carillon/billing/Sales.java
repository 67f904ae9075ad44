package org.carillon.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.Optional;
import org.carillon.shop.Scope;

/** All vehicle sales, each visible only to those who work at its location. */
@ApplicationScoped
public class Sales {

    @PersistenceContext
    private EntityManager em;

    public Optional<Sale> find(Scope scope, String source, String ref) {
        return byRef(source, ref).getResultStream().findFirst().filter(s -> scope.allows(s.locationId()));
    }

    Optional<Sale> lockByRef(String source, String ref) { return byRef(source, ref).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst(); }

    private TypedQuery<Sale> byRef(String source, String ref) {
        return em.createQuery("select s from Sale s where s.source = :source and s.ref = :ref", Sale.class).setParameter("source", source).setParameter("ref", ref);
    }

    /** Two calls under one reference wait for each other until commit, so that the first creates and the second finds. */
    void claim(String source, String ref) {
        em.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(?1, 5)) as text)").setParameter(1, source + "/" + ref).getResultList();
    }

    void add(Sale sale) {
        em.persist(sale);
        em.flush();
    }

    void flush() { em.flush(); }
}
