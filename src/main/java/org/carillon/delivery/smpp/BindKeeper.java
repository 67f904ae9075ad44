package org.carillon.delivery.smpp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.carillon.delivery.BackOff;
import org.carillon.delivery.Phase;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.RouteHealth;
import org.carillon.delivery.Verdict;
import org.carillon.delivery.Verdicts;
import org.jsmpp.PDUException;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;

/** Keeps one session bound, on one thread: binds, watches, and binds again with patience (REL-13). */
final class BindKeeper implements Runnable {

    private static final long STANDSTILL = TimeUnit.SECONDS.toNanos(2);
    private static final Logger LOG = System.getLogger(BindKeeper.class.getName());

    private final String route;
    private final Supplier<Bind> fresh;
    private final Verdicts verdicts;
    private final InstantSource clock;
    private final long tickMillis;
    private final Random random = new Random();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Bind bind;
    private volatile RouteHealth health = new RouteHealth(false, false, "not connected yet", Instant.EPOCH);

    BindKeeper(String route, Supplier<Bind> fresh, Verdicts verdicts, InstantSource clock, Duration responseTimeout) {
        this.route = route;
        this.fresh = fresh;
        this.verdicts = verdicts;
        this.clock = clock;
        this.tickMillis = Math.max(10, Math.min(200, responseTimeout.toMillis() / 4));
    }

    /** Null while there is none. */
    Bind bind() {
        Bind now = bind;
        return now != null && now.isUsable() ? now : null;
    }

    RouteHealth health() { return health; }

    @Override
    public void run() {
        try {
            keep();
        } finally {
            stopped.countDown();
        }
    }

    private void keep() {
        int failures = 0;
        Duration pause = Duration.ZERO;
        while (!sleep(pause.toMillis())) {
            Bind next = fresh.get();
            try {
                next.open();
                bind = next;
                say(true, false, "bound");
                failures = 0;
                watch(next);
                if (stopping.getCount() == 0) return;  // and touch no class for the first time: a stopping server loads none any more
                say(false, false, "the session ended");
                pause = BackOff.delay(1, random);
            } catch (IOException | RuntimeException e) {
                Verdict verdict = verdictOf(e);
                failures++;
                pause = verdict == Verdict.ROUTE_FAULT ? BackOff.AFTER_ROUTE_FAULT : BackOff.delay(failures, random);
                say(false, verdict == Verdict.ROUTE_FAULT, detailOf(e));
            }
        }
    }

    private void watch(Bind now) {
        long before = System.nanoTime();
        while (!now.isOver() && !sleep(tickMillis)) {
            // where the whole process stood still, answers are read before any is called missing (REL-06, REL-14)
            if (System.nanoTime() - before > STANDSTILL && sleep(TimeUnit.NANOSECONDS.toMillis(STANDSTILL))) break;
            now.sweep();
            before = System.nanoTime();
        }
        now.drain();
        if (stopping.getCount() == 0) say(false, false, "stopping");
        // a stop waits for the answers of what is on the wire, but no longer than they may take
        while (!now.isIdle() && !now.isOver()) {
            now.sweep();
            pause();
        }
        bind = null;
        if (now.hasEnded()) now.close();
        else now.unbindAndClose();
    }

    /** Ends the session in peace, within the time given; what was not answered by then is unknown. */
    void stop(Duration atMost) {
        stopping.countDown();
        try {
            if (stopped.await(bind == null ? Math.min(1_000, atMost.toMillis()) : atMost.toMillis(), TimeUnit.MILLISECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Bind now = bind;
        if (now != null) now.close();
    }

    /** True where we are to stop. */
    private boolean sleep(long millis) {
        try {
            return stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
            return true;
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(tickMillis);
        } catch (InterruptedException e) {
            stopping.countDown();  // the server is going down: that is no reason not to wait for the last answers
        }
    }

    private Verdict verdictOf(Exception e) {
        if (e instanceof SmppLine.Unsafe) return verdicts.judge(Protocol.SMPP, Phase.BIND, Verdicts.TLS);
        if (e.getCause() instanceof PDUException) return Verdict.ROUTE_FAULT;  // a name or password that SMPP cannot carry
        if (e.getCause() instanceof NegativeResponseException no) return verdicts.judge(Protocol.SMPP, Phase.BIND, Verdicts.code(no.getCommandStatus()));
        return verdicts.judge(Protocol.SMPP, Phase.BIND, e.getCause() instanceof ResponseTimeoutException ? Verdicts.TIMEOUT : Verdicts.CUT);
    }

    private static String detailOf(Exception e) {
        if (e instanceof SmppLine.Unsafe) return e.getMessage();
        if (e.getCause() instanceof PDUException) return "the system id or the password does not fit into a bind";
        if (e.getCause() instanceof NegativeResponseException no) return "bind refused, " + Verdicts.code(no.getCommandStatus());
        return e.getCause() instanceof ResponseTimeoutException ? "no answer to the bind" : "no connection (" + e.getClass().getSimpleName() + ")";
    }

    private void say(boolean open, boolean suspended, String detail) {
        RouteHealth before = health;
        if (before.open() == open && before.suspended() == suspended && before.detail().equals(detail)) return;
        Instant since;
        try {
            since = clock.instant();
        } catch (RuntimeException e) {
            since = before.since();  // no database yet: when it began matters less than that it did
        }
        health = new RouteHealth(open, suspended, detail, since);
        LOG.log(open ? Level.INFO : Level.WARNING, "route " + route + ": {0}", detail);
    }
}
