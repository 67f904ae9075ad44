package org.carillon.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import org.carillon.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BeginningTest {

    private final AtomicInteger tries = new AtomicInteger();

    @Test @DisplayName("REL-11: what a node does while it starts is done again after PostgreSQL broke its connection")
    void isDoneAgainAfterABreak() {
        Jdbi jdbi = TestDatabase.fresh().owner();
        new Beginning(60).insist("test", () -> jdbi.useHandle(h -> {
            if (tries.incrementAndGet() < 3) {
                h.execute("select pg_terminate_backend(pg_backend_pid())");
            }
            h.execute("select 1");
        }));
        assertEquals(3, tries.get());
    }

    @Test @DisplayName("what will not mend itself is told at once, and nothing is tried for longer than patience")
    void whatWillNotMendItselfIsToldAtOnce() {
        Jdbi jdbi = TestDatabase.fresh().owner();
        assertThrows(JdbiException.class, () -> new Beginning(3600).insist("test", () -> counted(() -> jdbi.useHandle(h -> h.execute("select no_such_column")))));
        assertEquals(1, tries.get());
        assertThrows(IllegalStateException.class, () -> new Beginning(3600).insist("test", () -> counted(() -> { throw new IllegalStateException("fsync=off"); })));
        assertEquals(2, tries.get());
        assertThrows(JdbiException.class, () -> new Beginning(0).insist("test", () -> counted(() -> jdbi.useHandle(h -> h.execute("select pg_terminate_backend(pg_backend_pid())")))));
        assertEquals(3, tries.get());
    }

    @Test @DisplayName("a commit that found its link broken and a pool that got no connection are the database's absence too")
    void knowsAbsenceByItsCauses() {
        Throwable[] absent = {new SQLException("Error in allocating a connection"), new SQLException("in the pool", new Exception("no free one", new SQLException("too many clients", "53300"))),
            new RollbackException("marked for rollback"), new Exception("commit", new XAException("connection closed"))};
        for (Throwable cause : absent) {
            tries.set(0);
            new Beginning(60).insist("test", () -> {
                if (tries.incrementAndGet() == 1) {
                    throw new IllegalStateException(cause);
                }
            });
            assertEquals(2, tries.get(), cause::toString);
        }
    }

    private void counted(Runnable work) {
        tries.incrementAndGet();
        work.run();
    }
}
