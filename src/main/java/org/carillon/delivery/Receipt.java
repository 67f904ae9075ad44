package org.carillon.delivery;

import java.time.Instant;

/**
 * A provider's word on what became of a message it had accepted (REL-23).
 *
 * @param providerId  in the form of the submit's answer: the gateway has turned decimal into hexadecimal or back where its route needs that
 * @param userRef     the echoed user_message_reference, null where the provider echoes none
 * @param recipient   E.164 where given, else empty
 * @param state       DELIVERED, UNDELIVERED, EXPIRED, or ACCEPTED where it is only on its way
 * @param code        the provider's error code as text, empty where none
 * @param at          when it came to that state; null where the provider does not say: then a state that comes again is the one that came before
 * @param submittedAt when the provider took the message, null where it does not say
 * @param traits      what else it tells of the message
 */
public record Receipt(String route, String providerId, Integer userRef, String recipient, State state, String code, Instant at, Instant submittedAt, Traits traits) {

    /**
     * What tells a message from others where the id is unknown (reliability.md 1.5).
     *
     * @param source    our address as the provider has it, else empty
     * @param usual     whether that is what the route gives messages without a sender of their own; null where it cannot be told
     * @param beginning the text's first characters, else empty
     */
    public record Traits(String source, Boolean usual, String beginning) {

        static final Traits NONE = new Traits("", null, "");

        @Override public String toString() { return "traits"; }
    }

    public Receipt(String route, String providerId, Integer userRef, String recipient, State state, String code, Instant at, Instant submittedAt) {
        this(route, providerId, userRef, recipient, state, code, at, submittedAt, Traits.NONE);
    }

    public Receipt(String route, String providerId, Integer userRef, String recipient, State state, String code, Instant at) {
        this(route, providerId, userRef, recipient, state, code, at, null);
    }

    public enum State { ACCEPTED, UNDELIVERED, EXPIRED, DELIVERED }
}
