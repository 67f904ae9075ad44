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

/** {@code /customers}: people and firms under the caller's own references. */
@Path("customers") @RequestScoped @Consumes(Answers.JSON) @Produces(Answers.JSON)
public class CustomersResource {

    @Inject
    private CustomerIntake intake;
    @Inject
    private Caller caller;
    @Inject
    private Answers answers;
    @Inject
    private Once once;

    @GET @Path("{ref}") @Needs(Access.READ)
    public Response get(@PathParam("ref") String ref) { return answers.of(intake.get(caller, ref)); }

    /** All that is known of this person, for themselves to read (LAW-21). */
    @GET @Path("{ref}/file") @Needs(Access.ADMIN)
    public Response file(@PathParam("ref") String ref) { return answers.of(intake.file(caller, ref)); }

    @PUT @Path("{ref}") @Needs(Access.WRITE)
    public Response put(@PathParam("ref") String ref, String body) { return once.only(body, () -> answers.of(intake.put(caller, ref, Body.of(body)))); }
}
