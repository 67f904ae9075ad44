package org.carillon.fact;

/** DATE and TIME are read from ISO text local to the location; MONEY is in the location's currency; NUMBER is any other. */
public enum FieldType { TEXT, DATE, TIME, MONEY, NUMBER }
