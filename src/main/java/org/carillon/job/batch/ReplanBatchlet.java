package org.carillon.job.batch;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.Batchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.carillon.fact.PassingFailure;
import org.carillon.plan.Replanning;

/**
 * Works off one re-planning task. Its progress is in the task's own rows, committed with each step: a job that was killed is started again by any
 * node and goes on there, whatever became of the batch repository of the node that died.
 */
@Named @Dependent
public class ReplanBatchlet implements Batchlet {

    private static final Logger LOG = System.getLogger(ReplanBatchlet.class.getName());
    private static final long PAUSE_MILLIS = 1_000;

    @Inject @BatchProperty
    private String task;
    @Inject
    private Replanning replanning;
    private volatile boolean stopped;

    public ReplanBatchlet() { }

    public ReplanBatchlet(String task, Replanning replanning) {
        this.task = task;
        this.replanning = replanning;
    }

    @Override public String process() {
        long id = Long.parseLong(task);
        try {
            for (Replanning.Step step : replanning.remaining(id)) {
                if (stopped) {
                    return "STOPPED";
                }
                replanning.run(id, step);
            }
            replanning.finish(id, null);
            return "DONE";
        } catch (RuntimeException e) {
            if (PassingFailure.isAway(e)) {
                LOG.log(Level.WARNING, "re-planning task " + id + " goes on when the database answers", e);
                return giveBack(id);
            }
            LOG.log(Level.ERROR, "re-planning task " + id + " failed", e);
            replanning.finish(id, e.getClass().getSimpleName());
            return "FAILED";
        }
    }

    /** As long as this node lives nobody else takes a task that is its own (REL-30). */
    private String giveBack(long id) {
        while (!stopped) {
            try {
                replanning.giveBack(id);
                return "GIVEN_BACK";
            } catch (RuntimeException away) {
                LOG.log(Level.DEBUG, "not yet", away);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "STOPPED";
            }
        }
        return "STOPPED";
    }

    @Override public void stop() { stopped = true; }
}
