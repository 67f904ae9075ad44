package org.carillon.job;

/** What a node may have to do now. */
enum Work {
    /** Plans to release or to expire. */
    PLANS,
    /** Text messages to send. */
    SMS,
    /** E-mails to send. */
    EMAIL,
    /** Expired messages, decisions on unknown outcomes, receipts without message, rows of dead nodes. */
    SWEEP,
    /** Tasks of re-planning that nobody works on. */
    REPLAN,
    /** Locations whose alerts are to be looked after. */
    ALERTS
}
