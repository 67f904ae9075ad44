package org.carillon.fact;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to a subject, as the aggregate reports it.
 *
 * @param status the subject's status code after the event, null where it has none
 * @param silent recorded without messages (reason SILENT)
 * @param hushed whether somebody asked for that; else it is history
 * @param data   facts for the feed, such as {@code from}, {@code to}, {@code due}; never evaluated
 */
public record BusinessEvent(EventType type, Subject subject, long locationId, Long customerId, Instant at, String actor, boolean silent, boolean hushed,
                            String status, Map<String, String> data) {

    /** Silent only where somebody asked for it. */
    public BusinessEvent(EventType type, Subject subject, long locationId, Long customerId, Instant at, String actor, boolean silent, String status, Map<String, String> data) {
        this(type, subject, locationId, customerId, at, actor, silent, silent, status, data);
    }
}
