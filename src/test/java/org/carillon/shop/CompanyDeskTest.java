package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.carillon.TestDatabase;
import org.carillon.fact.Invalid;
import org.junit.jupiter.api.Test;

class CompanyDeskTest {

    private final CompanyDesk desk = new CompanyDesk(TestDatabase.fresh().jdbi());

    @Test void isEnteredThenChangedButNeverFromAStalePage() {
        assertEquals("", desk.company().name());
        desk.describe(new Company(" Garage Rosemont ", "1 rue Masson", "fr", "ALL", 0));
        Company entered = desk.company();
        assertEquals(new Company("Garage Rosemont", "1 rue Masson", "fr", "ALL", 1), entered);
        desk.describe(new Company("Garage Masson", "", "en", "ALL", 1));
        assertEquals("conflict", assertThrows(Invalid.class, () -> desk.describe(entered)).key());
        assertEquals("company.name", assertThrows(Invalid.class, () -> desk.describe(new Company(" ", "", "fr", "ALL", 2))).key());
    }
}
