package org.carillon.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.util.List;
import org.carillon.fact.Given;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A property left out is unknown and stays as it is; null clears (design.md section 6)")
class VehicleTest {

    private final Customer customer = Customer.register("dms", "C-1", 1, "fr", Instant.parse("2026-11-22T15:00:00Z"));

    private List<Vehicle> told(VehicleState... states) {
        customer.become(new CustomerState(Given.absent(), Given.of("Zoé"), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(),
            Given.of(List.of(states)), null), List.of(), List.of(), java.util.Map.of());
        return customer.vehicles();
    }

    private static VehicleState system(String ref, String make, String model, Integer year, String vin) {
        return new VehicleState(null, ref, Given.of(make), Given.of(model), Given.of(year), Given.of(vin), Given.absent());
    }

    private static VehicleState plate(String plate) {
        return new VehicleState(null, "V-1", Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.of(plate));
    }

    @Test void keepsThePlateThatThePersonAtTheCounterEntered() {
        told(system("V-1", "Mazda", "CX-5", 2019, "JM3"));
        told(plate("H12 ABC"));
        Vehicle car = told(system("V-1", "Mazda", "CX-5", 2020, null)).get(0);
        assertEquals("H12 ABC", car.plate());
        assertEquals("Mazda CX-5 2020", car.label());
        assertEquals("", car.vin(), "null clears");
        assertEquals("", told(plate(null)).get(0).plate());
    }

    @Test void takesTheReferenceOfAVehicleThatWasEnteredWithoutOne() {
        Vehicle entered = told(system(null, "Mazda", "CX-5", 2019, "JM3")).get(0);
        entered.become(new VehicleState(null, null, Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.of("H12 ABC")));
        assertSame(entered, told(system("V-1", "Mazda", "CX-5 GT", 2019, "JM3")).get(0));
        assertEquals("V-1", entered.ref());
        assertEquals("H12 ABC", entered.plate());
    }

    @Test void tellsTwoAlikeApartAndARepeatedStatementChangesNothing() {
        VehicleState van = system(null, "Ford", "Transit", 2021, null);
        List<Vehicle> first = told(van, van);
        assertEquals(2, first.size());
        assertEquals(first, told(van, van));
        assertEquals(List.of(first.get(0)), told(van), "one was sold");
        assertEquals(2, told(system("V-1", "Ford", "Transit", 2021, "A"), system("V-2", "Ford", "Transit", 2021, "B")).size());
        assertEquals(List.of("V-2"), told(system("V-2", "Ford", "Transit", 2021, "B")).stream().map(Vehicle::ref).toList());
    }
}
