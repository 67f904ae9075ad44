package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.carillon.job.Schema;
import org.carillon.job.TimeZoneData;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;
import org.jdbi.v3.core.Jdbi;

/** The time zone data (REL-40): a warning when it is old, red when local times of a location are wrong by it. */
@Startup @ApplicationScoped
public class TimeZoneCheck implements HealthCheck {

    @Inject
    private Schema schema;
    @Inject
    private Jdbi jdbi;

    @Override public HealthCheckResponse call() {
        try {
            return of(schema.timeZones(), jdbi.withHandle(h -> h.createQuery("select distinct zone from location where active").mapTo(String.class).list()));
        } catch (RuntimeException e) {
            return HealthCheckResponse.named("time zones").down().withData("database", "does not answer").build();
        }
    }

    static HealthCheckResponse of(TimeZoneData data, List<String> zones) {
        List<String> stale = data.stale(zones);
        HealthCheckResponseBuilder response = HealthCheckResponse.named("time zones").status(stale.isEmpty()).withData("jdk", data.jdk())
            .withData("postgresql", data.postgresql());
        if (data.old()) {
            response.withData("warning", "older than " + TimeZoneData.MINIMUM + ": update the Java runtime");
        }
        return stale.isEmpty() ? response.build() : response.withData("wrong", String.join(", ", stale)).build();
    }
}
