package org.carillon.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.customer.Customer;
import org.carillon.customer.Customers;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Attribute;
import org.carillon.fact.Attributes;
import org.carillon.fact.EventLog;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** Books and changes appointments; what happened is stored, and planned for, in the same transaction. */
@ApplicationScoped
public class AppointmentDesk {

    private Appointments appointments;
    private Customers customers;
    private Locations locations;
    private Attributes attributes;
    private EventLog events;
    private ApplicationClock clock;

    protected AppointmentDesk() { }

    @Inject
    public AppointmentDesk(Appointments appointments, Customers customers, Locations locations, Attributes attributes, EventLog events, ApplicationClock clock) {
        this.appointments = appointments;
        this.customers = customers;
        this.locations = locations;
        this.attributes = attributes;
        this.events = events;
        this.clock = clock;
    }

    /** What was stored; a warning never stops a change (a start in the past, for one). */
    public record Outcome(Appointment appointment, boolean created, List<Invalid> warnings) { }

    @Transactional
    public Outcome create(Scope scope, AppointmentState said, Actor actor) {
        return become(scope, null, actor.source(), appointments.nextNumber(), said, actor);
    }

    /** {@code version} is the one that the form showed: a change made since then is reported, not overwritten. Null where none was shown. */
    @Transactional
    public Outcome change(Scope scope, long id, Integer version, AppointmentState said, Actor actor) {
        Appointment appointment = known(scope, id, version);
        return become(scope, appointment, appointment.source(), appointment.ref(), said, actor);
    }

    /** To another time, in the location's zone; {@code end} null where it is open. One that is cancelled, missed or done stays where it was. */
    @Transactional
    public Outcome move(Scope scope, long id, Integer version, LocalDateTime start, LocalDateTime end, Actor actor) {
        Appointment appointment = known(scope, id, version);
        if (!appointment.status().live()) {
            throw new Invalid("startAt", "appointment.status." + appointment.status());
        }
        return become(scope, appointment, appointment.source(), appointment.ref(), AppointmentState.nothing().withTimes(start, end), actor);
    }

    @Transactional
    public Outcome confirm(Scope scope, long id, Actor actor) { return reach(scope, id, AppointmentStatus.CONFIRMED, actor); }

    @Transactional
    public Outcome cancel(Scope scope, long id, Actor actor) { return reach(scope, id, AppointmentStatus.CANCELLED, actor); }

    /** The customer did not come; refused before the start. */
    @Transactional
    public Outcome miss(Scope scope, long id, Actor actor) { return reach(scope, id, AppointmentStatus.MISSED, actor); }

    @Transactional
    public Outcome done(Scope scope, long id, Actor actor) { return reach(scope, id, AppointmentStatus.DONE, actor); }

    /** A cancelled or missed one is expected again. */
    @Transactional
    public Outcome revive(Scope scope, long id, Actor actor) { return reach(scope, id, AppointmentStatus.BOOKED, actor); }

    private Outcome reach(Scope scope, long id, AppointmentStatus next, Actor actor) {
        Appointment appointment = known(scope, id, null);
        appointment.judgeNext(next, clock.now());
        return become(scope, appointment, appointment.source(), appointment.ref(), AppointmentState.nothing().withStatus(next), actor);
    }

    /** A booking system: the state under its own reference; a repeated call changes nothing and fires nothing. */
    @Transactional
    public Outcome put(Scope scope, String ref, AppointmentState said, Actor actor) {
        appointments.claim(actor.source(), ref);
        Appointment known = appointments.lockByRef(actor.source(), ref).orElse(null);
        if (known != null && !scope.allows(known.locationId())) {
            throw Invalid.unknown("appointment", ref);
        }
        return become(scope, known, actor.source(), ref, said, actor);
    }

    private Appointment known(Scope scope, long id, Integer version) {
        Appointment appointment = appointments.lock(scope, id).orElseThrow(() -> Invalid.unknown("appointment", id));
        if (version != null && version != appointment.version()) {
            throw new Invalid("appointment", "changed.meanwhile");
        }
        return appointment;
    }

    private Outcome become(Scope scope, Appointment known, String source, String ref, AppointmentState said, Actor actor) {
        Instant now = clock.now();
        Location location = location(scope, known, said);
        Customer customer = customer(scope, known, said);
        judgeVehicle(customer, said.vehicleId());
        Map<String, Object> values = attributes.merge(Attribute.Owner.APPOINTMENT, known == null ? Map.of() : known.attributes(), said.attributes());
        Appointment appointment = known == null ? Appointment.book(source, ref, location.id(), customer.id(), now) : known;
        Appointment.Before before = appointment.before();
        appointment.become(said, values, location.zone(), now);
        if (before.fresh()) {
            appointments.add(appointment);
        } else {
            appointments.flush();
        }
        events.record(appointment.happened(before, said.silent(), actor.name(), now));
        List<Invalid> warnings = new ArrayList<>();
        if (appointment.status().live() && !appointment.startLocal().equals(before.start()) && appointment.startAt().isBefore(now)) {
            warnings.add(new Invalid("startAt", "appointment.past"));
        }
        return new Outcome(appointment, before.fresh(), warnings);
    }

    private Location location(Scope scope, Appointment known, AppointmentState said) {
        Long id = said.location().or(known == null ? null : known.locationId());
        if (id == null) {
            throw new Invalid("location", "required");
        }
        return locations.find(scope, id).orElseThrow(() -> Invalid.unknown("location", id));
    }

    private Customer customer(Scope scope, Appointment known, AppointmentState said) {
        Long id = said.customer().or(known == null ? null : known.customerId());
        if (id == null) {
            throw new Invalid("customer", "required");
        }
        boolean unchanged = known != null && id == known.customerId();
        return customers.find(unchanged ? Scope.everything() : scope, id).orElseThrow(() -> Invalid.unknown("customer", id));
    }

    private static void judgeVehicle(Customer customer, Given<Long> vehicle) {
        if (vehicle.present() && vehicle.value() != null && customer.vehicles().stream().noneMatch(v -> v.id().equals(vehicle.value()))) {
            throw Invalid.unknown("vehicle", vehicle.value());
        }
    }
}
