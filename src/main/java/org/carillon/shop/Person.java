package org.carillon.shop;

import org.carillon.fact.Actor;

/**
 * Who is signed in, as read from the database for this request.
 *
 * @param language   {@code fr}, {@code en}, or null when the browser decides
 * @param appearance how pages look to this person
 */
public record Person(long id, String email, String name, Role role, String language, Appearance appearance, Scope scope, int epoch) {

    public enum Appearance { SYSTEM, LIGHT, DARK }

    /** Who did it, for histories and feeds. */
    public Actor actor() { return Actor.staff(name, id); }
}
