package org.carillon.delivery;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a message from QUEUED on (reliability.md 1.3). The legal transitions are held by the database
 * ({@code message_transition_is_legal}), not here: one list, which nobody can go around.
 */
public enum MessageState {
    QUEUED, HELD,
    /** Leased to a node, no network effect yet. */
    CLAIMED,
    /** The attempt is committed: bytes may be on the wire. */
    SENDING,
    RETRY_WAIT,
    /** Nobody can tell whether the provider took it. */
    UNKNOWN,
    /** The provider said yes; final after the receipt window where no receipt comes. */
    ACCEPTED,
    DELIVERED, UNDELIVERED, FAILED, EXPIRED, CANCELLED, SUPPRESSED, UNKNOWN_CLOSED;

    /** Where a cancellation, an expiry or an opt-out still stops the message (T16 to T18). */
    public static final Set<MessageState> STOPPABLE = EnumSet.of(QUEUED, HELD, RETRY_WAIT, CLAIMED, UNKNOWN);
}
