package org.carillon.intake;

import jakarta.annotation.Priority;
import jakarta.transaction.TransactionalException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** As {@link Failures}, for a commit that failed: the server has a mapper of its own for those, nearer than one for all, which answers with its 500 (REL-11). */
@Provider
@Priority(1)
public class CommitFailures implements ExceptionMapper<TransactionalException> {

    @Context
    private HttpHeaders headers;

    @Override public Response toResponse(TransactionalException failure) { return Failures.problem(failure).answer(headers.getAcceptableLanguages()); }
}
