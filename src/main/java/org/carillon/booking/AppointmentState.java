package org.carillon.booking;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import org.carillon.fact.Given;

/**
 * What a form or a booking system says of an appointment; what is left out stays as it is.
 *
 * @param start      date and time in the location's zone
 * @param end        likewise; null where it is open
 * @param bookedAt   when it was made, as the system knows it
 * @param vehicleId  a vehicle of the customer
 * @param note       for the staff; never sent
 * @param attributes text and numbers by code; null clears
 * @param silent     records the change without messages (reason SILENT)
 */
public record AppointmentState(Given<Long> location, Given<Long> customer, Given<AppointmentStatus> status, Given<LocalDateTime> start, Given<LocalDateTime> end,
                               Given<Instant> bookedAt, Given<Long> vehicleId, Given<String> userReference, Given<String> object, Given<String> note,
                               Given<Map<String, Object>> attributes, boolean silent) {

    /** Says nothing yet. */
    public static AppointmentState nothing() {
        return new AppointmentState(Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(),
            Given.absent(), Given.absent(), Given.absent(), false);
    }

    public AppointmentState withStatus(AppointmentStatus next) {
        return new AppointmentState(location, customer, Given.of(next), start, end, bookedAt, vehicleId, userReference, object, note, attributes, silent);
    }

    public AppointmentState withTimes(LocalDateTime from, LocalDateTime to) {
        return new AppointmentState(location, customer, status, Given.of(from), Given.of(to), bookedAt, vehicleId, userReference, object, note, attributes, silent);
    }
}
