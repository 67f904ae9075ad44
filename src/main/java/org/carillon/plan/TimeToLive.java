package org.carillon.plan;

import java.time.Duration;

/** How long a message is worth sending, counted from its resolved send time (REL-50). */
public final class TimeToLive {

    /** Created, status changed, due date moved. */
    public static final Duration ORDER_EVENT = Duration.ofHours(12);

    private TimeToLive() { }
}
