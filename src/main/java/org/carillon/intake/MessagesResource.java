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

/** {@code /messages}: what was queued, sent, delivered or given up, oldest first. */
@Path("messages") @RequestScoped @Produces(Answers.JSON)
public class MessagesResource {

    private static final Set<String> STATES = Stream.of(MessageState.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    @Inject
    private Extract extract;
    @Inject
    private Query query;
    @Inject
    private Caller caller;
    @Inject
    private Answers answers;

    @GET @Needs(Access.READ)
    public Response list() { return answers.of(ItemsJson.of(extract.messages(caller.scope(), query.wanted(STATES)))); }
}
