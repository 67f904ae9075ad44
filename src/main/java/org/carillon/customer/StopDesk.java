package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.carillon.fact.Actor;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.Reason;
import org.carillon.shop.Scope;

/** Staff stop messages for somebody who asked at the counter, by telephone or in a longer text (LAW-13). Only the customer can start them again. */
@ApplicationScoped
public class StopDesk {

    private final Customers customers;
    private final Suppressions suppressions;

    protected StopDesk() { this(null, null); }

    @Inject
    public StopDesk(Customers customers, Suppressions suppressions) {
        this.customers = customers;
        this.suppressions = suppressions;
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
