package org.carillon.job.batch;

import jakarta.batch.api.Batchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.carillon.plan.AudienceRuns;

/**
 * Makes the runs that were requested, one after the other. Each is a transaction of its own with its row, so that a job that was killed is started again
 * by any node and goes on there; one that fails is tried again later, and holds up no other.
 */
@Named @Dependent
public class AudienceBatchlet implements Batchlet {

    private static final Logger LOG = System.getLogger(AudienceBatchlet.class.getName());

    @Inject
    private AudienceRuns runs;
    private volatile boolean stopped;

    public AudienceBatchlet() { }

    public AudienceBatchlet(AudienceRuns runs) { this.runs = runs; }

    @Override public String process() {
        for (List<Long> open = runs.open(); !open.isEmpty() && !stopped; open = runs.open()) {
            if (!makeAll(open)) {
                break;  // what is left is another node's
            }
        }
        return stopped ? "STOPPED" : "DONE";
    }

    private boolean makeAll(List<Long> open) {
        boolean any = false;
        for (long id : open) {
            if (stopped) {
                return false;
            }
            try {
                any |= runs.make(id);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "audience run " + id + " failed", e);
                runs.fail(id, e);
                any = true;
            }
        }
        return any;
    }

    @Override public void stop() { stopped = true; }
}
