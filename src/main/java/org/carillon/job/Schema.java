package org.carillon.job;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * First of everything that starts: brings the schema up to date as its owner, and refuses a database that could forget what it acknowledged
 * (REL-01). Every other {@code @Startup} bean names it in {@code @DependsOn("Schema")}.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Schema {

    private static final Logger LOG = System.getLogger(Schema.class.getName());

    @Inject @ConfigProperty(name = "carillon.jdbc.url", defaultValue = "jdbc:postgresql://127.0.0.1:5432/carillon")
    String url;
    @Inject @ConfigProperty(name = "carillon.jdbc.user", defaultValue = "carillon_app")
    String user;
    @Inject @ConfigProperty(name = "carillon.jdbc.ownerUser", defaultValue = "carillon")
    String ownerUser;
    @Inject @ConfigProperty(name = "carillon.jdbc.ownerPassword", defaultValue = "")
    Optional<String> ownerPassword;

    @Inject Beginning beginning;

    private TimeZoneData timeZones;

    @PostConstruct
    void start() {
        if (user.equals(ownerUser)) {
            throw new IllegalStateException("carillon.jdbc.user must not be the owner of the schema: append-only tables would not hold");
        }
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setURL(url);
        owner.setUser(ownerUser);
        owner.setPassword(ownerPassword.orElse(""));
        beginning.insist("bringing the schema up to date", () -> bringUp(owner));
        LOG.log(timeZones.old() ? Level.WARNING : Level.INFO, "time zone data: " + timeZones);
    }

    private void bringUp(DataSource owner) {
        try (Connection connection = owner.getConnection()) {
            refuseForgetfulDatabase(name -> setting(connection, name));
            timeZones = TimeZoneData.read(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be reached as " + ownerUser + ": " + e.getMessage(), e);
        }
        migrate(owner, user);
    }

    /** The time zone data at hand, as read at start. */
    public TimeZoneData timeZones() { return timeZones; }

    /**
     * Brings the schema up to date; {@code applicationRole} is granted what the application may do. Numbers are rooms and not dates, so what an older
     * build lacks may stand below what it has (REL-28).
     */
    static void migrate(DataSource owner, String applicationRole) {
        int applied = Flyway.configure(Schema.class.getClassLoader()).dataSource(owner).locations("classpath:db/migration")
            .outOfOrder(true).placeholders(Map.of("app_role", applicationRole)).load().migrate().migrationsExecuted;
        LOG.log(Level.INFO, "schema: " + applied + " migrations applied");
    }

    /** Without these settings a committed message can be lost in a crash of the database server; {@code setting} tells the server's. */
    static void refuseForgetfulDatabase(UnaryOperator<String> setting) {
        for (String name : new String[] {"fsync", "full_page_writes"}) {
            if (!"on".equals(setting.apply(name))) {
                throw new IllegalStateException("PostgreSQL runs with " + name + "=off: acknowledged messages could be lost; refusing to start");
            }
        }
        String commit = setting.apply("synchronous_commit");
        if (!"on".equals(commit)) {
            LOG.log(Level.WARNING, "PostgreSQL runs with synchronous_commit=" + commit + ": acknowledged messages could be lost");
        }
    }

    static String setting(Connection connection, String name) {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("show " + name)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
