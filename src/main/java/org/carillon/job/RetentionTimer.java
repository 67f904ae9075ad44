package org.carillon.job;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.customer.RetentionDesk;
import org.carillon.customer.RetentionRule.Kind;
import org.carillon.delivery.Node;
import org.carillon.fact.ApplicationClock;
import org.carillon.shop.IdempotencyKeys;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lets go every night, by one node, what was kept long enough (LAW-19). Not by a node that saw the time leap: nothing of this can be taken back. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class RetentionTimer {

    private static final Logger LOG = System.getLogger(RetentionTimer.class.getName());

    @Inject RetentionDesk desk;
    @Inject IdempotencyKeys keys;
    @Inject Rota rota;
    @Inject ApplicationClock clock;
    @Inject Node node;
    /** UTC. */
    @Inject @ConfigProperty(name = "carillon.retention.at", defaultValue = "03:00") LocalTime at;
    private final AtomicBoolean busy = new AtomicBoolean();

    @Schedule(hour = "*", minute = "*", second = "20", persistent = false)
    void look() {
        if (node.leapt() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            Instant now = clock.now();
            Instant next = next(now);
            if (rota.takes("retention", now, next, next)) {
                for (Kind kind : Kind.values()) {
                    run(kind);
                }
                keys.forget();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "retention did not run", e);
        } finally {
            busy.set(false);
        }
    }

    /** One kind that fails holds up no other. */
    private void run(Kind kind) {
        long done = 0;
        try {
            for (long step = Long.MAX_VALUE; step >= 2_000; done += step) {
                step = desk.step(kind);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "retention of " + kind + " failed after " + done, e);
        }
        desk.note(kind, done);
    }

    private Instant next(Instant now) {
        OffsetDateTime today = now.atOffset(ZoneOffset.UTC).with(at);
        return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
    }
}
