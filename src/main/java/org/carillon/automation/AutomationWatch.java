package org.carillon.automation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Told inside the transaction that changes, switches or deletes an automation, so that what it had planned follows (REL-47, P-19). */
public interface AutomationWatch {

    default void changed(Automation automation, String actor) { changedMany(List.of(Revision.of(automation)), actor); }

    /**
     * Many at once, by one edit: their new revisions hold from the commit, what they had planned may follow behind it.
     *
     * @param actor who did it, for those who see the work going on
     */
    void changedMany(Collection<Revision> revisions, String actor);

    /** The change leaves all that it had planned as it is, such as other words; {@link #changedMany} comes after it. */
    void keepPlans(long automationId, int rev);

    /** How many messages of it wait, and would not if it changed. */
    int waiting(long automationId);

    /** What a change since an instant had called off, and which is undone now, waits again; {@link #changedMany} comes after it. */
    void revived(Collection<Long> automationIds, Instant since);
}
