package org.carillon.delivery.mail;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.carillon.delivery.BackOff;
import org.carillon.delivery.RouteHealth;
import org.carillon.delivery.Verdict;

/** Whether the mail server may be called now: after a failure not for a while, and then by one caller first. */
final class RouteGate {

    private static final Logger LOG = System.getLogger(RouteGate.class.getName());

    private final InstantSource clock;
    private final RandomGenerator random = new Random();
    private int failures;
    private long closedUntil = System.nanoTime();
    private RouteHealth said = new RouteHealth(true, false, "not tried yet", Instant.EPOCH);

    RouteGate(InstantSource clock) { this.clock = clock; }

    synchronized RouteHealth health() { return new RouteHealth(!isClosed(), said.suspended(), said.detail(), said.since()); }

    /** True for everybody while all is well; after a failure for nobody, then for one, who is to tell how it went. */
    synchronized boolean mayCall() {
        if (failures == 0) return true;
        if (isClosed()) return false;
        closedUntil = System.nanoTime() + BackOff.AFTER_ROUTE_FAULT.toNanos();
        return true;
    }

    synchronized void opened() {
        failures = 0;
        closedUntil = System.nanoTime();
        say(false, "connected");
    }

    synchronized void failed(Verdict verdict, String detail) {
        failures++;
        boolean fault = verdict == Verdict.ROUTE_FAULT;
        closedUntil = System.nanoTime() + (fault ? BackOff.AFTER_ROUTE_FAULT : BackOff.delay(failures, random)).toNanos();
        say(fault, detail);
    }

    private boolean isClosed() { return failures > 0 && System.nanoTime() - closedUntil < 0; }

    private void say(boolean suspended, String detail) {
        if (said.suspended() == suspended && said.detail().equals(detail)) return;
        Instant since;
        try {
            since = clock.instant();
        } catch (RuntimeException e) {
            since = said.since();  // no database yet
        }
        said = new RouteHealth(true, suspended, detail, since);
        LOG.log(failures == 0 ? Level.INFO : Level.WARNING, "SMTP: {0}", detail);
    }
}
