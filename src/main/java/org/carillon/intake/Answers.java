package org.carillon.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.carillon.fact.Invalid;

/** Answers to calls that went well. */
@RequestScoped
public class Answers {

    static final String JSON = MediaType.APPLICATION_JSON;

    @Inject
    private HttpServletRequest request;

    /** In which the caller reads warnings and problems. */
    Locale language() {
        return Words.language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null ? List.of() : Collections.list(request.getLocales()));
    }

    Response of(Stored stored) {
        Response.ResponseBuilder answer = Response.status(stored.status());
        if (stored.created()) {
            answer.location(URI.create(request.getRequestURI()));
        }
        return whole(answer, json(stored).build().toString());
    }

    Response of(JsonValue value) { return whole(Response.ok(), value.toString()); }

    /** The answer that the same call had before. */
    Response again(int status, String body) {
        Response.ResponseBuilder answer = Response.status(status);
        if (status == Response.Status.CREATED.getStatusCode()) {
            answer.location(URI.create(request.getRequestURI()));
        }
        return whole(answer.header(Once.REPLAYED, true), body);
    }

    /** {@code ref} and {@code warnings}, each naming its field. */
    JsonObjectBuilder json(Stored stored) {
        JsonArrayBuilder warnings = Json.createArrayBuilder();
        for (Invalid warning : stored.warnings()) {
            warnings.add(Problem.warning(warning, language()));
        }
        return Json.createObjectBuilder().add("ref", stored.ref()).add("warnings", warnings);
    }

    JsonObject json(Problem problem) { return problem.json(language()); }

    private Response whole(Response.ResponseBuilder answer, String json) {
        return answer.type(JSON).entity(json).header(HttpHeaders.CACHE_CONTROL, "no-store").header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE).build();
    }
}
