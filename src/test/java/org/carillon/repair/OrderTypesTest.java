package org.carillon.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.Set;
import org.carillon.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RO-28: order types and the fields that their form shows, in the database. */
class OrderTypesTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @Test @DisplayName("RO-28: every company begins with one type that shows everything and stands where none is named")
    void beginsWithAStandardType() {
        assertEquals("STANDARD DUE_DATE,OBJECT,REFERENCE,AMOUNT", DATABASE.jdbi().withHandle(h ->
            h.createQuery("select code || ' ' || shown from order_type where preferred and active").mapTo(String.class).one()));
        assertEquals(EnumSet.allOf(FormField.class), new FormFieldsConverter().convertToEntityAttribute("DUE_DATE,OBJECT,REFERENCE,AMOUNT"));
    }

    @Test @DisplayName("RO-28: never two types that stand where none is named, and never one that is switched off")
    void prefersExactlyOne() {
        Jdbi jdbi = DATABASE.jdbi();
        assertThrows(UnableToExecuteStatementException.class, () -> jdbi.useHandle(h ->
            h.execute("insert into order_type (code, name_fr, name_en, shown, position, preferred) values ('X', 'x', 'x', '', 2, true)")));
        assertThrows(UnableToExecuteStatementException.class, () -> jdbi.useHandle(h -> h.execute("update order_type set active = false where preferred")));
    }

    @Test void writesFieldsInTheirOrder() {
        FormFieldsConverter converter = new FormFieldsConverter();
        assertEquals("DUE_DATE,AMOUNT", converter.convertToDatabaseColumn(Set.of(FormField.AMOUNT, FormField.DUE_DATE)));
        assertEquals(Set.of(), converter.convertToEntityAttribute(converter.convertToDatabaseColumn(Set.of())));
        OrderType type = OrderType.define("X", 1);
        type.become("x", "x", Set.of());
        assertEquals(Set.of(), type.shown());
    }
}
