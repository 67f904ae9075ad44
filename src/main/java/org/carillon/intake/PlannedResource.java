package org.carillon.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.carillon.report.Extract;
import org.carillon.shop.ApiToken.Access;

/** {@code /planned}: what is still to come, and why the rest will not. */
@Path("planned") @RequestScoped @Produces(Answers.JSON)
public class PlannedResource {

    private static final Set<String> STATES = Set.of("PLANNED", "HELD", "SKIPPED", "CANCELLED", "SUPPRESSED", "EXPIRED");

    @Inject
    private Extract extract;
    @Inject
    private Query query;
    @Inject
    private Caller caller;
    @Inject
    private Answers answers;

    @GET @Needs(Access.READ)
    public Response list() { return answers.of(ItemsJson.of(extract.planned(caller.scope(), query.wanted(STATES)))); }
}
