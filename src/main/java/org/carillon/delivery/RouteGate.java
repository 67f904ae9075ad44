package org.carillon.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Whether a provider that one calls may be called now: after a failure not for a while, and then by one caller first. */
public final class RouteGate {

    private static final Logger LOG = System.getLogger(RouteGate.class.getName());

    private final String name;
    private final InstantSource clock;
    private final RandomGenerator random = new Random();
    private int failures;
    private boolean probing;
    private long closedUntil = System.nanoTime();
    private RouteHealth said = new RouteHealth(true, false, "not tried yet", Instant.EPOCH);

    /** @param name for the log */
    public RouteGate(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
    }

    public synchronized RouteHealth health() { return new RouteHealth(!isClosed(), said.suspended(), said.detail(), said.since()); }

    /** Null while all is well. */
    public synchronized Instant troubledSince() { return failures == 0 ? null : said.since(); }

    /** True for everybody while all is well; after a failure for nobody, then for one, who is to tell how it went. */
    public synchronized boolean mayCall() {
        if (failures == 0) return true;
        if (isClosed()) return false;
        closedUntil = System.nanoTime() + BackOff.AFTER_ROUTE_FAULT.toNanos();
        probing = true;
        return true;
    }

    public synchronized void opened() {
        failures = 0;
        probing = false;
        closedUntil = System.nanoTime();
        say(false, "connected");
    }

    public void failed(Verdict verdict, String detail) { failed(verdict == Verdict.ROUTE_FAULT, false, detail); }

    /**
     * @param fault     not to be tried again for a minute
     * @param suspended a person must repair it
     */
    public synchronized void failed(boolean fault, boolean suspended, String detail) {
        if (failures > 0 && !probing && isClosed() && !fault) return;  // the same failure, told by the rest of the window
        failures++;
        probing = false;
        closedUntil = System.nanoTime() + (fault ? BackOff.AFTER_ROUTE_FAULT : BackOff.delay(failures, random)).toNanos();
        say(fault || suspended, detail);
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
        LOG.log(failures == 0 ? Level.INFO : Level.WARNING, "{0}: {1}", name, detail);
    }
}
