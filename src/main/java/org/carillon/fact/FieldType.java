package org.carillon.fact;

/**
 * In texts, DATE and TIME are read from ISO text local to the location; MONEY is in the location's currency, NUMBER is any other. In rules, INSTANT is a point in time,
 * DATE a day without time, CODE one of a list (TEXT and CODE compare without case and accents, A-09), PHONE numbers of which any may answer, compared by their digits
 * with or without the country's, COUNT a number of objects.
 */
public enum FieldType { TEXT, CODE, DATE, TIME, INSTANT, MONEY, NUMBER, COUNT, PHONE }
