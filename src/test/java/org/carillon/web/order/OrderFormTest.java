package org.carillon.web.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.repair.OrderState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RO-28: the order form says what its type shows, and nothing else. */
class OrderFormTest {

    private static OrderForm filled() {
        OrderForm form = new OrderForm();
        form.setType("TYRES");
        form.setLocation(1L);
        form.setStatus("NEW");
        form.setVehicle(7L);
        form.setObject(" Vélo ");
        form.setReference("24-1");
        form.setTotal(BigDecimal.TEN);
        form.setDueDate(LocalDate.of(2027, 4, 8));
        form.setDueTime(LocalTime.of(14, 0));
        return form;
    }

    @Test @DisplayName("RO-28: what the type shows is said, the type with it")
    void saysWhatIsShown() {
        OrderState said = filled().order(field -> true);
        assertEquals(Given.of("TYRES"), said.type());
        assertEquals(Given.of(LocalDateTime.of(2027, 4, 8, 14, 0)), said.due());
        assertEquals(Given.of("Vélo"), said.object());
        assertEquals(Given.of(7L), said.vehicleId());
        assertEquals(Given.of("24-1"), said.reference());
        assertEquals(Given.of(BigDecimal.TEN), said.total());
    }

    @Test @DisplayName("RO-28: a hidden due date makes no due date, even when it was typed before the type was chosen")
    void leavesOutWhatIsHidden() {
        OrderState said = filled().order(field -> false);
        assertFalse(said.due().present() || said.object().present() || said.vehicleId().present() || said.reference().present() || said.total().present());
        OrderForm half = filled();
        half.setDueTime(null);
        assertFalse(half.order(field -> false).due().present(), "half a due date does not matter where none is asked for");
        assertEquals("dueTime", assertThrows(Invalid.class, () -> half.order(field -> true)).field());
    }
}
