package org.carillon.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.carillon.fact.Invalid;
import org.carillon.fact.PassingFailure;

/** Every failure as problem details. What is our own fault is logged under a number that the answer names; nothing of its inside is told. */
@Provider @ApplicationScoped
public class Failures implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(Failures.class.getName());

    @Context
    private HttpHeaders headers;

    @Override public Response toResponse(Throwable failure) { return problem(failure).answer(headers.getAcceptableLanguages()); }

    static Problem problem(Throwable failure) {
        Problem refusal = refusal(failure);
        if (refusal != null) {
            return refusal;
        }
        if (PassingFailure.is(failure)) {
            LOG.log(Level.WARNING, "a call was put off: the database does not answer, or another change came first");
            return Problem.of(503, null);
        }
        String number = Long.toHexString(System.nanoTime());
        LOG.log(Level.ERROR, "call failed, number " + number + ": " + trace(failure));
        return Problem.of(500, null, number);
    }

    /** What is to blame on the call itself; null where it is not. */
    static Problem refusal(Throwable failure) {
        if (failure instanceof Invalid invalid) {
            return Problem.of(invalid);
        }
        if (failure instanceof Absent absent) {
            return Problem.of(absent);
        }
        if (failure instanceof Forbidden forbidden) {
            return Problem.of(403, null, forbidden.needed());
        }
        if (failure instanceof Once.Running) {
            return Problem.of(409, null);
        }
        if (failure instanceof TooLarge) {
            return Problem.of(413, null);
        }
        if (failure instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            return Problem.of(web.getResponse().getStatus(), null);
        }
        return null;
    }

    /** Where, not with what: messages of exceptions may hold names and numbers (SEC-25). */
    private static String trace(Throwable failure) {
        StringBuilder trace = new StringBuilder();
        for (Throwable cause = failure; cause != null && trace.length() < 8_000; cause = cause.getCause()) {
            trace.append(cause.getClass().getName()).append(cause instanceof SQLException sql ? " " + sql.getSQLState() : "");
            Stream.of(cause.getStackTrace()).limit(12).forEach(frame -> trace.append(" < ").append(frame));
            trace.append(" | ");
        }
        return trace.toString();
    }
}
