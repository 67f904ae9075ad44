package org.carillon.customer;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
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
    private String ref;
    private String make;
    private String model;
    private Integer year;
    private String vin;
    private String plate;

    protected Vehicle() { }

    static Vehicle of(Customer customer, VehicleState state) {
        Vehicle vehicle = new Vehicle();
        vehicle.customer = customer;
        vehicle.ref = Objects.toString(state.ref(), "");
        vehicle.become(state);
        return vehicle;
    }

    void become(VehicleState state) {
        make = Objects.toString(state.make(), "");
        model = Objects.toString(state.model(), "");
        year = state.year();
        vin = Objects.toString(state.vin(), "");
        plate = Objects.toString(state.plate(), "");
    }

    /** The same vehicle by the source's reference, else by its identification number. */
    boolean isMeantBy(VehicleState state) {
        return !ref.isEmpty() && ref.equals(state.ref()) || ref.isEmpty() && !vin.isEmpty() && vin.equals(state.vin())
            || id != null && id.equals(state.id());
    }

    public VehicleState state() { return new VehicleState(id, ref, make, model, year, vin, plate); }

    public String label() { return Stream.of(make, model, year == null ? "" : year.toString()).filter(s -> !s.isEmpty()).collect(Collectors.joining(" ")); }

    public Long id() { return id; }
    public String ref() { return ref; }
    public String plate() { return plate; }
}
