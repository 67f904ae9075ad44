package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** All locations, each visible only to those who work there. */
@ApplicationScoped
public class Locations {

    @PersistenceContext
    private EntityManager em;

    public Optional<Location> find(Scope scope, long id) { return Optional.ofNullable(em.find(Location.class, id)).filter(l -> scope.allows(l.id())); }

    public Optional<Location> find(Scope scope, String code) { return byCode(code).filter(l -> scope.allows(l.id())); }

    public List<Location> all(Scope scope) {
        return em.createQuery("select l from Location l where l.active = true order by l.name", Location.class).getResultStream()
            .filter(l -> scope.allows(l.id())).toList();
    }

    Optional<Location> byCode(String code) {
        return em.createQuery("select l from Location l where l.code = :code", Location.class).setParameter("code", code).getResultStream().findFirst();
    }

    void add(Location location) {
        em.persist(location);
        em.flush();
    }

    void flush() { em.flush(); }
}
