package org.carillon.delivery;

import org.carillon.fact.Purpose;

/** What becomes of a message whose submit has an unknown outcome, once the grace time is over (reliability.md 1.1). */
public enum UnknownPolicy {
    /** Once more, flagged as a possible duplicate (T13). */
    RESEND_ONCE,
    /** Never again (T14). */
    NO_RESEND;

    public static UnknownPolicy of(Purpose purpose) { return purpose == Purpose.MARKETING ? NO_RESEND : RESEND_ONCE; }
}
