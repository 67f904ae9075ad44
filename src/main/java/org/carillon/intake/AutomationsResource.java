package org.carillon.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.carillon.shop.ApiToken.Access;

/** {@code /automations}: automations with an audience by their reference, to export, import and keep as code. */
@Path("automations") @RequestScoped @Consumes(Answers.JSON) @Produces(Answers.JSON)
public class AutomationsResource {

    @Inject
    private AutomationIntake intake;
    @Inject
    private Caller caller;
    @Inject
    private Answers answers;
    @Inject
    private Once once;

    @GET @Path("{ref}") @Needs(Access.READ)
    public Response get(@PathParam("ref") String ref) { return answers.of(intake.get(caller, ref)); }

    @PUT @Path("{ref}") @Needs(Access.ADMIN)
    public Response put(@PathParam("ref") String ref, String body) { return once.only(body, () -> answers.of(intake.put(caller, ref, Body.of(body)))); }
}
