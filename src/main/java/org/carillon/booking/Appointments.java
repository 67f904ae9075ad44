package org.carillon.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.Optional;
import org.carillon.shop.Scope;

/** All appointments, each visible only to those who work at its location. */
@ApplicationScoped
public class Appointments {

    @PersistenceContext
    private EntityManager em;

    public Optional<Appointment> find(Scope scope, long id) {
        return Optional.ofNullable(em.find(Appointment.class, id)).filter(a -> scope.allows(a.locationId()));
    }

    public Optional<Appointment> find(Scope scope, String source, String ref) {
        return byRef(source, ref).getResultStream().findFirst().filter(a -> scope.allows(a.locationId()));
    }

    /** For a change: concurrent changes of one appointment wait for each other, so that none is derived from a stale state. */
    Optional<Appointment> lock(Scope scope, long id) {
        return Optional.ofNullable(em.find(Appointment.class, id, LockModeType.PESSIMISTIC_WRITE)).filter(a -> scope.allows(a.locationId()));
    }

    Optional<Appointment> lockByRef(String source, String ref) {
        return byRef(source, ref).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst();
    }

    private TypedQuery<Appointment> byRef(String source, String ref) {
        return em.createQuery("select a from Appointment a where a.source = :source and a.ref = :ref", Appointment.class)
            .setParameter("source", source).setParameter("ref", ref);
    }

    /** Two calls under one reference wait for each other until commit, so that the first creates and the second finds. */
    void claim(String source, String ref) {
        em.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(?1, 4)) as text)").setParameter(1, source + "/" + ref).getResultList();
    }

    String nextNumber() { return em.createNativeQuery("select cast(nextval('appointment_number_seq') as text)").getSingleResult().toString(); }

    void add(Appointment appointment) {
        em.persist(appointment);
        em.flush();
    }

    void flush() { em.flush(); }
}
