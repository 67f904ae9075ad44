package org.carillon.shop;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody who works here. Invited first (no password), then present, perhaps disabled; never deleted, because histories name them.
 *
 * @param invited  whether an unused invitation is open, expired or not
 * @param reference what shop systems call them (KI-28); empty where they do not
 * @param enrolled whether a password was ever set
 */
public record Staff(long id, String email, String name, String reference, Role role, Set<Long> locations, boolean active, boolean enrolled, boolean invited,
                    Instant lastSignInAt, int version) {

    public enum State { PRESENT, INVITED, DISABLED }

    public State state() { return !active ? State.DISABLED : enrolled ? State.PRESENT : State.INVITED; }
}
