package org.carillon.automation;

import org.carillon.audience.Audience;
import org.carillon.fact.EventType;

/** What wakes an automation. */
public sealed interface Trigger {

    /**
     * Something happened.
     *
     * @param status the status that must be reached, null for whatever it is ("changed to X" is this condition, RO-10)
     */
    record OnEvent(EventType type, String status) implements Trigger {

        public OnEvent {
            if (status != null && !type.isStatusChange()) {
                throw new IllegalArgumentException("only a change of status can be to a status");
            }
        }
    }

    /**
     * A date comes near.
     *
     * @param anchor code of the field that holds it
     */
    record AroundDate(String anchor, LeadTime lead) implements Trigger {

        /** When the order is due (RO-26). */
        public static final String ORDER_DUE = "order.due";
    }

    /** Somebody meets the rules when it is time to look. */
    record OnAudience(Audience audience, Schedule schedule) implements Trigger { }
}
