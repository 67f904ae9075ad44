package org.carillon.job;

import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
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
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.delivery.Node;
import org.carillon.plan.AudienceRuns;

/** Sees when it is time to look for an audience, and starts the job that does. Not while all is held after a restore, nor while the time leaps. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class AudienceTimer {

    private static final Logger LOG = System.getLogger(AudienceTimer.class.getName());
    private static final Set<BatchStatus> GOING_ON = EnumSet.of(BatchStatus.STARTING, BatchStatus.STARTED, BatchStatus.STOPPING);

    @Inject AudienceRuns runs;
    @Inject Node node;
    private final AtomicBoolean busy = new AtomicBoolean();
    private Long job;

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void look() {
        if (node.held() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            if (runs.isStirring() && runs.request() && !goesOn()) {
                job = BatchRuntime.getJobOperator().start("audiences", new Properties());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "audiences were not looked for", e);
        } finally {
            busy.set(false);
        }
    }

    private boolean goesOn() {
        try {
            return job != null && GOING_ON.contains(BatchRuntime.getJobOperator().getJobExecution(job).getBatchStatus());
        } catch (BatchRuntimeException gone) {
            return false;
        }
    }
}
