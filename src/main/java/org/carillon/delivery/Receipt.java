package org.carillon.delivery;

import java.time.Instant;

/**
 * A provider's word on what became of a message it had accepted (REL-23).
 *
 * @param providerId in the form of the submit's answer: the gateway has turned decimal into hexadecimal or back where its route needs that
 * @param userRef    the echoed user_message_reference, null where the provider echoes none
 * @param recipient  E.164 where given, else empty
 * @param state      DELIVERED, UNDELIVERED, EXPIRED, or ACCEPTED where it is only on its way
 * @param code       the provider's error code as text, empty where none
 */
public record Receipt(String route, String providerId, Integer userRef, String recipient, State state, String code, Instant at) {

    public enum State { ACCEPTED, UNDELIVERED, EXPIRED, DELIVERED }
}
