package org.carillon.customer;

import org.carillon.fact.Channel;

/** Told inside the transaction that withdraws consent, so that what waits for this person stops with it (T18). */
public interface ConsentWatch {

    void withdrawn(long customerId, Channel channel, String actor);
}
