package org.carillon.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** All templates of the company. */
@ApplicationScoped
public class Templates {

    @PersistenceContext
    private EntityManager em;

    public Optional<Template> find(long id) { return Optional.ofNullable(em.find(Template.class, id)).filter(t -> !t.deleted() && !t.own()); }

    /** For a change, deleted or not: changes of one template wait for each other, so that its versions are numbered without a gap. */
    Optional<Template> lock(long id) { return Optional.ofNullable(em.find(Template.class, id, LockModeType.PESSIMISTIC_WRITE)).filter(t -> !t.own()); }

    public List<Template> all() {
        return em.createQuery("select t from Template t where t.deleted = false and t.own = false order by lower(t.name)", Template.class).getResultList();
    }

    boolean named(String name, Long except) {
        return all().stream().anyMatch(t -> t.name().equalsIgnoreCase(name) && !t.id().equals(except));
    }

    void add(Template template) {
        em.persist(template);
        em.flush();
    }

    void flush() { em.flush(); }
}
