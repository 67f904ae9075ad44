package org.carillon.customer;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A customer's vehicle. */
@Entity @Table(name = "vehicle")
public class Vehicle {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "vehicle")
    @SequenceGenerator(name = "vehicle", sequenceName = "vehicle_id_seq", allocationSize = 50)
    private Long id;
    @ManyToOne @JoinColumn(name = "customer_id")
    private Customer customer;
    private String ref = "";
    private String make = "";
    private String model = "";
    private Integer year;
    private String vin = "";
    private String plate = "";

    protected Vehicle() { }

    static Vehicle of(Customer customer, VehicleState state) {
        Vehicle vehicle = new Vehicle();
        vehicle.customer = customer;
        vehicle.become(state);
        return vehicle;
    }

    void become(VehicleState state) {
        ref = ref.isEmpty() ? Objects.toString(state.ref(), "") : ref;
        make = state.make().or(make, () -> "");
        model = state.model().or(model, () -> "");
        year = state.year().or(year);
        vin = state.vin().or(vin, () -> "");
        plate = state.plate().or(plate, () -> "");
    }

    /** Surely the same: by our own id or by the source's reference. */
    boolean isNamedBy(VehicleState state) { return id != null && id.equals(state.id()) || !ref.isEmpty() && ref.equals(state.ref()); }

    /** Most likely the same, where one side has no reference: by the identification number, else by all that is seen from outside. */
    boolean looksLike(VehicleState state) {
        if (state.id() != null || !ref.isEmpty() && state.ref() != null && !state.ref().isEmpty()) {
            return false;
        }
        String stated = Objects.toString(state.vin().or(""), "");
        return !stated.isEmpty() && !vin.isEmpty() ? stated.equals(vin) : isDescribedBy(state);
    }

    private boolean isDescribedBy(VehicleState state) {
        return !label().isEmpty() && (state.make().present() || state.model().present()) && make.equals(state.make().or(make, () -> ""))
            && model.equals(state.model().or(model, () -> "")) && Objects.equals(year, state.year().or(year));
    }

    public String label() { return Stream.of(make, model, year == null ? "" : year.toString()).filter(s -> !s.isEmpty()).collect(Collectors.joining(" ")); }

    /** All that is said of it, to tell whether something changed. */
    List<Object> said() { return Arrays.asList(ref, make, model, year, vin, plate); }

    public Long id() { return id; }
    public String ref() { return ref; }
    public String make() { return make; }
    public String model() { return model; }
    public Integer year() { return year; }
    public String vin() { return vin; }
    public String plate() { return plate; }
}
