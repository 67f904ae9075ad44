package org.carillon.intake;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.carillon.customer.Customers;
import org.carillon.fact.EventLog;
import org.carillon.fact.Invalid;
import org.carillon.fact.PassingFailure;
import org.carillon.repair.Orders;
import org.carillon.shop.ApiToken.Access;

/**
 * {@code /batch}: many PUTs in one call. Good lines are kept, whatever becomes of the others. Lines share a transaction as long as none fails; where one does, those
 * before it are taken again without it, it alone, and the lines after it together. So a line is answered as if it had been sent alone, in turn. (ADR 0021)
 */
@Path("batch") @RequestScoped @Consumes(Answers.JSON) @Produces(Answers.JSON)
public class BatchResource {

    private static final int MOST = 5_000;
    /** Lines that share a transaction at most: others wait for what it locks, and the database holds a bounded number of locks. */
    private static final int TOGETHER = 100;
    private static final String APART = "\u0001";
    /** What these do stands by itself; before any other line what was recorded is planned, since it may change that. */
    private static final Set<String> ABOUT_ORDERS = Set.of("order", "orders");

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
    @Inject
    private Once.Together together;
    @Inject
    private EventLog events;
    @Inject
    private Orders known;
    @Inject
    private Customers people;
    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;
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
        JsonObjectBuilder[] results = new JsonObjectBuilder[lines.size()];
        for (int from = 0; from < results.length; from += TOGETHER) {
            take(lines, from, Math.min(results.length, from + TOGETHER), notify, results);
        }
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (JsonObjectBuilder result : results) {
            all.add(result);
        }
        return answers.of(Json.createObjectBuilder().add("results", all).build());
    }

    /** Where it was not a line that failed but the end, nobody knows which one was to blame: by halves. */
    private void take(JsonArray lines, int first, int end, boolean notify, JsonObjectBuilder[] results) {
        for (int from = first; from < end; ) {
            if (away || end - from == 1) {
                results[from] = alone(from, lines.get(from), notify);
                from++;
                continue;
            }
            int[] reached = {-1};
            try {
                attempt(lines, from, end, notify, results, reached);
                return;
            } catch (RuntimeException e) {
                failing(e);
                int bad = reached[0] < 0 ? from + (end - from) / 2 : reached[0];
                take(lines, from, bad, notify, results);
                if (reached[0] >= 0) {
                    results[bad] = alone(bad, lines.get(bad), notify);
                    bad++;
                }
                from = bad;
            }
        }
    }

    private void attempt(JsonArray lines, int from, int end, boolean notify, JsonObjectBuilder[] results, int[] reached) {
        together.run(() -> {
            events.gather(() -> {
                foresee(lines.subList(from, end));
                for (int line = from; line < end; line++) {
                    reached[0] = line;
                    results[line] = inTurn(line, lines.get(line), notify);
                }
                reached[0] = -1;
            });
            return null;
        });
    }

    /** When the database is away, none of the lines was taken, and nobody should wait for it once more for each. */
    private void failing(RuntimeException e) {
        if (PassingFailure.is(e) && !PassingFailure.isCollision(e)) {
            failed = true;
            away = true;
        }
    }

    private void foresee(List<JsonValue> lines) {
        List<String> customers = refs(lines, "customer");
        if (!customers.isEmpty()) {
            people.claimAll(caller.source(), customers);
        }
        people.foresee(known.foresee(caller.source(), refs(lines, "order")));
    }

    private static List<String> refs(List<JsonValue> lines, String type) {
        return lines.stream().filter(line -> line instanceof JsonObject object && object.get("type") instanceof JsonString named && (named.getString().equals(type) || named.getString().equals(type + "s"))
            && object.get("ref") instanceof JsonString).map(line -> ((JsonObject) line).getString("ref")).filter(ref -> ref.length() <= 100 && !ref.contains(APART)).toList();
    }

    /** A line among others. One that is refused before it did anything leaves the transaction as it was. */
    private JsonObjectBuilder inTurn(int line, JsonValue value, boolean notify) {
        if (!(value instanceof JsonObject object && object.get("type") instanceof JsonString type && ABOUT_ORDERS.contains(type.getString()))) {
            events.settle();
        }
        try {
            return taken(line, value, notify);
        } catch (RuntimeException e) {
            Problem problem = transaction.getRollbackOnly() ? null : Failures.refusal(e);
            if (problem == null) {
                throw e;
            }
            return refused(face(line, value), problem);
        }
    }

    private JsonObjectBuilder alone(int line, JsonValue value, boolean notify) {
        if (away) {
            return refused(face(line, value), Problem.of(503, null));
        }
        try {
            return taken(line, value, notify);
        } catch (RuntimeException e) {
            Problem problem = Failures.problem(e);
            failed |= problem.status() >= 500;
            away |= problem.status() == 503;
            return refused(face(line, value), problem);
        }
    }

    private JsonObjectBuilder taken(int line, JsonValue value, boolean notify) {
        Stored stored = put(Body.of(value, ""), notify);
        return face(line, value).add("status", stored.status()).addAll(answers.json(stored).remove("ref"));
    }

    private static JsonObjectBuilder face(int line, JsonValue value) {
        JsonObjectBuilder face = Json.createObjectBuilder().add("line", line + 1);
        for (String name : new String[] {"type", "ref"}) {
            face.add(name, value instanceof JsonObject object && object.get(name) instanceof JsonString ? object.get(name) : JsonValue.NULL);
        }
        return face;
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
