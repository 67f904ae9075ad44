package org.carillon.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.carillon.fact.Invalid;
import org.carillon.shop.ApiToken.Access;

/** {@code /batch}: many PUTs in one call. Each line has a transaction of its own: good lines are kept, whatever becomes of the others. */
@Path("batch") @RequestScoped @Consumes(Answers.JSON) @Produces(Answers.JSON)
public class BatchResource {

    private static final int MOST = 5_000;

    @Inject
    private CustomerIntake customers;
    @Inject
    private OrderIntake orders;
    @Inject
    private LeadIntake leads;
    @Inject
    private AppointmentIntake appointments;
    @Inject
    private SaleIntake sales;
    @Inject
    private LocationIntake locations;
    @Inject
    private Caller caller;
    @Inject
    private Answers answers;
    @Inject
    private Once once;
    /** A line failed by no fault of its own: sent again, it may be taken. */
    private boolean failed;
    /** A line was put off. Those after it may stand on it, such as an order on its customer, and are put off untried rather than refused for good. */
    private boolean away;

    /** The lines as an array; or {@code {"notify": false, "lines": [...]}} and {@code ?notify=false}, which record all of them without messages. */
    @POST @Needs(Access.WRITE)
    public Response post(@QueryParam("notify") String notify, String text) { return once.each(text, () -> read(notify, text), answer -> !failed); }

    private Response read(String notify, String text) {
        if (notify != null && !notify.equals("true") && !notify.equals("false")) {
            throw new Unreadable("notify", "json.type.boolean");
        }
        JsonValue value = Body.parse(text);
        boolean loud = !"false".equals(notify);
        if (value instanceof JsonArray lines) {
            return post(lines, loud);
        }
        Body body = Body.of(value, "");
        loud &= body.flag("notify").or(true, () -> true);
        JsonValue lines = body.value("lines").or(null);
        body.done();
        if (!(lines instanceof JsonArray array)) {
            throw new Unreadable("lines", "json.type.array");
        }
        return post(array, loud);
    }

    private Response post(JsonArray lines, boolean notify) {
        if (lines.size() > MOST) {
            throw new Invalid("lines", "list.long", MOST);
        }
        JsonArrayBuilder results = Json.createArrayBuilder();
        for (int line = 0; line < lines.size(); line++) {
            results.add(result(line + 1, lines.get(line), notify));
        }
        return answers.of(Json.createObjectBuilder().add("results", results).build());
    }

    private JsonObjectBuilder result(int number, JsonValue line, boolean notify) {
        JsonObjectBuilder result = Json.createObjectBuilder().add("line", number);
        for (String name : new String[] {"type", "ref"}) {
            result.add(name, line instanceof jakarta.json.JsonObject object && object.get(name) instanceof JsonString ? object.get(name) : JsonValue.NULL);
        }
        if (away) {
            return refused(result, Problem.of(503, null));
        }
        try {
            Stored stored = put(Body.of(line, ""), notify);
            return result.add("status", stored.status()).addAll(answers.json(stored).remove("ref"));
        } catch (RuntimeException e) {
            Problem problem = Failures.problem(e);
            failed |= problem.status() >= 500;
            away |= problem.status() == 503;
            return refused(result, problem);
        }
    }

    private JsonObjectBuilder refused(JsonObjectBuilder result, Problem problem) { return result.add("status", problem.status()).add("problem", answers.json(problem)); }

    private Stored put(Body line, boolean notify) {
        String type = line.text("type", 20).or(null);
        String ref = line.text("ref", 100).or(null);
        Body body = line.inner("body");
        line.done();
        if (type == null || ref == null || body == null) {
            throw new Invalid(type == null ? "type" : ref == null ? "ref" : "body", "required");
        }
        return switch (type) {
            case "customer", "customers" -> customers.put(caller, ref, body);
            case "order", "orders" -> orders.put(caller, ref, body, !notify);
            case "lead", "leads" -> leads.put(caller, ref, body, !notify);
            case "appointment", "appointments" -> appointments.put(caller, ref, body, !notify);
            case "sale", "sales" -> sales.put(caller, ref, body, !notify);
            case "location", "locations" -> location(ref, body);
            default -> throw new Invalid("type", "choice.unknown", type, "customer, order, lead, appointment, sale, location");
        };
    }

    private Stored location(String ref, Body body) {
        if (!caller.identity().may(Access.ADMIN)) {
            throw new Forbidden(Access.ADMIN);
        }
        return locations.put(caller, ref, body);
    }
}
