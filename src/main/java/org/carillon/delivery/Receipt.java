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
 */
public record Receipt(String route, String providerId, Integer userRef, String recipient, State state, String code, Instant at, Instant submittedAt) {

    public Receipt(String route, String providerId, Integer userRef, String recipient, State state, String code, Instant at) {
        this(route, providerId, userRef, recipient, state, code, at, null);
    }

    public enum State { ACCEPTED, UNDELIVERED, EXPIRED, DELIVERED }
}
