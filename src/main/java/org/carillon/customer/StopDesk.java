package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.Reason;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** Staff stop messages for somebody who asked at the counter, by telephone or in a longer text (LAW-13). Only the customer can start them again. */
@ApplicationScoped
public class StopDesk {

    private final Customers customers;
    private final Suppressions suppressions;
    private final ConsentLedger consents;
    private final Locations locations;
    private final ApplicationClock clock;

    protected StopDesk() { this(null, null, null, null, null); }

    @Inject
    public StopDesk(Customers customers, Suppressions suppressions, ConsentLedger consents, Locations locations, ApplicationClock clock) {
        this.customers = customers;
        this.suppressions = suppressions;
        this.consents = consents;
        this.locations = locations;
        this.clock = clock;
    }

    /** The customer wants no offers any more; everything else still reaches them. @return false where that was so before */
    @Transactional
    public boolean noOffers(Scope scope, long customerId, Actor actor) {
        Customer customer = customers.find(scope, customerId).orElseThrow(() -> Invalid.unknown("customer", customerId));
        String zone = locations.find(Scope.everything(), customer.locationId()).map(l -> l.zone().getId()).orElse("UTC");
        return consents.refuseOffers(customerId, "STAFF", customer.language(), zone, actor, clock.now());
    }

    /** Stops all addresses that the customer has on the channel. @return how many were not stopped before */
    @Transactional
    public int stop(Scope scope, long customerId, Channel channel, Actor actor) {
        if (customers.find(scope, customerId).isEmpty()) {
            throw Invalid.unknown("customer", customerId);
        }
        return (int) suppressions.addresses(customerId, channel).stream()
            .filter(address -> suppressions.stop(channel, address, Suppressions.Scope.ALL, Reason.OPTED_OUT, "staff", actor.name())).count();
    }
}
