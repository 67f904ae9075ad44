package org.carillon.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One e-mail that came to the mailbox of returns, as read.
 *
 * @param mark       the message of ours that it is about; empty where no genuine token says so
 * @param status     enhanced status code of a bounce, else empty
 * @param providerId its Message-ID, else empty
 * @param from       the writer's address in small letters, empty where it cannot be read
 * @param to         ours, as the letter has it
 * @param references Message-IDs of what it answers, without angle brackets
 * @param text       what the writer wrote, without what they quoted; of replies only
 */
public record Returned(Kind kind, Optional<Postmarks.Mark> mark, String status, String providerId, String from, String to, List<String> references, String text, Instant at) {

    public enum Kind {
        /** The address is no good: never again. */
        HARD,
        /** It did not arrive, for a reason that may pass. */
        SOFT,
        /** Somebody pressed "spam" (ARF). */
        COMPLAINT,
        /** Written to the address that an unsubscribe link names. */
        STOP,
        /** By a person. */
        REPLY,
        /** By a machine, and nothing to act upon: delays, successes, holidays, lists. Never answered (MSG-14). */
        AUTOMATIC
    }

    public Returned {
        text = text.replace("\0", "");
        providerId = providerId.replace("\0", "");
    }

    @Override
    public String toString() { return kind + " " + status; }  // SEC-25
}
