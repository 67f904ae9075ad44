package org.carillon.job.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.delivery.SenderDesk;
import org.carillon.delivery.SenderDesk.HeldSender;
import org.carillon.delivery.SenderDesk.RefusedSender;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/** Red while a provider keeps refusing a sender: held (REL-19), where a person must decide, or about to be, for its policy (reliability.md 4.3). */
@Startup @ApplicationScoped
public class SendersCheck implements HealthCheck {

    @Inject
    private SenderDesk desk;

    @Override public HealthCheckResponse call() {
        try {
            return of(desk.held(), desk.refused());
        } catch (RuntimeException e) {
            return HealthCheckResponse.named("senders").down().withData("database", "does not answer").build();
        }
    }

    static HealthCheckResponse of(List<HeldSender> held, List<RefusedSender> refused) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("senders").status(held.isEmpty() && refused.isEmpty()).withData("held", held.size()).withData("refused", refused.size());
        held.stream().collect(Collectors.groupingBy(HeldSender::route, Collectors.summingLong(HeldSender::held)))
            .forEach((route, messages) -> response.withData(route, messages + " messages"));  // no addresses: anybody may ask
        refused.stream().collect(Collectors.groupingBy(RefusedSender::route, Collectors.mapping(run -> run.length() + " in a row: " + run.code(), Collectors.joining("; "))))
            .forEach((route, runs) -> response.withData(route + " refused", runs));
        return response.build();
    }
}
