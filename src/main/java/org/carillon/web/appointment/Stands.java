package org.carillon.web.appointment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.booking.AppointmentStatus;

/** How the states of appointments look: green confirmed, amber to be confirmed, blue moved, red cancelled; never a colour without icon and word. */
@Named("appointmentLooks") @ApplicationScoped
public class Stands {

    /** Asked while a page is built too, when there is no row yet. */
    public String style(String status) {
        return status == null ? "neutral" : switch (AppointmentStatus.valueOf(status)) {
            case BOOKED -> "held";
            case CONFIRMED -> "delivered";
            case RESCHEDULED -> "sent";
            case CANCELLED -> "failed";
            case MISSED -> "skipped";
            case DONE -> "neutral";
        };
    }

    public String icon(String status) {
        return status == null ? "pi-clock" : switch (AppointmentStatus.valueOf(status)) {
            case BOOKED -> "pi-clock";
            case CONFIRMED -> "pi-check";
            case RESCHEDULED -> "pi-calendar";
            case CANCELLED -> "pi-times";
            case MISSED -> "pi-user-minus";
            case DONE -> "pi-check-circle";
        };
    }

    public List<String> getAll() { return Stream.of(AppointmentStatus.values()).map(Enum::name).toList(); }
}
