package org.carillon.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.carillon.fact.Given;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A-17: our status and the shop system's code are reached each for itself, on a day at the shop")
class StatusDaysTest {

    private static final ZoneId MONTREAL = ZoneId.of("America/Toronto");
    private final WorkOrder order = WorkOrder.open("dms", "O-1", 1, 1, Instant.parse("2027-02-08T14:00:00Z"));

    private static OrderState said(Given<String> code, Given<Instant> changed) {
        OrderState n = OrderState.nothing();
        return new OrderState(n.location(), n.customer(), n.kind(), n.type(), n.status(), code, n.due(), n.openedAt(), n.closedAt(), changed, n.vehicleId(), n.object(), n.reference(),
            n.userReference(), n.customerSale(), n.warrantySale(), n.total(), n.lines(), n.silent());
    }

    private static OrderState code(String code) { return said(Given.of(code), Given.absent()); }

    private List<String> days(OrderState said, StatusGroup to, String at) {
        OrderStatus status = to == null ? null : OrderStatus.define(to.name(), 1);
        if (status != null) {
            status.become(to.name(), to.name(), to, true);
        }
        order.become(said, null, status, MONTREAL, Instant.parse(at));
        return List.of(order.statusDay(), order.codeDay());
    }

    @Test void movesOnlyTheDayOfWhatChanged() {
        assertEquals(List.of("2027-02-08", ""), days(OrderState.nothing(), StatusGroup.OPEN, "2027-02-08T14:00:00Z"));
        assertEquals(List.of("2027-02-10", "2027-02-10"), days(code("C97"), StatusGroup.READY, "2027-02-11T04:59:00Z"), "a minute before midnight at the shop");
        assertEquals(List.of("2027-02-11", "2027-02-10"), days(OrderState.nothing(), StatusGroup.CLOSED, "2027-02-11T15:00:00Z"), "picked up, and still C97");
        assertEquals(List.of("2027-02-11", "2027-02-10"), days(code("C97"), StatusGroup.CLOSED, "2027-02-12T15:00:00Z"), "said again");
        assertEquals(List.of("2027-02-11", "2027-02-12"), days(code("C80"), null, "2027-02-12T15:00:00Z"));
    }

    @Test void believesWhoSaysWhenItChanged() {
        days(OrderState.nothing(), StatusGroup.OPEN, "2027-02-08T14:00:00Z");
        assertEquals(List.of("2027-02-08", "2027-02-09"), days(said(Given.of("C97"), Given.of(Instant.parse("2027-02-09T20:00:00Z"))), null, "2027-02-11T15:00:00Z"));
    }
}
