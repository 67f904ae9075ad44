package org.carillon.repair;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.carillon.fact.Given;

/**
 * What a form or a shop system says of an order; what is left out stays as it is.
 *
 * @param type      code of an order type; null is the preferred one
 * @param due       date and time in the location's zone; null clears
 * @param vehicleId a vehicle of the customer
 * @param silent    records the change without messages (reason SILENT)
 */
public record OrderState(Given<Long> location, Given<Long> customer, Given<OrderKind> kind, Given<String> type, Given<String> status, Given<String> statusCode,
                         Given<LocalDateTime> due, Given<Instant> openedAt, Given<Instant> closedAt, Given<Instant> statusChangedAt,
                         Given<Long> vehicleId, Given<String> object, Given<String> reference, Given<String> userReference,
                         Given<BigDecimal> customerSale, Given<BigDecimal> warrantySale, Given<BigDecimal> total, Given<List<OrderLine>> lines,
                         boolean silent) {

    /** Says nothing yet. */
    public static OrderState nothing() {
        return new OrderState(Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(),
            Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), false);
    }

    public OrderState withStatus(String code) {
        return new OrderState(location, customer, kind, type, Given.of(code), statusCode, due, openedAt, closedAt, statusChangedAt, vehicleId, object, reference,
            userReference, customerSale, warrantySale, total, lines, silent);
    }

    /** What a person says of the work itself. */
    public OrderState withWork(Given<String> type, Given<String> object, Given<String> reference, Given<BigDecimal> total) {
        return new OrderState(location, customer, kind, type, status, statusCode, due, openedAt, closedAt, statusChangedAt, vehicleId, object, reference,
            userReference, customerSale, warrantySale, total, lines, silent);
    }

    public OrderState withCustomer(long id) {
        return new OrderState(location, Given.of(id), kind, type, status, statusCode, due, openedAt, closedAt, statusChangedAt, vehicleId, object, reference,
            userReference, customerSale, warrantySale, total, lines, silent);
    }

    public OrderState withDue(LocalDateTime at) {
        return new OrderState(location, customer, kind, type, status, statusCode, Given.of(at), openedAt, closedAt, statusChangedAt, vehicleId, object, reference,
            userReference, customerSale, warrantySale, total, lines, silent);
    }
}
