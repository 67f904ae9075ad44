package org.carillon.repair;

/** What a status means for the order; entering CLOSED sets the closing instant. */
public enum StatusGroup { OPEN, READY, CLOSED, CANCELLED }
