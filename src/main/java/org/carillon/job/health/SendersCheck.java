package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.delivery.SenderDesk;
import org.carillon.delivery.SenderDesk.HeldSender;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/** Red while a sender is held because a provider keeps refusing it (REL-19): a person must decide. */
@Startup @ApplicationScoped
public class SendersCheck implements HealthCheck {

    @Inject
    private SenderDesk desk;

    @Override public HealthCheckResponse call() {
        try {
            return of(desk.held());
        } catch (RuntimeException e) {
            return HealthCheckResponse.named("senders").down().withData("database", "does not answer").build();
        }
    }

    static HealthCheckResponse of(List<HeldSender> held) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("senders").status(held.isEmpty()).withData("held", held.size());
        held.stream().collect(Collectors.groupingBy(HeldSender::route, Collectors.summingLong(HeldSender::held)))
            .forEach((route, messages) -> response.withData(route, messages + " messages"));  // no addresses: anybody may ask
        return response.build();
    }
}
