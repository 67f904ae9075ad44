package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.carillon.customer.CustomerDesk;
import org.carillon.customer.CustomerState;
import org.carillon.customer.Customers;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.EventLog;
import org.carillon.fact.Invalid;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** Opens and changes leads; what happened is stored, and planned for, in the same transaction. */
@ApplicationScoped
public class LeadDesk {

    private Leads leads;
    private LeadStatuses statuses;
    private Customers customers;
    private CustomerDesk customerDesk;
    private Locations locations;
    private EventLog events;
    private ApplicationClock clock;

    protected LeadDesk() { }

    @Inject
    public LeadDesk(Leads leads, LeadStatuses statuses, Customers customers, CustomerDesk customerDesk, Locations locations, EventLog events, ApplicationClock clock) {
        this.leads = leads;
        this.statuses = statuses;
        this.customers = customers;
        this.customerDesk = customerDesk;
        this.locations = locations;
        this.events = events;
        this.clock = clock;
    }

    /** What was stored, and what of the contact could not be used though it was kept. */
    public record Outcome(Lead lead, boolean created, List<Invalid> warnings) { }

    /** @param contact somebody new, who becomes a customer along with it; null where {@code said} names a known one */
    @Transactional
    public Outcome create(Scope scope, LeadState said, CustomerState contact, Actor actor) {
        LeadState whole = contact == null ? said : said.withCustomer(customerDesk.save(scope, null, contact, actor).customer().id());
        return become(scope, null, actor.source(), leads.nextNumber(), whole, List.of(), actor);
    }

    /** {@code version} is the one that the form showed: a change made since then is reported, not overwritten. Null where none was shown. */
    @Transactional
    public Outcome change(Scope scope, long id, Integer version, LeadState said, Actor actor) {
        Lead lead = leads.lock(scope, id).orElseThrow(() -> Invalid.unknown("lead", id));
        if (version != null && version != lead.version()) {
            throw new Invalid("lead", "changed.meanwhile");
        }
        return become(scope, lead, lead.source(), lead.ref(), said, List.of(), actor);
    }

    @Transactional
    public Outcome changeStatus(Scope scope, long id, String status, Actor actor) {
        return change(scope, id, null, LeadState.nothing().withStatus(status), actor);
    }

    /**
     * A shop system: the state under its own reference; a repeated call changes nothing and fires nothing.
     *
     * @param contact becomes a customer under the reference {@code lead:REF}, with every consent off unless it states one; null where {@code said}
     *                names a known customer or leaves the one there is
     */
    @Transactional
    public Outcome put(Scope scope, String ref, LeadState said, CustomerState contact, Actor actor) {
        leads.claim(actor.source(), ref);
        Lead known = leads.lockByRef(actor.source(), ref).orElse(null);
        if (known != null && !scope.allows(known.locationId())) {
            throw Invalid.unknown("lead", ref);
        }
        if (contact == null) {
            return become(scope, known, actor.source(), ref, said, List.of(), actor);
        }
        CustomerDesk.Outcome person = contact(scope, ref, contact, actor);
        List<Invalid> warnings = person.warnings().stream().map(LeadDesk::ofContact).toList();
        return become(scope, known, actor.source(), ref, said.withCustomer(person.customer().id()), warnings, actor);
    }

    private CustomerDesk.Outcome contact(Scope scope, String ref, CustomerState contact, Actor actor) {
        try {
            return customerDesk.put(scope, "lead:" + ref, contact, actor);
        } catch (Invalid refusal) {
            throw ofContact(refusal);
        }
    }

    private static Invalid ofContact(Invalid refusal) { return new Invalid("contact." + refusal.field(), refusal.key(), refusal.arguments().toArray()); }

    private Outcome become(Scope scope, Lead known, String source, String ref, LeadState said, List<Invalid> warnings, Actor actor) {
        Instant now = clock.now();
        long location = location(scope, known, said);
        long customer = customer(scope, known, said);
        LeadStatus next = status(known, said);
        Lead lead = known == null ? Lead.open(source, ref, location, customer, now) : known;
        Lead.Before before = lead.before();
        lead.become(said, next, now);
        if (before.fresh()) {
            leads.add(lead);
        } else {
            leads.flush();
        }
        events.record(lead.happened(before, said.silent(), actor.name(), now));
        return new Outcome(lead, before.fresh(), warnings);
    }

    private long location(Scope scope, Lead known, LeadState said) {
        Long id = said.location().or(known == null ? null : known.locationId());
        if (id == null) {
            throw new Invalid("location", "required");
        }
        return locations.find(scope, id).orElseThrow(() -> Invalid.unknown("location", id)).id();
    }

    private long customer(Scope scope, Lead known, LeadState said) {
        Long id = said.customer().or(known == null ? null : known.customerId());
        if (id == null) {
            throw new Invalid("customer", "required");
        }
        boolean unchanged = known != null && id == known.customerId();
        return customers.find(unchanged ? Scope.everything() : scope, id).orElseThrow(() -> Invalid.unknown("customer", id)).id();
    }

    private LeadStatus status(Lead known, LeadState said) {
        String code = said.status().or(known == null ? null : known.status());
        if (code == null) {
            throw new Invalid("status", "required");
        }
        boolean stays = known != null && code.equals(known.status());
        return statuses.find(code).filter(s -> stays || s.active()).orElseThrow(() -> new Invalid("status", "status.unknown", code));
    }
}
