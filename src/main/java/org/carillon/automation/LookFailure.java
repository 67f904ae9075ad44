package org.carillon.automation;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.carillon.fact.Invalid;
import org.carillon.fact.PassingFailure;

/**
 * Why a look for an audience could not be made, as its row keeps it: in no language, and never in the words of an exception (SEC-10).
 *
 * @param at    null where that was not kept
 * @param wrong what keeps its rules from being asked; null where it is not they
 */
public record LookFailure(Cause cause, Instant at, Invalid wrong) {

    /** RULES: they name what is no longer there. DATABASE: it was away, or busy with the same. INTERNAL: the log says what. */
    public enum Cause { RULES, DATABASE, INTERNAL }

    /** @param wrong what stands against the rules, null where nothing does */
    public static LookFailure of(Throwable failure, Invalid wrong, Instant at) {
        return new LookFailure(wrong != null ? Cause.RULES : PassingFailure.is(failure) ? Cause.DATABASE : Cause.INTERNAL, at, wrong);
    }

    /** As it is kept. */
    public String json() {
        var json = Json.createObjectBuilder().add("cause", cause.name()).add("at", String.valueOf(at));
        if (wrong != null) {
            JsonArrayBuilder arguments = Json.createArrayBuilder();
            wrong.arguments().forEach(a -> arguments.add(String.valueOf(a)));
            json.add("field", String.valueOf(wrong.field())).add("key", wrong.key()).add("arguments", arguments);
        }
        return json.build().toString();
    }

    /** What {@link #json} wrote; anything else, as versions before kept it, is an internal one. */
    public static LookFailure read(String kept) {
        try (var reader = Json.createReader(new StringReader(kept))) {
            JsonObject json = reader.readObject();
            Cause cause = Cause.valueOf(json.getString("cause"));
            List<String> arguments = cause == Cause.RULES ? json.getJsonArray("arguments").getValuesAs(JsonString::getString) : List.of();
            return new LookFailure(cause, Instant.parse(json.getString("at")), cause == Cause.RULES ? new Invalid(json.getString("field"), json.getString("key"), arguments.toArray()) : null);
        } catch (JsonException | DateTimeParseException | IllegalArgumentException | NullPointerException e) {
            return new LookFailure(Cause.INTERNAL, null, null);
        }
    }
}
