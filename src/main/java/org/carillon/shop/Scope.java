package org.carillon.shop;

import java.util.Set;

/**
 * The locations that a person or a token may see (SEC-13). Every query that touches data of a location takes it; in SQL:
 * {@code (:all or location_id = any(:locations))} with {@link #all} and {@link #ids}.
 */
public record Scope(boolean all, Set<Long> locations) implements java.io.Serializable {

    public Scope {
        locations = Set.copyOf(locations);
    }

    public static Scope everything() { return new Scope(true, Set.of()); }

    public static Scope nothing() { return new Scope(false, Set.of()); }

    public static Scope of(Set<Long> locations) { return new Scope(false, locations); }

    public boolean allows(long locationId) { return all || locations.contains(locationId); }

    /** Whether whoever has this scope may hand out the other one. */
    public boolean covers(Scope other) { return all || !other.all && locations.containsAll(other.locations); }

    /** This scope narrowed to one location, as a page does that shows the chosen one; null narrows nothing. */
    public Scope at(Long locationId) {
        return locationId == null ? this : allows(locationId) ? of(Set.of(locationId)) : nothing();
    }

    /** For {@code any(:locations)}; empty when {@link #all}. */
    public Long[] ids() { return locations.toArray(Long[]::new); }
}
