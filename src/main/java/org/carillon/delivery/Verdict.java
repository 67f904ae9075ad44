package org.carillon.delivery;

/** What an answer of a provider means for the message (reliability.md section 4). */
public enum Verdict {
    ACCEPTED,
    /** Slow the route; the attempt is not counted. */
    THROTTLE,
    /** The queue of this one recipient is full: the message waits, the others go on; the attempt is not counted. */
    QUEUE_FULL,
    /** Definite temporary no; counted. */
    TEMPORARY,
    /** Vague temporary no: three attempts, then FAILED and an alarm. */
    TEMPORARY_FEW,
    /** Mailbox full: temporary, at most 72 hours. */
    MAILBOX_FULL,
    PERMANENT,
    /** Permanent, and the address itself is bad: suppress or mark it. */
    BAD_ADDRESS,
    /** Permanent: the person has told the provider to stop; our own list gets the address. */
    OPTED_OUT,
    /** Permanent because of the sender address (REL-19). */
    BAD_SENDER,
    /** The route must be repaired by a person; the attempt is not counted. */
    ROUTE_FAULT,
    /** Close and open the session again; the attempt is not counted. */
    SESSION,
    /** Provably not taken; the attempt is not counted. */
    NOT_SENT,
    /** Nobody can tell whether it was taken (T11). */
    UNKNOWN
}
