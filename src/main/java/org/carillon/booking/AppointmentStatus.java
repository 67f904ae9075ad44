package org.carillon.booking;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.carillon.fact.Invalid;

/** Where an appointment stands, and where a person may take it. A system that keeps its own books may say anything. */
public enum AppointmentStatus {
    BOOKED, CONFIRMED, RESCHEDULED, CANCELLED, MISSED, DONE;

    /** Whether the customer is still expected. */
    public boolean live() { return this == BOOKED || this == CONFIRMED || this == RESCHEDULED; }

    /** What a person may make of it; a cancelled or missed one is booked anew. */
    public Set<AppointmentStatus> next() {
        return switch (this) {
            case BOOKED, RESCHEDULED -> EnumSet.of(CONFIRMED, CANCELLED, MISSED, DONE);
            case CONFIRMED -> EnumSet.of(CANCELLED, MISSED, DONE);
            case CANCELLED -> EnumSet.of(BOOKED);
            case MISSED -> EnumSet.of(BOOKED, DONE);
            case DONE -> EnumSet.of(MISSED);
        };
    }

    /** Case and the spelling "canceled" are forgiven. */
    public static AppointmentStatus parse(String field, String text) {
        String code = text.strip().toUpperCase(Locale.ROOT);
        try {
            return valueOf(code.equals("CANCELED") ? "CANCELLED" : code);
        } catch (IllegalArgumentException e) {
            throw new Invalid(field, "choice.unknown", text, "BOOKED, CONFIRMED, RESCHEDULED, CANCELLED, MISSED, DONE");
        }
    }
}
