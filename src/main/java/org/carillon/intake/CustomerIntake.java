package org.carillon.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.carillon.customer.ConsentPurpose;
import org.carillon.customer.ConsentStatement;
import org.carillon.customer.Customer;
import org.carillon.customer.CustomerDesk;
import org.carillon.customer.CustomerState;
import org.carillon.customer.Customers;
import org.carillon.customer.PhoneState;
import org.carillon.customer.Vehicle;
import org.carillon.customer.VehicleState;
import org.carillon.fact.AttributeJson;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.report.SubjectFile;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** Customers as JSON, both ways: what GET answers, PUT takes. */
@ApplicationScoped
public class CustomerIntake {

    private static final String NAME = "customer";

    private CustomerDesk desk;
    private Customers customers;
    private Locations locations;
    private SubjectFile files;

    protected CustomerIntake() { }

    @Inject
    public CustomerIntake(CustomerDesk desk, Customers customers, Locations locations, SubjectFile files) {
        this.desk = desk;
        this.customers = customers;
        this.locations = locations;
        this.files = files;
    }

    /** Everything, by sections. */
    public JsonObject file(Caller caller, String ref) {
        String json = customers.find(caller.scope(), caller.source(), ref).flatMap(c -> files.json(caller.scope(), c.id())).orElseThrow(() -> new Absent(NAME, ref));
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    /** The desk commits before this returns (REL-01). */
    public Stored put(Caller caller, String ref, Body body) {
        Reference.check("ref", ref);
        Given<String> location = body.text("location", 20);
        CustomerState said = read(body, caller.address()).withAttributes(body.values("attributes", 100));
        body.done();
        Customer known = customers.find(Scope.everything(), caller.source(), ref).orElse(null);
        if (known != null && customers.find(caller.scope(), known.id()).isEmpty()) {
            throw new Absent(NAME, ref);
        }
        Given<Long> home = !location.present() || location.value() == null ? location.present() ? Given.of(null) : Given.absent()
            : Given.of(home(caller.scope(), known, location.value()).id());
        CustomerDesk.Outcome outcome = desk.put(caller.scope(), ref, new CustomerState(home, said.name(), said.firstName(), said.lastName(), said.language(),
            said.phones(), said.emails(), said.vehicles(), said.attributes(), said.consent()), caller.actor());
        return new Stored(ref, outcome.created(), outcome.warnings());
    }

    /** A customer may live at a location that this token does not see, and be told again that it does. */
    private Location home(Scope scope, Customer known, String code) {
        Optional<Location> unmoved = locations.find(Scope.everything(), code).filter(l -> known != null && known.locationId() == l.id());
        return unmoved.or(() -> locations.find(scope, code)).orElseThrow(() -> Invalid.unknown("location", code));
    }

    /** Somebody as a lead names them: everything that a customer has but a home and vehicles. */
    static CustomerState contact(Body body, String address) {
        CustomerState person = person(body, Given.absent(), address);
        body.done();
        return person;
    }

    private static CustomerState read(Body body, String address) { return person(body, vehicles(body), address); }

    private static CustomerState person(Body body, Given<List<VehicleState>> vehicles, String address) {
        Given<String> language = body.text("language", 10);
        return new CustomerState(Given.absent(), body.text("name", 200), body.text("firstName", 100), body.text("lastName", 100),
            language.present() && language.value() != null ? Given.of(language.value().toLowerCase(Locale.ROOT)) : language,
            phones(body), emails(body), vehicles, consent(body, address));
    }

    private static Given<List<PhoneState>> phones(Body body) {
        Given<List<Body>> phones = body.objects("phones", 20);
        return list(phones, phone -> {
            PhoneState state = new PhoneState(required(phone, "number", 50), phone.flag("mobile").or(null));
            phone.done();
            return state;
        });
    }

    private static Given<List<String>> emails(Body body) {
        Given<String> email = body.text("email", 320);
        return !email.present() ? Given.absent() : Given.of(email.value() == null || email.value().isEmpty() ? List.of() : List.of(email.value()));
    }

    private static Given<List<VehicleState>> vehicles(Body body) {
        return list(body.objects("vehicles", 200), vehicle -> {
            VehicleState state = new VehicleState(null, vehicle.text("ref", 100).or(null), vehicle.text("make", 100), vehicle.text("model", 100),
                vehicle.whole("year"), vehicle.text("vin", 50), Given.absent());
            vehicle.done();
            return state;
        });
    }

    private static ConsentStatement consent(Body body, String address) {
        Body consent = body.object("consent").or(null);
        if (consent == null) {
            return null;
        }
        StatedTime at = consent.time("at").or(null);
        if (at != null && at.instant() == null) {
            throw new Unreadable(consent.at("at"), "time.offset");
        }
        ConsentStatement statement = new ConsentStatement(consent.flag("sms").or(null), consent.flag("email").or(null), consent.flag("marketing").or(null),
            at == null ? null : at.instant(), "API", consent.text("basis", 500).or(null), null, address);
        consent.done();
        return statement;
    }

    private static String required(Body body, String name, int longest) {
        String text = body.text(name, longest).or(null);
        if (text == null || text.isEmpty()) {
            throw new Invalid(body.at(name), "required");
        }
        return text;
    }

    private static <T> Given<List<T>> list(Given<List<Body>> bodies, java.util.function.Function<Body, T> read) {
        return !bodies.present() ? Given.absent() : Given.of(bodies.or(List.of(), List::of).stream().map(read).toList());
    }

    /** @throws Absent when there is none, or none that this token sees */
    public JsonObject get(Caller caller, String ref) {
        Customer customer = customers.find(caller.scope(), caller.source(), ref).orElseThrow(() -> new Absent(NAME, ref));
        JsonArrayBuilder phones = Json.createArrayBuilder();
        customer.phones().forEach(p -> phones.add(p.e164() == null ? Json.createObjectBuilder().add("number", p.raw())
            : Json.createObjectBuilder().add("number", p.raw()).add("mobile", p.smsAble())));
        JsonArrayBuilder vehicles = Json.createArrayBuilder();
        customer.vehicles().forEach(v -> vehicles.add(json(v)));
        return Json.createObjectBuilder().add("location", locations.find(Scope.everything(), customer.locationId()).orElseThrow().code())
            .add("name", customer.name()).add("firstName", customer.firstName()).add("lastName", customer.lastName()).add("language", customer.language())
            .add("phones", phones).add("email", customer.emails().isEmpty() ? JsonValue.NULL : Json.createValue(customer.emails().get(0).raw()))
            .add("consent", Json.createObjectBuilder().add("sms", customer.accepts(ConsentPurpose.SMS)).add("email", customer.accepts(ConsentPurpose.EMAIL))
                .add("marketing", customer.accepts(ConsentPurpose.MARKETING)))
            .add("vehicles", vehicles).add("attributes", AttributeJson.of(customer.attributes())).build();
    }

    private static JsonObjectBuilder json(Vehicle v) {
        return Json.createObjectBuilder().add("ref", v.ref()).add("make", v.make()).add("model", v.model())
            .add("year", v.year() == null ? JsonValue.NULL : Json.createValue(v.year())).add("vin", v.vin());
    }
}
