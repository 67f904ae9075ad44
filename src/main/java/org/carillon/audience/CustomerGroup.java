package org.carillon.audience;

import java.io.Serializable;

/**
 * Customers under a name: those who meet its rules and those added by hand, without those excluded by hand.
 *
 * @param ref      what rules name, for good
 * @param audience null for one without rules
 */
public record CustomerGroup(long id, String ref, String name, Audience audience, int version) {

    /** The field that asks for it. */
    public static final String FIELD = "customer.group";

    /** A customer who was put in, or kept out, by hand. */
    public record Manual(long customer, String name, Side side) implements Serializable { }

    public enum Side { IN, OUT }

    boolean names(String other) {
        return audience != null && audience.comparisons().anyMatch(c -> FIELD.equals(c.field()) && c.value() instanceof Value.Text text && text.text() != null && text.text().strip().equalsIgnoreCase(other));
    }
}
