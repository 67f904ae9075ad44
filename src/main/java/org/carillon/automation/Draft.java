package org.carillon.automation;

import java.util.Set;
import org.carillon.fact.Channel;

/**
 * An automation as a form states it.
 *
 * @param sendAnyway also when the order has left the status meanwhile
 * @param active     switched on
 */
public record Draft(Long id, Integer version, long locationId, Trigger.OnEvent trigger, Set<Channel> channels, Timing timing, boolean sendAnyway,
                    Long templateId, boolean active) { }
