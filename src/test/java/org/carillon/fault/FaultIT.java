package org.carillon.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The fault suite's short cut: one round on two nodes, over SMPP, HTTP and SMTP, behind the same proxies. */
class FaultIT {

    @Test @DisplayName("REL-08, REL-27, I1 to I9: a kill -9 and two faults drawn by seed, and every promise holds")
    void holdsWhateverBreaks() throws Exception {
        Choice choice = Choice.small(1);
        try (Fleet fleet = Fleet.start("fault-short", choice.nodes(), choice.seed(), Fleet.quick(choice.rate()))) {
            Report report = new FaultRun(choice, fleet).run();
            assertTrue(report.holds(), () -> choice + "\n" + report);
        }
    }
}
