package org.carillon.fact;

import java.util.List;
import java.util.Set;

/**
 * What a rule asks when it names a field: something of one object, or something that all objects of a customer give together. Expressions are
 * over alias x of the category's rows, of the customer over alias c; instants and days as the column has them, since only Java knows zones (REL-41).
 */
public sealed interface Asked {

    Category category();

    /**
     * Of the one object that is meant.
     *
     * @param sql     the value; with several, any of them may answer (A-15e)
     * @param entries what makes a matching object match anew, as text, for each of the values; empty where a change of this value is no new occasion
     * @param heard   the events by which one hears of it; what they record without messages is no news (src/adr/0039)
     */
    record Own(Category category, List<String> sql, List<String> entries, Set<EventType> heard) implements Asked {

        public Own {
            sql = List.copyOf(sql);
            entries = List.copyOf(entries);
            heard = Set.copyOf(heard);
        }

        /** What is known as soon as there is one. */
        public Own(Category category, String sql) { this(category, List.of(sql), List.of(), EventType.first(category.subject())); }
    }

    /**
     * The instant of the latest, or earliest, of a customer's objects.
     *
     * @param sql    the instant, never null where {@code among} holds
     * @param among  which objects count, over x and the parameter :now
     * @param latest else the earliest
     * @param heard  as of {@link Own}
     */
    record Extreme(Category category, String sql, String among, boolean latest, Set<EventType> heard) implements Asked {

        public Extreme {
            heard = Set.copyOf(heard);
        }
    }

    /** Whether a customer belongs to a set that is defined elsewhere, by its reference. */
    non-sealed interface Membership extends Asked { }

    /** How many of a customer's objects meet {@code among}. */
    record Count(Category category, String among) implements Asked { }
}
