package org.carillon.automation;

import java.util.Collection;

/** Told inside the transaction that changes, switches or deletes an automation, so that what it had planned follows (REL-47, P-19). */
public interface AutomationWatch {

    void changed(Automation automation);

    /** Many at once, by one edit. */
    void changedMany(Collection<Automation> automations);
}
