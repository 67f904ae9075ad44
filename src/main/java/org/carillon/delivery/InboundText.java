package org.carillon.delivery;

import java.time.Instant;

/**
 * A text, or a piece of one, that a customer wrote, as a gateway received it.
 *
 * @param providerId the provider's own number of it, null where it gives none
 * @param from       as the provider gives it, with a leading + where it says that the number is international
 * @param to         ours, likewise
 * @param piece      null for a text that came whole
 */
public record InboundText(String route, String providerId, String from, String to, String text, Piece piece, Instant at) {

    /** @param ref what all pieces of one text share; {@code number} from 1 to {@code total} */
    public record Piece(int ref, int total, int number) { }

    public InboundText {
        text = text.replace("\0", "");  // PostgreSQL's text knows no NUL
    }

    /** The whole text, once all its pieces are there. */
    public InboundText whole(String text) { return new InboundText(route, providerId, from, to, text, null, at); }

    @Override
    public String toString() { return "a text by " + route; }  // SEC-25
}
