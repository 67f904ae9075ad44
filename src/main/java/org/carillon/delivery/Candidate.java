package org.carillon.delivery;

import java.time.Instant;

/**
 * A message whose row this transaction has locked, as it stood then.
 *
 * @param claimSeq number under which it is claimed, or is to be
 * @param from     the state that it waits in; null where it is CLAIMED already
 * @param doubted  an outcome was unknown once: a receipt may still tell of it
 */
record Candidate(long messageId, int claimSeq, MessageState from, int priority, Instant nextAttemptAt, int attempts, int resends, boolean doubted, long locationId,
                 Instant leaseUntil, String cancelRequested) {

    /** The same after it was claimed. */
    Candidate claimed() { return new Candidate(messageId, claimSeq, null, priority, nextAttemptAt, attempts, resends, doubted, locationId, leaseUntil, cancelRequested); }
}
