package org.carillon.repair;

/** The fields of the order form that a type may leave out; what is left out can still be told by REST. */
public enum FormField {
    DUE_DATE,
    /** A vehicle of the customer, or what else is repaired. */
    OBJECT,
    /** The shop's own number. */
    REFERENCE, AMOUNT
}
