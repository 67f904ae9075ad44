package org.carillon.alert;

/** What an alert is about. */
public enum AlertKind {
    /** An order that is neither ready nor closed, past its due date. */
    OVERDUE,
    /** An order that is neither ready nor closed and that nobody has changed for a while. */
    UNTOUCHED,
    /** A message that did not reach its customer, or that waits for a missing value. */
    FAILED;

    /** Whether it is counted on the location's opening hours. */
    public boolean counted() { return this != FAILED; }
}
