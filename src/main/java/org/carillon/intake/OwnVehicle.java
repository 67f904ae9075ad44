package org.carillon.intake;

import java.util.List;
import org.carillon.customer.Customer;
import org.carillon.customer.Customers;
import org.carillon.customer.Vehicle;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;

/** A vehicle by the reference that its customer's source gave it. */
final class OwnVehicle {

    private OwnVehicle() { }

    /** @param owner null where it is not known yet */
    static Given<Long> id(Customers customers, Given<String> said, Long owner) {
        return said.map(ref -> {
            Customer of = owner == null ? null : customers.find(Scope.everything(), owner).orElse(null);
            return (of == null ? List.<Vehicle>of() : of.vehicles()).stream().filter(v -> ref.equals(v.ref())).map(Vehicle::id).findFirst()
                .orElseThrow(() -> Invalid.unknown("vehicle", ref));
        });
    }

    /** As its source calls it; null where the source does not. */
    static String ref(Customer customer, long id) {
        return customer.vehicles().stream().filter(v -> v.id() == id).map(Vehicle::ref).filter(ref -> !ref.isEmpty()).findFirst().orElse(null);
    }
}
