package org.carillon.customer;

import org.carillon.fact.Channel;

/** Told inside the transaction that changes consent, so that what waits for this person stops with it (T18), or is planned again. */
public interface ConsentWatch {

    void withdrawn(long customerId, Channel channel, String actor);

    /** Given for the first time, or given back. */
    void given(long customerId, Channel channel);
}
