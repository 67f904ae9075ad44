package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.carillon.customer.CustomerDesk;
import org.carillon.customer.CustomerState;
import org.carillon.fact.Actor;
import org.carillon.shop.Scope;

/** Somebody new at the counter: the customer and their first order, both or neither. */
@ApplicationScoped
public class Reception {

    private CustomerDesk customers;
    private OrderDesk orders;

    protected Reception() { }

    @Inject
    public Reception(CustomerDesk customers, OrderDesk orders) {
        this.customers = customers;
        this.orders = orders;
    }

    /** The order's own customer is left out of {@code order}. */
    @Transactional
    public OrderDesk.Outcome welcome(Scope scope, CustomerState customer, OrderState order, Actor actor) {
        return orders.create(scope, order.withCustomer(customers.save(scope, null, customer, actor).customer().id()), actor);
    }
}
