package org.carillon.audience;

/** One rule: a field of the catalogue, by its code, compared with a value. */
public record Comparison(String field, Operator operator, Value value) { }
