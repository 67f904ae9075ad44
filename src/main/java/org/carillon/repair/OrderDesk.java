package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.carillon.customer.Customer;
import org.carillon.customer.Customers;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.EventLog;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** Opens and changes orders; what happened is stored, and planned for, in the same transaction. */
@ApplicationScoped
public class OrderDesk {

    private Orders orders;
    private OrderTypes types;
    private OrderStatuses statuses;
    private Customers customers;
    private Locations locations;
    private EventLog events;
    private ApplicationClock clock;

    protected OrderDesk() { }

    @Inject
    public OrderDesk(Orders orders, OrderTypes types, OrderStatuses statuses, Customers customers, Locations locations, EventLog events, ApplicationClock clock) {
        this.orders = orders;
        this.types = types;
        this.statuses = statuses;
        this.customers = customers;
        this.locations = locations;
        this.events = events;
        this.clock = clock;
    }

    /** What was stored; a warning never stops a change (a due date in the past, for one). */
    public record Outcome(WorkOrder order, boolean created, List<Invalid> warnings) { }

    @Transactional
    public Outcome create(Scope scope, OrderState said, Actor actor) {
        return become(scope, null, actor.source(), orders.nextNumber(), said, actor);
    }

    /** {@code version} is the one that the form showed: a change made since then is reported, not overwritten. Null where none was shown. */
    @Transactional
    public Outcome change(Scope scope, long id, Integer version, OrderState said, Actor actor) {
        WorkOrder order = orders.lock(scope, id).orElseThrow(() -> Invalid.unknown("order", id));
        if (version != null && version != order.version()) {
            throw new Invalid("order", "changed.meanwhile");
        }
        return become(scope, order, order.source(), order.ref(), said, actor);
    }

    @Transactional
    public Outcome changeStatus(Scope scope, long id, String status, Actor actor) {
        return change(scope, id, null, OrderState.nothing().withStatus(status), actor);
    }

    /** {@code due} in the location's zone; null clears. */
    @Transactional
    public Outcome changeDue(Scope scope, long id, LocalDateTime due, Actor actor) {
        return change(scope, id, null, OrderState.nothing().withDue(due), actor);
    }

    /** A shop system: the state under its own reference; a repeated call changes nothing and fires nothing. */
    @Transactional
    public Outcome put(Scope scope, String ref, OrderState said, Actor actor) {
        orders.claim(actor.source(), ref);
        WorkOrder known = orders.lockByRef(actor.source(), ref).orElse(null);
        if (known != null && !scope.allows(known.locationId())) {
            throw Invalid.unknown("order", ref);
        }
        return become(scope, known, actor.source(), ref, said, actor);
    }

    private Outcome become(Scope scope, WorkOrder known, String source, String ref, OrderState said, Actor actor) {
        Instant now = clock.now();
        Location location = location(scope, known, said);
        Customer customer = customer(scope, known, said);
        OrderType type = type(known, said);
        OrderStatus next = status(location, known, said);
        judgeVehicle(customer, said.vehicleId());
        WorkOrder order = known == null ? WorkOrder.open(source, ref, location.id(), customer.id(), now) : known;
        WorkOrder.Before before = order.before();
        order.become(said, type, next, location.zone(), now);
        if (before.fresh()) {
            orders.add(order);
        } else {
            orders.flush();
        }
        events.record(order.happened(before, said.silent(), actor.name(), now));
        List<Invalid> warnings = new ArrayList<>();
        if (said.due().changes(before.due()) && order.dueAt() != null && order.dueAt().isBefore(now)) {
            warnings.add(new Invalid("dueAt", "order.duePast"));
        }
        return new Outcome(order, before.fresh(), warnings);
    }

    private Location location(Scope scope, WorkOrder known, OrderState said) {
        Long id = said.location().or(known == null ? null : known.locationId());
        if (id == null) {
            throw new Invalid("location", "required");
        }
        return locations.find(scope, id).orElseThrow(() -> Invalid.unknown("location", id));
    }

    private Customer customer(Scope scope, WorkOrder known, OrderState said) {
        Long id = said.customer().or(known == null ? null : known.customerId());
        if (id == null) {
            throw new Invalid("customer", "required");
        }
        boolean unchanged = known != null && id == known.customerId();
        return customers.find(unchanged ? Scope.everything() : scope, id).orElseThrow(() -> Invalid.unknown("customer", id));
    }

    private OrderType type(WorkOrder known, OrderState said) {
        String code = said.type().or(known == null ? null : known.type());
        if (code == null) {
            return types.preferred().orElse(null);
        }
        OrderType type = types.find(code).orElseThrow(() -> Invalid.unknown("type", code));
        if (!type.active() && (known == null || !code.equals(known.type()))) {
            throw new Invalid("type", "type.off", code);
        }
        return type;
    }

    private OrderStatus status(Location location, WorkOrder known, OrderState said) {
        String code = said.status().or(known == null ? null : known.status());
        if (code == null) {
            throw new Invalid("status", "required");
        }
        boolean stays = known != null && code.equals(known.status());
        return (stays ? statuses.find(code) : statuses.at(location.id(), code)).orElseThrow(() -> new Invalid("status", "status.unknownHere", code, location.code()));
    }

    private static void judgeVehicle(Customer customer, Given<Long> vehicle) {
        if (vehicle.present() && vehicle.value() != null && customer.vehicles().stream().noneMatch(v -> v.id().equals(vehicle.value()))) {
            throw Invalid.unknown("vehicle", vehicle.value());
        }
    }
}
