package org.carillon.fact;

/** A way to reach a person. */
public enum Channel { SMS, EMAIL }
