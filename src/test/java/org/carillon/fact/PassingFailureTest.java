package org.carillon.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("REL-11: what may succeed a moment later")
class PassingFailureTest {

    static Stream<Arguments> failures() {
        return Stream.of(Arguments.of(state("08006"), true, false), Arguments.of(state("57P01"), true, false), Arguments.of(state("53300"), true, false),
            Arguments.of(state("40001"), true, true), Arguments.of(state("40P01"), true, true), Arguments.of(state("23505"), true, true), Arguments.of(state("23503"), false, false),
            Arguments.of(state("42P01"), false, false), Arguments.of(state(null), true, false), Arguments.of(new OptimisticLockException(), true, true),
            Arguments.of(new SystemException().initCause(new XAException()), true, false), Arguments.of(new IllegalStateException("ours"), false, false));
    }

    @ParameterizedTest @MethodSource("failures")
    void isToldFromWhatStays(Throwable failure, boolean passing, boolean collision) {
        for (Throwable each : new Throwable[] {failure, new RuntimeException(new RuntimeException(failure))}) {
            assertEquals(passing, PassingFailure.is(each));
            assertEquals(collision, PassingFailure.isCollision(each));
        }
    }

    private static SQLException state(String state) { return new SQLException("x", state); }
}
