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
        return whole(answer, json(stored).build());
    }

    Response of(JsonValue value) { return whole(Response.ok(), value); }

    /** {@code ref} and {@code warnings}, each naming its field. */
    JsonObjectBuilder json(Stored stored) {
        JsonArrayBuilder warnings = Json.createArrayBuilder();
        for (Invalid warning : stored.warnings()) {
            warnings.add(Problem.warning(warning, language()));
        }
        return Json.createObjectBuilder().add("ref", stored.ref()).add("warnings", warnings);
    }

    JsonObject json(Problem problem) { return problem.json(language()); }

    private Response whole(Response.ResponseBuilder answer, JsonValue value) {
        return answer.type(JSON).entity(value.toString()).header(HttpHeaders.CACHE_CONTROL, "no-store").header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE).build();
    }
}
