package org.carillon.plan;

import java.time.Instant;
import java.util.Optional;
import org.carillon.fact.Reason;

/** When something is to be sent, or why there is no such moment. */
public sealed interface SendTime {

    /** @param windowEnd end of the opening window that {@code due} lies in, empty where hours do not matter */
    record At(Instant due, Optional<Instant> windowEnd) implements SendTime { }

    record Missed(Reason reason) implements SendTime { }

    /** @param field the field without which no moment can be told */
    record Undatable(String field) implements SendTime { }
}
