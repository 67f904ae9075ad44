package org.carillon.template;

/** The alphabet of the route that a location's SMS take. Declared here for those who count, told by those who send. */
@FunctionalInterface
public interface Alphabets {

    /** @param location null: whoever has no location of their own */
    Alphabet of(Long location);
}
