package org.carillon.automation;

/**
 * How long before a date (RO-30). Minutes and hours are elapsed time, days are calendar days at the same time on the wall (REL-44).
 *
 * @param intoOpeningHours a moment at which the location is closed is advanced to its last opening; else only quiet hours matter
 * @param sendLate         known only after its moment: sent at the next good one before the date, instead of not at all
 */
public record LeadTime(int amount, Timing.Unit unit, boolean intoOpeningHours, boolean sendLate) { }
