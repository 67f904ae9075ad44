package org.carillon.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.carillon.fact.Given;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An order is closed while it is in a status that closes, and since it came there")
class ClosingTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T14:00:00Z");
    private static final Instant NOON = MORNING.plus(Duration.ofHours(3));
    private static final Instant EVENING = MORNING.plus(Duration.ofHours(8));

    private final WorkOrder order = WorkOrder.open("dms", "O-1", 1, 1, MORNING);

    private void moves(StatusGroup to, Instant at) { moves(to, at, OrderState.nothing()); }

    private void moves(StatusGroup to, Instant at, OrderState said) {
        OrderStatus status = OrderStatus.define(to.name(), 1);
        status.become(to.name(), to.name(), to, true);
        order.become(said, null, status, ZoneId.of("America/Toronto"), at);
    }

    private static OrderState closedAt(Instant at) {
        OrderState n = OrderState.nothing();
        return new OrderState(n.location(), n.customer(), n.kind(), n.type(), n.status(), n.statusCode(), n.due(), n.openedAt(), Given.of(at), n.statusChangedAt(), n.vehicleId(),
            n.object(), n.reference(), n.userReference(), n.customerSale(), n.warrantySale(), n.total(), n.lines(), n.silent());
    }

    @Test void isClosedAnewAfterItWasReopened() {
        moves(StatusGroup.CLOSED, MORNING);
        moves(StatusGroup.OPEN, NOON);
        assertNull(order.closedAt(), "open again");
        moves(StatusGroup.CLOSED, EVENING);
        assertEquals(EVENING, order.closedAt());
    }

    @Test void keepsItsClosingWhileNothingChanges() {
        moves(StatusGroup.CLOSED, MORNING);
        moves(StatusGroup.CLOSED, NOON);
        order.become(OrderState.nothing(), null, null, ZoneId.of("America/Toronto"), EVENING);
        assertEquals(MORNING, order.closedAt());
    }

    @Test void believesASystemThatStatesIt() {
        moves(StatusGroup.CLOSED, NOON);
        moves(StatusGroup.OPEN, EVENING, closedAt(MORNING));
        assertEquals(MORNING, order.closedAt());
        moves(StatusGroup.READY, EVENING);
        assertEquals(MORNING, order.closedAt(), "what was stated of an open order stays");
    }

    @Test @DisplayName("B-16: any change touches an order, the same said again does not, nor does another way to write an amount")
    void isTouchedByChangesOnly() {
        moves(StatusGroup.OPEN, MORNING, OrderState.nothing());
        assertEquals(MORNING, order.touchedAt());
        order.become(total("412.80"), null, null, ZoneId.of("America/Toronto"), NOON);
        assertEquals(NOON, order.touchedAt());
        order.become(total("412.8"), null, null, ZoneId.of("America/Toronto"), EVENING);
        assertEquals(NOON, order.touchedAt());
        moves(StatusGroup.READY, EVENING);
        assertEquals(EVENING, order.touchedAt());
    }

    @Test @DisplayName("A-15e, A-17: a new raw code of the shop system is a change of status, at the moment that it states or else now; the same code again is none")
    void movesByTheRawCodeToo() {
        moves(StatusGroup.OPEN, MORNING, code("i98", null));
        order.become(code("C97", null), null, null, ZoneId.of("America/Toronto"), NOON);
        assertEquals(NOON, order.lastTime());
        order.become(code("C97", null), null, null, ZoneId.of("America/Toronto"), EVENING);
        assertEquals(NOON, order.lastTime());
        order.become(code("C98", EVENING.plusSeconds(1)), null, null, ZoneId.of("America/Toronto"), EVENING.plusSeconds(9));
        assertEquals(EVENING.plusSeconds(1), order.lastTime());
    }

    private static OrderState code(String code, Instant at) {
        OrderState n = OrderState.nothing();
        return new OrderState(n.location(), n.customer(), n.kind(), n.type(), n.status(), Given.of(code), n.due(), n.openedAt(), n.closedAt(), at == null ? n.statusChangedAt() : Given.of(at),
            n.vehicleId(), n.object(), n.reference(), n.userReference(), n.customerSale(), n.warrantySale(), n.total(), n.lines(), n.silent());
    }

    private static OrderState total(String amount) {
        OrderState n = OrderState.nothing();
        return new OrderState(n.location(), n.customer(), n.kind(), n.type(), n.status(), n.statusCode(), n.due(), n.openedAt(), n.closedAt(), n.statusChangedAt(), n.vehicleId(),
            n.object(), n.reference(), n.userReference(), n.customerSale(), n.warrantySale(), Given.of(new BigDecimal(amount)), n.lines(), n.silent());
    }
}
