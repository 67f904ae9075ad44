package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What turns that overlap make of each other's warnings (REL-16, REL-19). */
class CautionTest {

    private final Caution caution = new Caution();

    private void stands(boolean slow, boolean careful) { assertEquals(slow + " " + careful, caution.slow() + " " + caution.careful()); }

    @Test void doubtsUntilATurnHasLooked() {
        stands(true, false);
        caution.heed(caution.begin(), true, false);
        stands(false, false);
        caution.doubt();
        stands(true, false);
    }

    @Test @DisplayName("REL-19: a turn of acceptances that began beside one of refusals, and ends after it, lifts nothing")
    void keepsTheWarningOfTheOther() {
        caution.heed(caution.begin(), true, false);
        long refused = caution.begin();
        long accepted = caution.begin();
        caution.heed(refused, false, true);
        caution.heed(accepted, true, false);
        stands(true, true);
        caution.heed(caution.begin(), true, false);
        stands(false, false);
    }

    @Test void isWarnedByATurnThatBeganLongBefore() {
        long early = caution.begin();
        caution.heed(caution.begin(), true, false);
        caution.heed(early, false, false);
        stands(true, false);
        long next = caution.begin();
        caution.heed(next, false, true);
        stands(true, true);
        caution.heed(caution.begin(), false, false);
        stands(true, false);
    }
}
