package org.carillon.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.carillon.customer.Customer;
import org.carillon.customer.Customers;
import org.carillon.customer.Vehicle;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.EventLog;
import org.carillon.fact.Invalid;
import org.carillon.fact.SearchText;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** Records vehicle sales; what happened is stored, and planned for, in the same transaction. */
@ApplicationScoped
public class SaleDesk {

    private Sales sales;
    private Customers customers;
    private Locations locations;
    private EventLog events;
    private ApplicationClock clock;

    protected SaleDesk() { }

    @Inject
    public SaleDesk(Sales sales, Customers customers, Locations locations, EventLog events, ApplicationClock clock) {
        this.sales = sales;
        this.customers = customers;
        this.locations = locations;
        this.events = events;
        this.clock = clock;
    }

    public record Outcome(Sale sale, boolean created) { }

    /** A system: the state under its own reference; a repeated call changes nothing and fires nothing. */
    @Transactional
    public Outcome put(Scope scope, String ref, SaleState said, Actor actor) {
        sales.claim(actor.source(), ref);
        Sale known = sales.lockByRef(actor.source(), ref).orElse(null);
        if (known != null && !scope.allows(known.locationId())) {
            throw Invalid.unknown("sale", ref);
        }
        Instant now = clock.now();
        Location location = location(scope, known, said);
        Customer customer = customer(scope, known, said);
        Integer year = said.year().or(null);
        if (year != null && (year < 1885 || year > 2100)) {
            throw new Invalid("vehicle.year", "vehicle.year", year);
        }
        Sale sale = known == null ? Sale.record(actor.source(), ref, location.id(), customer.id(), now) : known;
        boolean fresh = sale.isFresh();
        sale.become(said);
        sale.isOf(match(customer, sale));
        if (!fresh) {
            sales.flush();
            return new Outcome(sale, false);
        }
        sales.add(sale);
        events.record(List.of(sale.recorded(said.silent(), location.zone(), actor.name(), now)));
        return new Outcome(sale, true);
    }

    /** The one vehicle of the customer that fits what was sold; the year may be missing on either side. Where two fit, neither is meant. */
    private static Long match(Customer customer, Sale sale) {
        if (sale.make().isEmpty() || sale.model().isEmpty()) {
            return null;
        }
        List<Vehicle> fitting = customer.vehicles().stream().filter(v -> SearchText.of(v.make()).equals(SearchText.of(sale.make()))
            && SearchText.of(v.model()).equals(SearchText.of(sale.model())) && (v.year() == null || sale.year() == null || Objects.equals(v.year(), sale.year()))).toList();
        return fitting.size() == 1 ? fitting.get(0).id() : null;
    }

    private Location location(Scope scope, Sale known, SaleState said) {
        Long id = said.location().or(known == null ? null : known.locationId());
        if (id == null) {
            throw new Invalid("location", "required");
        }
        return locations.find(scope, id).orElseThrow(() -> Invalid.unknown("location", id));
    }

    private Customer customer(Scope scope, Sale known, SaleState said) {
        Long id = said.customer().or(known == null ? null : known.customerId());
        if (id == null) {
            throw new Invalid("customer", "required");
        }
        boolean unchanged = known != null && id == known.customerId();
        return customers.find(unchanged ? Scope.everything() : scope, id).orElseThrow(() -> Invalid.unknown("customer", id));
    }
}
