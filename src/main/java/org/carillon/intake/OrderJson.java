package org.carillon.intake;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.carillon.customer.Customer;
import org.carillon.repair.Lead;
import org.carillon.repair.WorkOrder;
import org.carillon.shop.Location;

/** An order in the words of its source; what the source has no reference for is left out. */
final class OrderJson {

    private OrderJson() { }

    static JsonObject of(WorkOrder order, Location location, Customer customer, Lead lead) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("location", location.code());
        if (customer.source().equals(order.source())) {
            json.add("customer", customer.ref());
        }
        if (lead == null) {
            json.addNull("lead");
        } else if (lead.source().equals(order.source())) {
            json.add("lead", lead.ref());
        }
        json.add("kind", order.kind().name()).add("type", order.type() == null ? JsonValue.NULL : Json.createValue(order.type())).add("status", order.status()).add("statusCode", order.statusCode())
            .add("dueAt", order.dueAt() == null ? JsonValue.NULL
                : Json.createValue(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(order.dueAt().atZone(location.zone()).toOffsetDateTime())))
            .add("openedAt", time(order.openedAt())).add("closedAt", time(order.closedAt())).add("statusChangedAt", time(order.statusChangedAt()));
        vehicle(json, order, customer);
        return json.add("object", order.object()).add("reference", order.reference()).add("userReference", order.userReference())
            .add("customerSale", amount(order.customerSale())).add("warrantySale", amount(order.warrantySale())).add("total", amount(order.total()))
            .add("lines", lines(order)).build();
    }

    private static void vehicle(JsonObjectBuilder json, WorkOrder order, Customer customer) {
        if (order.vehicleId() == null) {
            json.addNull("vehicle");
        } else {
            String ref = OwnVehicle.ref(customer, order.vehicleId());
            if (ref != null) {
                json.add("vehicle", ref);
            }
        }
    }

    private static JsonArrayBuilder lines(WorkOrder order) {
        JsonArrayBuilder lines = Json.createArrayBuilder();
        order.lines().forEach(l -> lines.add(Json.createObjectBuilder().add("item", l.item()).add("category", l.category()).add("amount", amount(l.amount()))));
        return lines;
    }

    static JsonValue time(Instant at) { return at == null ? JsonValue.NULL : Json.createValue(at.toString()); }

    private static JsonValue amount(BigDecimal amount) { return amount == null ? JsonValue.NULL : Json.createValue(amount); }
}
