package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
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
    private ApplicationClock clock;

    protected CustomerDesk() { }

    @Inject
    public CustomerDesk(Customers customers, Locations locations, ConsentLedger consents, ApplicationClock clock) {
        this.customers = customers;
        this.locations = locations;
        this.consents = consents;
        this.clock = clock;
    }

    /** What was stored, and what could not be used though it was kept (dirty numbers do not lose customers). */
    public record Outcome(Customer customer, boolean created, List<Invalid> warnings) { }

    /** A form: a number or address that nobody can use is refused; one that takes no SMS is kept and named. {@code id} null registers. */
    @Transactional
    public Outcome save(Scope scope, Long id, CustomerState state, Actor actor) {
        Customer customer = id == null ? null : customers.find(scope, id).orElseThrow(() -> Invalid.unknown("customer", id));
        Outcome outcome = become(scope, customer, "page", UUID.randomUUID().toString(), state, actor);
        if (outcome.customer().phones().stream().anyMatch(p -> p.e164() == null) || outcome.customer().emails().stream().anyMatch(e -> e.address() == null)) {
            throw outcome.warnings().get(0);
        }
        return outcome;
    }

    /** A shop system: the state under its own reference; a repeated call changes nothing. */
    @Transactional
    public Outcome put(Scope scope, String ref, CustomerState state, Actor actor) {
        customers.claim(actor.source(), ref);
        Customer known = customers.byRef(actor.source(), ref).orElse(null);
        if (known != null && customers.find(scope, known.id()).isEmpty()) {
            throw Invalid.unknown("customer", ref);
        }
        return become(scope, known, actor.source(), ref, state, actor);
    }

    private Outcome become(Scope scope, Customer known, String source, String ref, CustomerState state, Actor actor) {
        Instant now = clock.now();
        Location home = home(scope, known, state);
        judge(known, state);
        List<Invalid> warnings = new ArrayList<>();
        List<PhoneNumber> numbers = numbers(state, home, warnings);
        List<EmailAddress> addresses = addresses(state, warnings);
        boolean created = known == null;
        Customer customer = created ? Customer.register(source, ref, home.id(), home.language(), now) : known;
        customer.become(state, numbers, addresses);
        if (customer.name().isBlank()) {
            throw new Invalid("name", "required");
        }
        if (created) {
            customers.add(customer);
        } else {
            customers.flush();
        }
        if (state.consent() != null) {
            consents.record(customer.id(), state.consent(), customer.language(), home.zone().getId(), actor, now);
            customers.refresh(customer);
        }
        return new Outcome(customer, created, warnings);
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
            if (v.year() != null && (v.year() < 1885 || v.year() > 2100)) {
                throw new Invalid("vehicles.year", "vehicle.year", v.year());
            }
        });
    }

    private static List<PhoneNumber> numbers(CustomerState state, Location home, List<Invalid> warnings) {
        List<PhoneNumber> numbers = new ArrayList<>();
        for (PhoneState phone : state.phones().or(List.of(), List::of)) {
            PhoneNumber number = PhoneNumber.parse(phone.number(), home.country(), Set.of());
            if (Boolean.FALSE.equals(phone.mobile())) {
                number = number.withoutSms();
            } else if (number.problem() != null) {
                warnings.add(new Invalid("phones[" + numbers.size() + "]", "phone." + number.problem(), phone.number(), home.country()));
            }
            numbers.add(number);
        }
        return numbers;
    }

    private static List<EmailAddress> addresses(CustomerState state, List<Invalid> warnings) {
        List<EmailAddress> addresses = new ArrayList<>();
        for (String raw : state.emails().or(List.of(), List::of)) {
            EmailAddress address = EmailAddress.parse(raw);
            if (!address.usable()) {
                warnings.add(new Invalid("email", "email.invalid", raw));
            }
            addresses.add(address);
        }
        return addresses;
    }
}
