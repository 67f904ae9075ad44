package org.carillon.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.delivery.MessageState;
import org.carillon.report.Extract;
import org.carillon.shop.ApiToken.Access;

/** What a shop system reads page by page, oldest first. */
@Path("") @RequestScoped @Produces(Answers.JSON)
public class ListsResource {

    private static final Set<String> MESSAGES = Stream.of(MessageState.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> PLANS = Set.of("PLANNED", "HELD", "SKIPPED", "CANCELLED", "SUPPRESSED", "EXPIRED");

    @Inject
    private Extract extract;
    @Inject
    private Query query;
    @Inject
    private Caller caller;
    @Inject
    private Answers answers;

    /** What was queued, sent, delivered or given up. */
    @GET @Path("messages") @Needs(Access.READ)
    public Response messages() { return answers.of(ItemsJson.of(extract.messages(caller.scope(), query.wanted(MESSAGES)))); }

    /** What is still to come, and why the rest will not. */
    @GET @Path("planned") @Needs(Access.READ)
    public Response planned() { return answers.of(ItemsJson.of(extract.planned(caller.scope(), query.wanted(PLANS)))); }
}
