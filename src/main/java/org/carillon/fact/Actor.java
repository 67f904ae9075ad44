package org.carillon.fact;

/**
 * Who does something.
 *
 * @param name    shown in feeds and kept in ledgers: a person's name, or {@code api:SOURCE}
 * @param source  whose references are meant: {@code page} or the token's source (references are unique per source)
 * @param staffId which person it is, two may share a name; null where nobody is signed in
 */
public record Actor(String name, String source, Long staffId) {

    public Actor(String name, String source) { this(name, source, null); }

    public static Actor staff(String name) { return new Actor(name, "page"); }

    public static Actor staff(String name, long id) { return new Actor(name, "page", id); }

    public static Actor system(String source) { return new Actor("api:" + source, source); }

    /** The same for one and the same, different for two. */
    public String key() { return staffId == null ? source + ":" + name : "staff:" + staffId; }
}
