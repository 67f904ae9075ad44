package org.carillon.job.batch;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.Batchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.carillon.plan.Replanning;

/**
 * Works off one re-planning task. Its progress is in the task's own rows, committed with each step: a job that was killed is started again by any
 * node and goes on there, whatever became of the batch repository of the node that died.
 */
@Named @Dependent
public class ReplanBatchlet implements Batchlet {

    private static final Logger LOG = System.getLogger(ReplanBatchlet.class.getName());

    @Inject @BatchProperty
    private String task;
    @Inject
    private Replanning replanning;
    private volatile boolean stopped;

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
            LOG.log(Level.ERROR, "re-planning task " + id + " failed", e);
            replanning.finish(id, e.getClass().getSimpleName());
            return "FAILED";
        }
    }

    @Override public void stop() { stopped = true; }
}
