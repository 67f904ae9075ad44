package org.carillon.automation;

import java.io.Serializable;
import java.util.List;

/**
 * What came of a bulk edit or of its undo.
 *
 * @param changed changed, deleted or created
 * @param same    that were so already; of copies, those that are there already
 */
public record BulkOutcome(String kind, int changed, int same, List<Refusal> refused) implements Serializable {

    /**
     * One that stays as it is, and why.
     *
     * @param what      null when it is not there any more, or not this person's to see (SEC-13)
     * @param key       of the words in {@code invalid}
     * @param arguments for them
     */
    public record Refusal(Named what, String key, List<Serializable> arguments) implements Serializable { }

    /**
     * An automation as people tell it from others.
     *
     * @param event null for a reminder
     * @param delay of a reminder, before the due date
     */
    public record Named(long id, String event, String statusFr, String statusEn, int delay, String unit, String location) implements Serializable {

        public boolean reminder() { return event == null; }

        public String statusName(String language) { return "en".equals(language) ? statusEn : statusFr; }
    }

    /** The last action of a person that can still be undone. */
    public record Last(long id, String kind, int changed, java.time.Instant doneAt) implements Serializable { }
}
