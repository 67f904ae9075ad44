package org.carillon.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.LocalDate;
import org.carillon.billing.Sale;
import org.carillon.billing.SaleDesk;
import org.carillon.billing.SaleState;
import org.carillon.billing.Sales;
import org.carillon.customer.Customer;
import org.carillon.customer.Customers;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** Vehicle sales as JSON, both ways: what GET answers, PUT takes. */
@ApplicationScoped
public class SaleIntake {

    private static final String NAME = "sale";

    private SaleDesk desk;
    private Sales sales;
    private Customers customers;
    private Locations locations;

    protected SaleIntake() { }

    @Inject
    public SaleIntake(SaleDesk desk, Sales sales, Customers customers, Locations locations) {
        this.desk = desk;
        this.sales = sales;
        this.customers = customers;
        this.locations = locations;
    }

    /**
     * The desk commits before this returns (REL-01).
     *
     * @param silent without messages, whatever the body says
     */
    public Stored put(Caller caller, String ref, Body body, boolean silent) {
        Reference.check("ref", ref);
        Given<String> place = body.text("location", 20);
        Given<String> owner = body.text("customer", 100);
        Given<Body> vehicle = body.object("vehicle");
        Given<String> make = of(vehicle, vehicle.value() == null ? null : vehicle.value().text("make", 100));
        Given<String> model = of(vehicle, vehicle.value() == null ? null : vehicle.value().text("model", 100));
        Given<Integer> year = of(vehicle, vehicle.value() == null ? null : vehicle.value().whole("year"));
        Given<LocalDate> delivered = body.day("deliveredOn");
        Given<Sale.Condition> condition = body.choice("condition", Sale.Condition.class);
        Given<String> adviser = body.text("userReference", 100);
        boolean quiet = silent || !body.flag("notify").or(true, () -> true);
        if (vehicle.value() != null) {
            vehicle.value().done();
        }
        body.done();
        Sale known = sales.find(Scope.everything(), caller.source(), ref).orElse(null);
        if (known != null && !caller.scope().allows(known.locationId())) {
            throw new Absent(NAME, ref);
        }
        if (place.present() ? place.value() == null : known == null) {
            throw new Invalid("location", "required");
        }
        Given<Long> location = place.map(p -> locations.find(caller.scope(), p).orElseThrow(() -> Invalid.unknown("location", p)).id());
        Given<Long> customer = owner.map(o -> customers.find(caller.scope(), caller.source(), o).orElseThrow(() -> Invalid.unknown("customer", o)).id());
        SaleDesk.Outcome outcome = desk.put(caller.scope(), ref, new SaleState(location, customer, make, model, year, condition, delivered, adviser, quiet), caller.actor());
        return new Stored(ref, outcome.created(), java.util.List.of());
    }

    /** A vehicle that is null clears all that was said of it. */
    private static <T> Given<T> of(Given<Body> vehicle, Given<T> said) { return !vehicle.present() ? Given.absent() : said == null ? Given.of(null) : said; }

    /** @throws Absent when there is none, or none that this token sees */
    public JsonObject get(Caller caller, String ref) {
        Sale known = sales.find(caller.scope(), caller.source(), ref).orElseThrow(() -> new Absent(NAME, ref));
        Customer customer = customers.find(Scope.everything(), known.customerId()).orElseThrow();
        JsonObjectBuilder json = Json.createObjectBuilder().add("location", locations.find(Scope.everything(), known.locationId()).orElseThrow().code());
        if (customer.source().equals(known.source())) {
            json.add("customer", customer.ref());
        }
        return json.add("vehicle", Json.createObjectBuilder().add("make", known.make()).add("model", known.model())
                .add("year", known.year() == null ? JsonValue.NULL : Json.createValue(known.year())))
            .add("deliveredOn", known.deliveredOn() == null ? JsonValue.NULL : Json.createValue(known.deliveredOn().toString()))
            .add("condition", known.condition() == null ? JsonValue.NULL : Json.createValue(known.condition().name())).add("userReference", known.userReference()).build();
    }
}
