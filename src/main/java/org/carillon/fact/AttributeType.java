package org.carillon.fact;

/** What the values of an attribute are; a DATE has no time and no zone, a CHOICE is one of the codes that are listed. */
public enum AttributeType { TEXT, NUMBER, DATE, CHOICE }
