package org.carillon.fact;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can happen. "Changed to X" is a trigger's condition, not a type. */
public enum EventType {
    ORDER_CREATED, ORDER_STATUS_CHANGED, ORDER_SCHEDULED_TIME_CHANGED, ORDER_CLOSED,
    /** Handed to another location or customer; for the feed and for what is planned, not a trigger. */
    ORDER_REASSIGNED,
    LEAD_CREATED, LEAD_STATUS_CHANGED, LEAD_CONVERTED,
    APPOINTMENT_BOOKED, APPOINTMENT_MOVED, APPOINTMENT_CANCELLED, APPOINTMENT_CONFIRMED, APPOINTMENT_MISSED,
    SALE_RECORDED;

    /** What it happens to. */
    public Subject.Type subject() { return Subject.Type.valueOf(name().substring(0, name().indexOf('_'))); }

    /** By which one hears that there is one; empty of what has no events. */
    public static Set<EventType> first(Subject.Type subject) { return Stream.of(values()).filter(type -> type.subject() == subject).limit(1).collect(Collectors.toSet()); }

    /** Whether it says which status was reached. */
    public boolean isStatusChange() { return this == ORDER_STATUS_CHANGED || this == LEAD_STATUS_CHANGED; }
}
