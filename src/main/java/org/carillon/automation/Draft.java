package org.carillon.automation;

import java.time.Duration;
import java.util.Set;
import org.carillon.fact.Channel;
import org.carillon.fact.Given;

/**
 * An automation as a form states it.
 *
 * @param locationId null for the whole company, as what leads fire is (RO-39)
 * @param sendAnyway also when the order has left the status meanwhile
 * @param timing     delay and hours of an event; a reminder's are in its trigger
 * @param timeToLive how long its messages are worth sending, from their send time; null for the usual time, absent leaves what stands (REL-50)
 * @param active     switched on
 */
public record Draft(Long id, Integer version, Long locationId, Trigger trigger, Set<Channel> channels, Timing timing, boolean sendAnyway,
                    Long templateId, Given<Duration> timeToLive, boolean active) {

    /** One that says nothing of the time to live. */
    public Draft(Long id, Integer version, Long locationId, Trigger trigger, Set<Channel> channels, Timing timing, boolean sendAnyway, Long templateId, boolean active) {
        this(id, version, locationId, trigger, channels, timing, sendAnyway, templateId, Given.absent(), active);
    }
}
