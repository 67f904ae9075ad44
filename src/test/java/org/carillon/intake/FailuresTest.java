package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Locale;
import org.carillon.fact.Invalid;
import org.carillon.shop.ApiToken.Access;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

    @ParameterizedTest @DisplayName("REL-11: a database that is away, full or busy means later, not a failure")
    @CsvSource({"08006,503", "08001,503", "57P01,503", "53300,503", "40P01,503", "40001,503", ",503", "23505,503", "23503,500", "42883,500"})
    void asksToComeAgainWhereThatHelps(String state, int status) {
        assertEquals(status, Failures.problem(new IllegalStateException(new RuntimeException(new SQLException("secret", state)))).status());
    }

    @Test @DisplayName("REL-11: two changes of one thing in each other's way: the same call succeeds a moment later")
    void asksToComeAgainAfterAnotherChange() {
        assertEquals(503, Failures.problem(new RuntimeException(new OptimisticLockException("secret"))).status());
    }

    @Test
    void tellsBadInputFromAForeignThing() {
        assertEquals(400, Failures.problem(new Unreadable("x", "json.unknown", "x")).status());
        assertEquals(422, Failures.problem(Invalid.unknown("customer", "C-1")).status());
        assertEquals(404, Failures.problem(new Absent("customer", "C-1")).status());
        assertEquals(403, Failures.problem(new Forbidden(Access.ADMIN)).status());
        assertEquals(413, Failures.problem(new TooLarge()).status());
    }

    @Test @DisplayName("SEC-25: what went wrong inside stays inside")
    void saysNothingOfTheInside() {
        Problem problem = Failures.problem(new IllegalStateException("Sophie 514 555-0199"));
        assertEquals(500, problem.status());
        assertFalse(problem.json(Locale.ENGLISH).toString().contains("Sophie"));
    }
}
