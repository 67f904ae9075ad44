package org.carillon.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.carillon.booking.Appointment;
import org.carillon.booking.AppointmentDesk;
import org.carillon.booking.AppointmentState;
import org.carillon.booking.AppointmentStatus;
import org.carillon.booking.Appointments;
import org.carillon.customer.Customer;
import org.carillon.customer.Customers;
import org.carillon.fact.AttributeJson;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;

/** Appointments as JSON, both ways: what GET answers, PUT takes. */
@ApplicationScoped
public class AppointmentIntake {

    private static final String NAME = "appointment";
    private static final int MOST_ATTRIBUTES = 100;

    private AppointmentDesk desk;
    private Appointments appointments;
    private Customers customers;
    private Locations locations;

    protected AppointmentIntake() { }

    @Inject
    public AppointmentIntake(AppointmentDesk desk, Appointments appointments, Customers customers, Locations locations) {
        this.desk = desk;
        this.appointments = appointments;
        this.customers = customers;
        this.locations = locations;
    }

    /**
     * The desk commits before this returns (REL-01).
     *
     * @param silent without messages, whatever the body says
     */
    public Stored put(Caller caller, String ref, Body body, boolean silent) {
        Reference.check("ref", ref);
        Given<String> place = body.text("location", 20);
        Given<String> owner = body.text("customer", 100);
        Given<AppointmentStatus> status = body.text("status", 30).map(code -> AppointmentStatus.parse("status", code));
        Given<StatedTime> start = withTime(body, "startAt");
        Given<StatedTime> end = withTime(body, "endAt");
        Given<StatedTime> booked = body.time("createdAt");
        Given<String> vehicle = body.text("vehicle", 100);
        Given<String> adviser = body.text("userReference", 100);
        Given<String> object = body.text("object", 200);
        Given<String> note = body.text("note", 2_000);
        Given<Map<String, Object>> attributes = body.values("attributes", MOST_ATTRIBUTES);
        boolean quiet = silent || !body.flag("notify").or(true, () -> true);
        body.done();
        Appointment known = appointments.find(Scope.everything(), caller.source(), ref).orElse(null);
        if (known != null && !caller.scope().allows(known.locationId())) {
            throw new Absent(NAME, ref);
        }
        if (place.present() ? place.value() == null : known == null) {
            throw new Invalid("location", "required");
        }
        Location location = (place.present() ? locations.find(caller.scope(), place.value()) : locations.find(caller.scope(), known.locationId()))
            .orElseThrow(() -> Invalid.unknown("location", place.value()));
        Given<Long> customer = owner.map(o -> customers.find(caller.scope(), caller.source(), o).orElseThrow(() -> Invalid.unknown("customer", o)).id());
        ZoneId zone = location.zone();
        AppointmentDesk.Outcome outcome = desk.put(caller.scope(), ref, new AppointmentState(place.map(p -> location.id()), customer, status, start.map(t -> t.local(zone)),
            end.map(t -> t.local(zone)), booked.map(t -> t.at(zone)), OwnVehicle.id(customers, vehicle, customer.or(known == null ? null : known.customerId())), adviser, object, note,
            attributes, quiet), caller.actor());
        return new Stored(ref, outcome.created(), outcome.warnings());
    }

    private static Given<StatedTime> withTime(Body body, String name) {
        Given<StatedTime> time = body.time(name);
        if (time.present() && time.value() != null && time.value().dateOnly()) {
            throw new Invalid(name, "appointment.time");
        }
        return time;
    }

    /** @throws Absent when there is none, or none that this token sees */
    public JsonObject get(Caller caller, String ref) {
        Appointment known = appointments.find(caller.scope(), caller.source(), ref).orElseThrow(() -> new Absent(NAME, ref));
        Customer customer = customers.find(Scope.everything(), known.customerId()).orElseThrow();
        Location location = locations.find(Scope.everything(), known.locationId()).orElseThrow();
        JsonObjectBuilder json = Json.createObjectBuilder().add("location", location.code());
        if (customer.source().equals(known.source())) {
            json.add("customer", customer.ref());
        }
        json.add("status", known.status().name()).add("startAt", time(known.startAt(), location)).add("endAt", time(known.endAt(), location))
            .add("createdAt", OrderJson.time(known.bookedAt()));
        String vehicle = known.vehicleId() == null ? null : OwnVehicle.ref(customer, known.vehicleId());
        if (vehicle != null || known.vehicleId() == null) {
            json.add("vehicle", vehicle == null ? JsonValue.NULL : Json.createValue(vehicle));
        }
        return json.add("userReference", known.userReference()).add("object", known.object()).add("note", known.note())
            .add("attributes", AttributeJson.of(known.attributes())).build();
    }

    private static JsonValue time(Instant at, Location location) {
        return at == null ? JsonValue.NULL : Json.createValue(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(location.zone()).toOffsetDateTime()));
    }
}
