package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Attribute;
import org.carillon.fact.Attributes;
import org.carillon.fact.Invalid;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** Registers and changes customers. */
@ApplicationScoped
public class CustomerDesk {

    private Customers customers;
    private Locations locations;
    private ConsentLedger consents;
    private Attributes attributes;
    private ApplicationClock clock;

    protected CustomerDesk() { }

    @Inject
    public CustomerDesk(Customers customers, Locations locations, ConsentLedger consents, Attributes attributes, ApplicationClock clock) {
        this.customers = customers;
        this.locations = locations;
        this.consents = consents;
        this.attributes = attributes;
        this.clock = clock;
    }

    /** What was stored, and what could not be used though it was kept (dirty numbers do not lose customers). */
    public record Outcome(Customer customer, boolean created, List<Invalid> warnings) { }

    /** As below, where no earlier state was shown. */
    @Transactional
    public Outcome save(Scope scope, Long id, CustomerState state, Actor actor) { return save(scope, id, null, state, actor); }

    /**
     * A form: a number or address that nobody can use is refused; one that takes no SMS is kept and named. {@code id} null registers.
     *
     * @param shown the {@link Customer#version} that the form showed: a change made since then is reported, not overwritten. Null where none was shown
     */
    @Transactional
    public Outcome save(Scope scope, Long id, Integer shown, CustomerState state, Actor actor) {
        Customer customer = id == null ? null : customers.lock(scope, id).orElseThrow(() -> Invalid.unknown("customer", id));
        if (customer != null && shown != null && shown != customer.version()) {
            throw new Invalid("customer", "changed.meanwhile");
        }
        return become(scope, customer, "page", UUID.randomUUID().toString(), state, true, actor);
    }

    /** A shop system: the state under its own reference; a repeated call changes nothing. */
    @Transactional
    public Outcome put(Scope scope, String ref, CustomerState state, Actor actor) {
        customers.claim(actor.source(), ref);
        Customer known = customers.lockByRef(actor.source(), ref).orElse(null);
        if (known != null && customers.find(scope, known.id()).isEmpty()) {
            throw Invalid.unknown("customer", ref);
        }
        return become(scope, known, actor.source(), ref, state, false, actor);
    }

    private Outcome become(Scope scope, Customer known, String source, String ref, CustomerState state, boolean strict, Actor actor) {
        Instant now = clock.now();
        Location home = home(scope, known, state);
        judge(known, state);
        Contacts contacts = Contacts.read(state, home.country(), known == null ? Set.of() : known.refusedNumbers());
        contacts.refused().filter(useless -> strict).ifPresent(useless -> {
            throw useless;
        });
        boolean created = known == null;
        Map<String, Object> values = attributes.merge(Attribute.Owner.CUSTOMER, created ? Map.of() : known.attributes(), state.attributes());
        Customer customer = created ? Customer.register(source, ref, home.id(), home.language(), now) : known;
        boolean belongingsChanged = customer.become(state, contacts.numbers(), contacts.addresses(), values);
        if (customer.name().isBlank()) {
            throw new Invalid("name", "required");
        }
        if (created) {
            customers.add(customer);
        } else {
            if (belongingsChanged) {
                customers.touch(customer);
            }
            customers.flush();
        }
        if (state.consent() != null) {
            consents.record(customer.id(), state.consent(), customer.language(), home.zone().getId(), actor, now);
            customers.refresh(customer);
        }
        return new Outcome(customer, created, contacts.warnings());
    }

    private Location home(Scope scope, Customer known, CustomerState state) {
        if (state.location().present() && state.location().value() == null || known == null && !state.location().present()) {
            throw new Invalid("location", "required");
        }
        boolean unmoved = known != null && !state.location().changes(known.locationId());
        long id = unmoved ? known.locationId() : state.location().value();
        return locations.find(unmoved ? Scope.everything() : scope, id).orElseThrow(() -> Invalid.unknown("location", id));
    }

    private static void judge(Customer known, CustomerState state) {
        if (state.language().present() && state.language().value() != null && !Set.of("fr", "en").contains(state.language().value())) {
            throw new Invalid("language", "language.unknown", state.language().value());
        }
        state.vehicles().or(List.of(), List::of).forEach(v -> {
            Integer year = v.year().or(null);
            if (year != null && (year < 1885 || year > 2100)) {
                throw new Invalid("vehicles.year", "vehicle.year", year);
            }
        });
    }
}
