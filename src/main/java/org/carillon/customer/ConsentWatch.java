package org.carillon.customer;

import org.carillon.fact.Channel;
import org.carillon.fact.Reason;

/** Told inside the transaction that changes consent, so that what waits for this person stops with it (T18), or is planned again. */
public interface ConsentWatch {

    void withdrawn(long customerId, Channel channel, String actor);

    /** An address was stopped, whoever it belongs to. @param offersOnly everything else may still leave (LAW-16) */
    void stopped(Channel channel, String address, boolean offersOnly, Reason reason, String actor);

    /** The person lifted their own stop of an address. */
    default void started(Channel channel, String address) { }

    /** About to be erased: also what answers them, or tells the shop of what they wrote, must not leave any more (LAW-20). */
    default void erased(long customerId, String actor) { }

    /** Given for the first time, or given back. */
    void given(long customerId, Channel channel);
}
