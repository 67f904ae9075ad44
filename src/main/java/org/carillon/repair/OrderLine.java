package org.carillon.repair;

import java.math.BigDecimal;

/** A line of an order: what was done or sold, its category and its amount in the location's currency. */
public record OrderLine(String item, String category, BigDecimal amount) { }
