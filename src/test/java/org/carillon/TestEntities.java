package org.carillon;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.util.Map;
import java.util.function.Supplier;
import org.carillon.fact.Database;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;

/** The entities on a test database by the server's own persistence, with the container's part (injection, a transaction a call) done by hand. */
public final class TestEntities {

    private final EntityManagerFactory factory;
    private EntityManager em;

    public TestEntities(TestDatabase database) {
        factory = new PersistenceProvider().createEntityManagerFactory("carillon", Map.of("jakarta.persistence.transactionType", "RESOURCE_LOCAL",
            "jakarta.persistence.nonJtaDataSource", database.as("carillon_app"), "eclipselink.weaving", "false", "eclipselink.session-name", "test-" + System.nanoTime()));
    }

    /** One call of a desk. {@code injected} are what has an entity manager. */
    public <T> T call(Supplier<T> call, Object... injected) {
        em = factory.createEntityManager();
        try {
            for (Object one : injected) {
                inject(one);
            }
            em.getTransaction().begin();
            T result = call.get();
            em.getTransaction().commit();
            return result;
        } finally {
            if (em.getTransaction().isActive()) {
                em.getTransaction().rollback();
            }
            em.close();
        }
    }

    /** SQL in the transaction of the call, as the container's does. */
    public Jdbi jdbi() {
        return Database.prepare(Jdbi.create(new ConnectionFactory() {
            @Override public Connection openConnection() { return em.unwrap(Connection.class); }
            @Override public void closeConnection(Connection connection) { }  // the entities' own
        }));
    }

    private void inject(Object into) {
        try {
            Field field = into.getClass().getDeclaredField("em");
            field.setAccessible(true);
            field.set(into, em);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
