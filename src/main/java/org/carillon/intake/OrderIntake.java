package org.carillon.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.carillon.customer.Customers;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.repair.Conversion;
import org.carillon.repair.Leads;
import org.carillon.repair.OrderDesk;
import org.carillon.repair.OrderKind;
import org.carillon.repair.OrderLine;
import org.carillon.repair.OrderState;
import org.carillon.repair.Orders;
import org.carillon.repair.WorkOrder;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** Orders as JSON, both ways: what GET answers, PUT takes. */
@ApplicationScoped
public class OrderIntake {

    private static final String NAME = "order";

    private OrderDesk desk;
    private Conversion conversion;
    private Leads leads;
    private Orders orders;
    private Customers customers;
    private Locations locations;

    protected OrderIntake() { }

    @Inject
    public OrderIntake(OrderDesk desk, Conversion conversion, Leads leads, Orders orders, Customers customers, Locations locations) {
        this.desk = desk;
        this.conversion = conversion;
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
        Given<String> lead = body.text("lead", 100);
        Given<String> vehicle = body.text("vehicle", 100);
        Given<StatedTime> due = dueAt(body);
        Given<StatedTime> opened = body.time("openedAt");
        Given<StatedTime> closed = body.time("closedAt");
        Given<StatedTime> changed = body.time("statusChangedAt");
        OrderState said = read(body, silent);
        body.done();
        WorkOrder known = orders.find(Scope.everything(), caller.source(), ref).orElse(null);
        if (known != null && !caller.scope().allows(known.locationId())) {
            throw new Absent(NAME, ref);
        }
        Location location = location(caller.scope(), known, place);
        Given<Long> customer = map(owner, o -> customers.find(caller.scope(), caller.source(), o).orElseThrow(() -> Invalid.unknown("customer", o)).id());
        ZoneId zone = location.zone();
        OrderState state = new OrderState(map(place, p -> location.id()), customer, said.kind(), said.type(), said.status(),
            said.statusCode(), map(due, t -> t.local(zone)), map(opened, t -> t.at(zone)), map(closed, t -> t.at(zone)), map(changed, t -> t.at(zone)),
            OwnVehicle.id(customers, vehicle, customer.or(known == null ? null : known.customerId())), said.object(), said.reference(), said.userReference(), said.customerSale(), said.warrantySale(), said.total(),
            said.lines(), said.silent());
        if (lead.present() && lead.value() == null && known != null && leads.ofOrder(known.id()).isPresent()) {
            throw new Invalid("lead", "lead.stays");
        }
        OrderDesk.Outcome outcome = lead.or(null) == null ? desk.put(caller.scope(), ref, state, caller.actor())
            : conversion.put(caller.scope(), ref, lead.value(), state, caller.actor());
        return new Stored(ref, outcome.created(), outcome.warnings());
    }

    private static Given<StatedTime> dueAt(Body body) {
        Given<StatedTime> due = body.time("dueAt");
        if (due.present() && due.value() != null && due.value().dateOnly()) {
            throw new Invalid("dueAt", "time.needed");
        }
        return due;
    }

    private static OrderState read(Body body, boolean silent) {
        OrderState none = OrderState.nothing();
        return new OrderState(none.location(), none.customer(), body.choice("kind", OrderKind.class), body.text("type", 30), body.text("status", 30),
            body.text("statusCode", 100), none.due(), none.openedAt(), none.closedAt(), none.statusChangedAt(), none.vehicleId(), body.text("object", 200), body.text("reference", 100),
            body.text("userReference", 100), body.amount("customerSale"), body.amount("warrantySale"), body.amount("total"), lines(body),
            silent || !body.flag("notify").or(true, () -> true));
    }

    private static Given<List<OrderLine>> lines(Body body) {
        return map(body.objects("lines", 500), lines -> lines.stream().map(line -> {
            OrderLine read = new OrderLine(line.text("item", 300).or(null), line.text("category", 100).or(null), line.amount("amount").or(null));
            line.done();
            return read;
        }).toList());
    }

    private Location location(Scope scope, WorkOrder known, Given<String> place) {
        if (place.present() ? place.value() == null : known == null) {
            throw new Invalid("location", "required");
        }
        return (place.present() ? locations.find(scope, place.value()) : locations.find(scope, known.locationId()))
            .orElseThrow(() -> Invalid.unknown("location", place.value()));
    }

    private static <A, B> Given<B> map(Given<A> said, Function<A, B> to) {
        return !said.present() ? Given.absent() : Given.of(said.value() == null ? null : to.apply(said.value()));
    }

    /** @throws Absent when there is none, or none that this token sees */
    public JsonObject get(Caller caller, String ref) {
        WorkOrder order = orders.find(caller.scope(), caller.source(), ref).orElseThrow(() -> new Absent(NAME, ref));
        Location location = locations.find(Scope.everything(), order.locationId()).orElseThrow();
        return OrderJson.of(order, location, customers.find(Scope.everything(), order.customerId()).orElseThrow(), leads.ofOrder(order.id()).orElse(null));
    }
}
