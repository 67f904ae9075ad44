package org.carillon.plan;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a message is worth sending, by what calls for it: the table of REL-50, one row for each kind of rule that there is. Counted from the
 * resolved send time, after delay and hours, not from the event. A rule may have its own.
 */
public enum TimeToLive {

    /** Something happened to an order or a lead: created, status changed, due date moved. */
    EVENT(Duration.ofHours(12)),
    /** A due date comes near: worth sending until it is there, whatever the rule says. */
    DUE_DATE_REMINDER(null),
    /** Somebody met the rules of an audience. One that reminds of an appointment is worth sending until {@link #BEFORE_APPOINTMENT} instead. */
    AUDIENCE(Duration.ofHours(24));

    /** Before its start: nobody who reads it later can act on it. */
    public static final Duration BEFORE_APPOINTMENT = Duration.ofMinutes(30);

    private final Duration usual;

    TimeToLive(Duration usual) { this.usual = usual; }

    /** Null: until the date. */
    public Duration usual() { return usual; }

    /**
     * @param date what is reminded of, null where there is none
     * @param own  the rule's own, null where it has none
     */
    public Instant expiry(Instant send, Instant date, Duration own) {
        Duration life = own == null ? usual : own;
        Instant end = life == null ? date : send.plus(life);
        return date != null && date.isBefore(end) ? date : end;
    }
}
