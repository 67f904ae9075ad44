package org.carillon.repair;

/** What a lead's status means: still talking, became an order, came to nothing. */
public enum LeadGroup { OPEN, WON, LOST }
