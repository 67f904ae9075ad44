package org.carillon.fact;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.CMTTransactionHandler;

/**
 * The application role's connections, as Jdbi, for set-based SQL inside the container's transaction. The environment decides where they lead.
 * The pool states no isolation level: it would ask for the level whenever a connection is taken. {@link PostgresDataSource} sets it once.
 * Defined here, not in glassfish-resources.xml: a pool of that file has a slash in its name, over which the server's {@code /metrics} stumbles.
 */
@ApplicationScoped
@DataSourceDefinition(name = Database.JNDI, className = "org.carillon.fact.PostgresDataSource",
    url = "${MPCONFIG=carillon.jdbc.url:jdbc:postgresql://127.0.0.1:5432/carillon}", user = "${MPCONFIG=carillon.jdbc.user:carillon_app}",
    password = "${MPCONFIG=carillon.jdbc.password:}", initialPoolSize = 4, minPoolSize = 4,
    maxPoolSize = 24, maxIdleTime = 300, properties = {
        "applicationName=carillon", "reWriteBatchedInserts=true", "tcpKeepAlive=true", "connectTimeout=10", "patience=${MPCONFIG=carillon.jdbc.patience:60}",
        "fish.payara.is-connection-validation-required=true", "fish.payara.connection-validation-method=custom-validation",
        "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.PostgresConnectionValidation",
        "fish.payara.validate-atmost-once-period-in-seconds=5", "fish.payara.max-wait-time-in-millis=10000", "fish.payara.pool-resize-quantity=4"})
public class Database {

    public static final String JNDI = "java:app/jdbc/carillon";

    @Resource(lookup = JNDI)
    private DataSource dataSource;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;

    @Produces @Singleton
    public Jdbi jdbi() {
        Jdbi jdbi = prepare(Jdbi.create(new JoinedConnections(dataSource, transactions)));
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
        jdbi.registerArrayType(java.time.LocalDate.class, "date");
        jdbi.registerArrayType(java.time.Instant.class, "timestamptz", instant -> instant == null ? null : java.sql.Timestamp.from(instant));
        return jdbi;
    }
}
