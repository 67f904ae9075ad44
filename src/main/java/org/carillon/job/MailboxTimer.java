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
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.delivery.Postbag;
import org.carillon.delivery.mail.Mailbox;
import org.carillon.fact.ApplicationClock;

/** Empties the mailbox of returns, {@code carillon.bounce.imap.every}, by one node at a time. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class MailboxTimer {

    private static final Logger LOG = System.getLogger(MailboxTimer.class.getName());

    @Inject Mailbox mailbox;
    @Inject Postbag bag;
    @Inject Rota rota;
    @Inject ApplicationClock clock;
    private final AtomicBoolean busy = new AtomicBoolean();

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void look() {
        if (!mailbox.isPresent() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            Instant now = clock.now();
            if (rota.takes("mailbox", now, now.plus(mailbox.every()))) {
                mailbox.empty(bag, now);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the mailbox of returns was not emptied and is looked at again", e);
        } finally {
            busy.set(false);
        }
    }
}
