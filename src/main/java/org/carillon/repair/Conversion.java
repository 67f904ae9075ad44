package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.EventLog;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;

/** A lead becomes a work order: both change together or neither, and the order is created once (B-28, P-24). */
@ApplicationScoped
public class Conversion {

    private Leads leads;
    private LeadStatuses statuses;
    private OrderDesk orders;
    private Orders known;
    private EventLog events;
    private ApplicationClock clock;

    protected Conversion() { }

    @Inject
    public Conversion(Leads leads, LeadStatuses statuses, OrderDesk orders, Orders known, EventLog events, ApplicationClock clock) {
        this.leads = leads;
        this.statuses = statuses;
        this.orders = orders;
        this.known = known;
        this.events = events;
        this.clock = clock;
    }

    /** From a page; the lead's customer is the order's unless {@code said} names another. */
    @Transactional
    public OrderDesk.Outcome create(Scope scope, long leadId, OrderState said, Actor actor) {
        Lead lead = leads.lock(scope, leadId).orElseThrow(() -> Invalid.unknown("lead", leadId));
        if (lead.orderId() != null) {
            throw new Invalid("lead", "lead.converted", lead.ref());
        }
        OrderDesk.Outcome outcome = orders.create(scope, said.customer().present() ? said : said.withCustomer(lead.customerId()), actor);
        become(lead, outcome.order(), said.silent(), actor);
        return outcome;
    }

    /** A shop system says of an order which lead it came of; said again, it changes nothing. */
    @Transactional
    public OrderDesk.Outcome put(Scope scope, String ref, String leadRef, OrderState said, Actor actor) {
        Lead lead = leads.lockByRef(actor.source(), leadRef).filter(l -> scope.allows(l.locationId())).orElseThrow(() -> Invalid.unknown("lead", leadRef));
        boolean heir = !said.customer().present() && known.find(Scope.everything(), actor.source(), ref).isEmpty();
        OrderDesk.Outcome outcome = orders.put(scope, ref, heir ? said.withCustomer(lead.customerId()) : said, actor);
        if (lead.orderId() == null) {
            leads.ofOrder(outcome.order().id()).ifPresent(other -> { throw new Invalid("lead", "lead.another", other.ref()); });
            become(lead, outcome.order(), said.silent(), actor);
        } else if (!lead.orderId().equals(outcome.order().id())) {
            throw new Invalid("lead", "lead.converted", leadRef);
        }
        return outcome;
    }

    private void become(Lead lead, WorkOrder order, boolean silent, Actor actor) {
        var happened = lead.convert(order, statuses.won().orElse(null), silent, actor.name(), clock.now());
        leads.flush();
        events.record(happened);
    }
}
