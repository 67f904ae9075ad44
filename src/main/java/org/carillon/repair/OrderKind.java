package org.carillon.repair;

/** An estimate moves through the same work steps as a work order but is none (A-15b). */
public enum OrderKind { WORK_ORDER, ESTIMATE }
