package org.carillon.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Objects;
import org.carillon.customer.Customer;
import org.carillon.customer.CustomerState;
import org.carillon.customer.Customers;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.repair.Lead;
import org.carillon.repair.LeadDesk;
import org.carillon.repair.LeadState;
import org.carillon.repair.Leads;
import org.carillon.repair.Orders;
import org.carillon.repair.WorkOrder;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** Leads as JSON, both ways: what GET answers, PUT takes. */
@ApplicationScoped
public class LeadIntake {

    private static final String NAME = "lead";

    private LeadDesk desk;
    private Leads leads;
    private Orders orders;
    private Customers customers;
    private Locations locations;

    protected LeadIntake() { }

    @Inject
    public LeadIntake(LeadDesk desk, Leads leads, Orders orders, Customers customers, Locations locations) {
        this.desk = desk;
        this.leads = leads;
        this.orders = orders;
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
        Body contact = body.object("contact").or(null);
        CustomerState person = contact == null ? null : CustomerIntake.contact(contact, caller.address());
        Given<String> order = body.text("order", 100);
        LeadState said = new LeadState(Given.absent(), Given.absent(), body.text("status", 30), body.text("object", 200), body.text("note", 2_000),
            silent || !body.flag("notify").or(true, () -> true));
        body.done();
        Lead known = leads.find(Scope.everything(), caller.source(), ref).orElse(null);
        if (known != null && !caller.scope().allows(known.locationId())) {
            throw new Absent(NAME, ref);
        }
        if (person != null && owner.present()) {
            throw new Invalid("contact", "lead.either");
        }
        if (order.present() && !Objects.equals(order.value(), known == null ? null : order(known))) {
            throw new Invalid("order", "lead.order");
        }
        Long location = location(caller.scope(), known, place);
        Given<Long> customer = !owner.present() ? Given.absent() : owner.value() == null ? Given.of(null)
            : Given.of(customers.find(caller.scope(), caller.source(), owner.value()).orElseThrow(() -> Invalid.unknown("customer", owner.value())).id());
        LeadDesk.Outcome outcome = desk.put(caller.scope(), ref, new LeadState(place.present() ? Given.of(location) : Given.absent(), customer, said.status(),
            said.object(), said.note(), said.silent()), person == null ? null : at(location, person), caller.actor());
        return new Stored(ref, outcome.created(), outcome.warnings());
    }

    private Long location(Scope scope, Lead known, Given<String> place) {
        if (place.present() ? place.value() == null : known == null) {
            throw new Invalid("location", "required");
        }
        return place.present() ? locations.find(scope, place.value()).orElseThrow(() -> Invalid.unknown("location", place.value())).id() : Long.valueOf(known.locationId());
    }

    /** A contact lives where the lead is. */
    private static CustomerState at(Long location, CustomerState person) {
        return new CustomerState(Given.of(location), person.name(), person.firstName(), person.lastName(), person.language(), person.phones(), person.emails(),
            person.vehicles(), person.consent());
    }

    /** The reference of the order it became, as its own source calls it; null where there is none. */
    private String order(Lead lead) {
        return lead.orderId() == null ? null
            : orders.find(Scope.everything(), lead.orderId()).filter(o -> o.source().equals(lead.source())).map(WorkOrder::ref).orElse(null);
    }

    /** @throws Absent when there is none, or none that this token sees */
    public JsonObject get(Caller caller, String ref) {
        Lead lead = leads.find(caller.scope(), caller.source(), ref).orElseThrow(() -> new Absent(NAME, ref));
        Customer customer = customers.find(Scope.everything(), lead.customerId()).orElseThrow();
        JsonObjectBuilder json = Json.createObjectBuilder().add("location", locations.find(Scope.everything(), lead.locationId()).orElseThrow().code());
        if (customer.source().equals(lead.source())) {
            json.add("customer", customer.ref());
        }
        String order = order(lead);
        return json.add("status", lead.status()).add("object", lead.object()).add("note", lead.note())
            .add("order", order == null ? JsonValue.NULL : Json.createValue(order)).build();
    }
}
