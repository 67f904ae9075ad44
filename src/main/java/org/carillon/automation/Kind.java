package org.carillon.automation;

/** What the messages of an audience automation are for. Payment requests come with invoices. */
public enum Kind {
    GENERAL, APPOINTMENT,
    /** Asks how it was; one such question to a person a day. */
    REVIEW
}
