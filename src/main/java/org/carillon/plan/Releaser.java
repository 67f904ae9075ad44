package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Drains what is due, batch after batch; a row that fails is marked with its error, and the loop goes on. */
@ApplicationScoped
public class Releaser {

    private static final Logger LOG = System.getLogger(Releaser.class.getName());

    private final ReleaseStep step;

    protected Releaser() { this(null); }

    @Inject
    public Releaser(ReleaseStep step) { this.step = step; }

    /** Releases all that is due now; returns how many plans it judged. Safe to run on any number of nodes at once. */
    public int releaseDue() {
        step.expire();
        int judged = 0;
        for (int batch = drain(); batch > 0; batch = drain()) {
            judged += batch;
        }
        return judged;
    }

    /** Looks again at what waits for a value or an opening that may have come meanwhile. */
    public int recheckHeld() { return step.recheckHeld(); }

    private int drain() {
        try {
            ReleaseStep.Judged judged = step.releaseBatch();
            if (!judged.stale().isEmpty()) {
                step.refresh(judged.stale());
            }
            return judged.count();
        } catch (RuntimeException together) {
            LOG.log(Level.WARNING, "a batch of due plans failed together; judging one by one", together);
            return oneByOne(step.due());
        }
    }

    private int oneByOne(List<Long> ids) {
        for (long id : ids) {
            try {
                step.release(List.of(id));  // what is stale is met again by the next batch
            } catch (RuntimeException alone) {
                LOG.log(Level.ERROR, "plan " + id + " cannot be released", alone);
                step.fail(id, alone.getClass().getSimpleName());
            }
        }
        return ids.size();
    }
}
