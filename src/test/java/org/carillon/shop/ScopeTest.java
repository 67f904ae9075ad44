package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SEC-13")
class ScopeTest {

    @Test void allowsItsLocationsOnly() {
        assertTrue(Scope.of(Set.of(1L, 2L)).allows(2));
        assertFalse(Scope.of(Set.of(1L, 2L)).allows(3));
        assertTrue(Scope.everything().allows(3));
        assertFalse(Scope.nothing().allows(1));
    }

    @Test void narrowsToTheChosenLocation() {
        assertEquals(Scope.of(Set.of(2L)), Scope.everything().at(2L));
        assertEquals(Scope.of(Set.of(2L)), Scope.of(Set.of(1L, 2L)).at(2L));
        assertEquals(Scope.of(Set.of(1L, 2L)), Scope.of(Set.of(1L, 2L)).at(null));
    }

    @Test void neverWidensByAForeignChoice() { assertEquals(Scope.nothing(), Scope.of(Set.of(1L)).at(3L)); }

    @Test void coversWhatItMayHandOut() {
        assertTrue(Scope.everything().covers(Scope.everything()));
        assertTrue(Scope.of(Set.of(1L, 2L)).covers(Scope.of(Set.of(1L))));
        assertFalse(Scope.of(Set.of(1L)).covers(Scope.everything()));
        assertFalse(Scope.of(Set.of(1L)).covers(Scope.of(Set.of(1L, 2L))));
    }

    @Test void speaksSql() { assertArrayEquals(new Long[] {7L}, Scope.of(Set.of(7L)).ids()); }
}
