package org.carillon.automation;

/** Told inside the transaction that changes, switches or deletes an automation, so that what it had planned follows (REL-47, P-19). */
public interface AutomationWatch {

    void changed(Automation automation);
}
