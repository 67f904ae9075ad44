package org.carillon.job;

/** What a node may have to do now. */
enum Work {
    /** Plans to release or to expire. */
    PLANS,
    /** Messages to send, on some routes. */
    SEND,
    /** Expired messages, decisions on unknown outcomes, receipts without message, rows of dead nodes, messages of routes that are shut. */
    SWEEP,
    /** Tasks of re-planning that nobody works on. */
    REPLAN,
    /** Locations whose alerts are to be looked after. */
    ALERTS,
    /** Routes that were changed. */
    ROUTES
}
