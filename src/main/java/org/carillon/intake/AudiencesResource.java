package org.carillon.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.carillon.audience.Audience;
import org.carillon.audience.AudienceDesk.Count;
import org.carillon.audience.AudienceDesk.Member;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.AudienceJson;
import org.carillon.audience.Explanation;
import org.carillon.audience.Moment;
import org.carillon.customer.Customer;
import org.carillon.customer.Customers;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.fact.Reason;
import org.carillon.shop.ApiToken.Access;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** {@code /audiences/preview}: whom rules mean, asked without storing anything. */
@Path("audiences") @RequestScoped @Consumes(Answers.JSON) @Produces(Answers.JSON)
public class AudiencesResource {

    private static final int SAMPLE = 10;
    private static final int PAGE = 500;

    @Inject
    private AudienceDesk desk;
    @Inject
    private FieldCatalogue catalogue;
    @Inject
    private ApplicationClock clock;
    @Inject
    private Customers customers;
    @Inject
    private Locations locations;
    @Inject
    private Caller caller;
    @Inject
    private Answers answers;

    /**
     * How many, how many of them can be reached, and why the rest cannot.
     *
     * @param refs     pages through the references of all instead, from {@code after} on
     * @param customer a reference: whether that one is meant, and each rule's answer
     */
    @POST @Path("preview") @Needs(Access.READ)
    public Response preview(@QueryParam("refs") String refs, @QueryParam("after") String after, @QueryParam("customer") String customer, String text) {
        Body body = Body.of(text);
        JsonValue groups = body.value("groups").or(null);
        String target = body.text("target", 50).or(null);
        Scope scope = scope(body.value("locations").or(null));
        Channel channel = body.choice("channel", Channel.class).or(Channel.SMS, () -> Channel.SMS);
        LocalDate day = body.day("on").or(null, () -> null);
        boolean marketing = body.flag("marketing").or(false, () -> false);
        body.done();
        if (!(groups instanceof JsonArray array)) {
            throw new Unreadable("groups", "json.type.array");
        }
        Audience audience = AudienceJson.read(array, target, catalogue.now());
        Moment moment = day == null ? Moment.at(clock.now()) : desk.during(scope, day);
        if (customer != null) {
            return answers.of(json(desk.explain(scope, caller.scope(), audience, customers.find(caller.scope(), caller.source(), customer).map(Customer::id).orElseThrow(() -> new Absent("customer", customer)), moment)).build());
        }
        return answers.of("true".equals(refs) ? page(scope, audience, after, moment) : json(desk.count(scope, audience, channel, marketing, moment), desk.members(scope, audience, caller.source(), null, SAMPLE, moment), channel).build());
    }

    private Scope scope(JsonValue codes) {
        if (codes == null) {
            return caller.scope();
        }
        if (!(codes instanceof JsonArray array)) {
            throw new Unreadable("locations", "json.type.array");
        }
        Set<Long> ids = new HashSet<>();
        for (JsonValue code : array) {
            if (!(code instanceof jakarta.json.JsonString text)) {
                throw new Unreadable("locations[" + ids.size() + "]", "json.type.text");
            }
            ids.add(locations.find(caller.scope(), text.getString()).map(Location::id).orElseThrow(() -> Invalid.unknown("location", text.getString())));
        }
        return Scope.of(ids);
    }

    private JsonValue page(Scope scope, Audience audience, String after, Moment moment) {
        if (after != null && !after.matches("[0-9]{1,18}")) {
            throw new Unreadable("after", "number.whole");
        }
        List<Member> members = desk.members(scope, audience, caller.source(), after == null ? null : Long.valueOf(after), PAGE, moment);
        JsonObjectBuilder json = Json.createObjectBuilder().add("refs", refs(members));
        return (members.size() < PAGE ? json.addNull("next") : json.add("next", "" + members.get(PAGE - 1).id())).build();
    }

    private static JsonObjectBuilder json(Count count, List<Member> sample, Channel channel) {
        JsonObjectBuilder unreachable = Json.createObjectBuilder();
        add(unreachable, channel == Channel.SMS ? Reason.NO_PHONE : Reason.NO_EMAIL, count.withoutAddress());
        add(unreachable, Reason.OPTED_OUT, count.optedOut());
        add(unreachable, Reason.NO_CONSENT, count.withoutConsent());
        add(unreachable, Reason.SILENT, count.silent());
        return Json.createObjectBuilder().add("matched", count.matched()).add("reachable", count.reachable()).add("unreachable", unreachable).add("sample", refs(sample));
    }

    private static void add(JsonObjectBuilder object, Reason reason, int count) {
        if (count > 0) {
            object.add(reason.name(), count);
        }
    }

    private static JsonArrayBuilder refs(List<Member> members) {
        JsonArrayBuilder refs = Json.createArrayBuilder();
        members.forEach(m -> refs.add(m.ref()));
        return refs;
    }

    private static JsonObjectBuilder json(Explanation explanation) {
        JsonArrayBuilder groups = Json.createArrayBuilder();
        explanation.groups().forEach(group -> {
            JsonArrayBuilder answers = Json.createArrayBuilder();
            group.forEach(a -> answers.add(Json.createObjectBuilder().add("field", a.field()).add("operator", a.operator()).add("answer", a.answer()).add("actual", a.actual())));
            groups.add(answers);
        });
        return Json.createObjectBuilder().add("matched", explanation.matched()).add("silent", explanation.silent()).add("groups", groups);
    }
}
