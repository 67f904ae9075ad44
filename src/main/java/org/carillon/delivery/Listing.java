package org.carillon.delivery;

import java.time.Instant;
import java.util.List;

/** A provider that tells what it was given: what it has cannot have been lost, and what it has not was not taken (reliability.md 1.5). */
public interface Listing {

    /** A message that the provider has. */
    record Listed(String providerId, String text) {

        @Override public String toString() { return "listed " + providerId; }  // SEC-25
    }

    /** The provider did not tell. */
    final class Unlisted extends Exception {

        private static final long serialVersionUID = 1L;
        private final boolean passing;

        /** @param passing it may tell later; else it never will */
        public Unlisted(String message, boolean passing) {
            super(message);
            this.passing = passing;
        }

        public boolean passing() { return passing; }
    }

    /** Everything that was handed in for this recipient at or after an instant, perhaps a little more. Blocks for some seconds: never inside a transaction. */
    List<Listed> since(String recipient, Instant since) throws Unlisted;
}
