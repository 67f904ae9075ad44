package org.carillon.intake;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.carillon.fact.Invalid;

/**
 * What is wrong with a call, as RFC 9457 has it: a title that is the same for every such problem, a detail that names the remedy, and the field.
 *
 * @param key   of the words (bundle {@code invalid}, or {@code problem} where it is the status that speaks); answered as {@code code}
 * @param field path of the property, such as {@code phones[0].number}; null where no property is to blame
 */
record Problem(int status, String bundle, String key, String field, List<Object> arguments) {

    static final String TYPE = "application/problem+json";

    /** A problem that the status says all of. */
    static Problem of(int status, String field, Object... arguments) { return new Problem(status, "problem", status + ".detail", field, List.of(arguments)); }

    static Problem of(Invalid invalid) {
        return new Problem(invalid instanceof Unreadable ? 400 : 422, "invalid", invalid.key(), invalid.field(), invalid.arguments());
    }

    static Problem of(Absent absent) { return new Problem(404, "invalid", absent.what() + ".unknown", null, List.of(absent.ref())); }

    String detail(Locale language) { return Words.say(language, bundle, key, arguments.toArray()); }

    JsonObject json(Locale language) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("type", "about:blank").add("title", Words.say(language, "problem", status + ".title"))
            .add("status", status).add("detail", detail(language)).add("code", bundle.equals("problem") ? Integer.toString(status) : key);
        return (field == null ? json : json.add("field", field)).build();
    }

    /** As the whole answer to a call. */
    Response answer(List<Locale> accepted) {
        Locale language = Words.language(accepted);
        Response.ResponseBuilder answer = Response.status(status).type(TYPE).language(language).entity(json(language).toString())
            .header(HttpHeaders.CACHE_CONTROL, "no-store").header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        if (status == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"carillon\"");
        } else if (status == 403) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"carillon\", error=\"insufficient_scope\"");
        } else if (status == 503 || status == 409) {
            answer.header(HttpHeaders.RETRY_AFTER, status == 503 ? 5 : 1);
        }
        return answer.build();
    }

    /** A warning beside a result that was stored all the same. */
    static JsonObject warning(Invalid warning, Locale language) {
        return Json.createObjectBuilder().add("field", warning.field()).add("code", warning.key())
            .add("detail", Words.say(language, "invalid", warning.key(), warning.arguments().toArray())).build();
    }
}
