package org.carillon.fact;

/**
 * Who does something.
 *
 * @param name   shown in feeds and kept in ledgers: a person's name, or {@code api:SOURCE}
 * @param source whose references are meant: {@code page} or the token's source (references are unique per source)
 */
public record Actor(String name, String source) {

    public static Actor staff(String name) { return new Actor(name, "page"); }

    public static Actor system(String source) { return new Actor("api:" + source, source); }
}
