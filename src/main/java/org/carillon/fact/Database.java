package org.carillon.fact;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.CMTTransactionHandler;

/** The application's data source as Jdbi, for set-based SQL inside the container's transaction. */
@ApplicationScoped
public class Database {

    public static final String JNDI = "java:app/jdbc/carillon";

    @Resource(lookup = JNDI)
    private DataSource dataSource;

    @Produces @Singleton
    public Jdbi jdbi() {
        Jdbi jdbi = prepare(Jdbi.create(dataSource));
        jdbi.setTransactionHandler(new CMTTransactionHandler());
        jdbi.getConfig(Handles.class).setForceEndTransactions(false);
        return jdbi;
    }

    /** What every Jdbi of ours knows, whoever owns its transactions. */
    public static Jdbi prepare(Jdbi jdbi) {
        jdbi.registerArrayType(Long.class, "bigint");
        jdbi.registerArrayType(Integer.class, "integer");
        jdbi.registerArrayType(String.class, "text");
        jdbi.registerArrayType(Boolean.class, "boolean");
        jdbi.registerArrayType(java.util.UUID.class, "uuid");
        jdbi.registerArrayType(java.time.Instant.class, "timestamptz", instant -> java.sql.Timestamp.from(instant));
        return jdbi;
    }
}
