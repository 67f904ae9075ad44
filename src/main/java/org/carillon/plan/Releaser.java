package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.carillon.fact.Channel;
import org.carillon.fact.PassingFailure;

/**
 * Drains what is due, batch after batch; a row that fails is marked with its error, and the loop goes on. Where it is the database that fails, no row is
 * marked: the call throws, and what is due is due the next time.
 */
@ApplicationScoped
public class Releaser {

    private static final Logger LOG = System.getLogger(Releaser.class.getName());
    private static final int TRIES = 3;

    private final ReleaseStep step;
    private final BacklogGate gate;

    protected Releaser() { this(null, null); }

    @Inject
    public Releaser(ReleaseStep step, BacklogGate gate) {
        this.step = step;
        this.gate = gate;
    }

    /** Releases all that is due now; returns how many plans it judged. Safe to run on any number of nodes at once. */
    public int releaseDue() { return releaseDue(() -> { }); }

    /** @param more called after each full batch: it pays to {@link #help} from another thread */
    public int releaseDue(Runnable more) {
        step.expire();
        gate.watch();
        return drain(this::due, more);
    }

    /** Releases what has only just become due; what fails here, and all that is late, is for {@link #releaseDue}, soon after. */
    public int releaseFresh(Runnable more) { return drain(this::fresh, more); }

    /** Releases what is due beside somebody who does so already; returns how many plans it judged. */
    public int help() { return drain(this::due, () -> { }); }

    private static int drain(IntSupplier release, Runnable more) {
        int judged = 0;
        for (int batch = release.getAsInt(); batch > 0; batch = release.getAsInt()) {
            judged += batch;
            if (batch >= ReleaseStep.TOGETHER) {
                more.run();
            }
        }
        return judged;
    }

    /**
     * Judges what may go now of a backlog that a person let go; returns how many it judged.
     *
     * @param rates submits a second that each channel's route may do
     */
    public int releaseBacklog(Map<Channel, Double> rates) {
        List<Long> ids = gate.letGo(rates);
        if (ids.isEmpty()) {
            return 0;
        }
        try {
            return refreshed(step.release(ids));
        } catch (RuntimeException together) {
            LOG.log(Level.WARNING, "a ration of the backlog failed together; judging one by one", together);
            return oneByOne(ids);
        }
    }

    /** Looks again at what waits for a value or an opening that may have come meanwhile. */
    public int recheckHeld() { return step.recheckHeld(); }

    private int fresh() {
        try {
            return refreshed(step.releaseFresh());
        } catch (RuntimeException together) {
            LOG.log(Level.WARNING, "a batch of due plans failed together", together);
            return 0;
        }
    }

    private int due() {
        try {
            return refreshed(step.releaseBatch());
        } catch (RuntimeException together) {
            LOG.log(Level.WARNING, "a batch of due plans failed together; judging one by one", together);
            return oneByOne(step.due());
        }
    }

    private int refreshed(ReleaseStep.Judged judged) {
        if (!judged.stale().isEmpty()) {
            step.refresh(judged.stale());
        }
        return judged.count();
    }

    private int oneByOne(List<Long> ids) {
        for (long id : ids) {
            try {
                released(id);
            } catch (RuntimeException alone) {
                if (PassingFailure.isAway(alone)) {
                    throw alone;  // says nothing against this plan: it and the others stay planned (REL-30)
                }
                LOG.log(Level.ERROR, "plan " + id + " cannot be released", alone);
                step.fail(id, alone.getClass().getSimpleName());
            }
        }
        return ids.size();
    }

    /** What is stale is met again by the next batch; who met another transaction goes on after it. */
    private void released(long id) {
        for (int tries = 1; ; tries++) {
            try {
                step.release(List.of(id));
                return;
            } catch (RuntimeException met) {
                if (tries == TRIES || !PassingFailure.isCollision(met)) {
                    throw met;
                }
            }
        }
    }
}
