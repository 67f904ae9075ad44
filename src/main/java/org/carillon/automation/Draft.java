package org.carillon.automation;

import java.util.Set;
import org.carillon.fact.Channel;

/**
 * An automation as a form states it.
 *
 * @param locationId null for the whole company, as what leads fire is (RO-39)
 * @param sendAnyway also when the order has left the status meanwhile
 * @param timing     delay and hours of an event; a reminder's are in its trigger
 * @param active     switched on
 */
public record Draft(Long id, Integer version, Long locationId, Trigger trigger, Set<Channel> channels, Timing timing, boolean sendAnyway,
                    Long templateId, boolean active) { }
