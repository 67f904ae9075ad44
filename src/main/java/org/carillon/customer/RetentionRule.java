package org.carillon.customer;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * How long what is kept, in months (LAW-19).
 *
 * @param texts    what was written to customers and by them
 * @param contacts people who are kept for offers only, since their last contact
 * @param proofs   proof of consent, after the consent's end
 * @param stops    opt-outs with their address; after that as a hash only
 */
public record RetentionRule(int texts, int contacts, int proofs, int stops) implements java.io.Serializable {

    public static final RetentionRule USUAL = new RetentionRule(12, 36, 36, 36);

    /** What is let go, each kind for itself. LIFTED: opt-outs that ended. */
    public enum Kind { TEXTS, WRITTEN, CONTACTS, PROOFS, STOPS, LIFTED }

    public int months(Kind kind) {
        return switch (kind) {
            case TEXTS, WRITTEN -> texts;
            case CONTACTS -> contacts;
            case PROOFS -> proofs;
            case STOPS, LIFTED -> stops;
        };
    }

    /** What is older is due; calendar months, counted in UTC. */
    public Instant before(Kind kind, Instant now) { return now.atOffset(ZoneOffset.UTC).minusMonths(months(kind)).toInstant(); }

    /** The law wants proofs and opt-outs for three years, and nobody is forgotten within one; the rest is the company's. */
    boolean allowed() { return between(texts, 1) && between(contacts, 12) && between(proofs, 36) && between(stops, 36); }

    private static boolean between(int months, int least) { return months >= least && months <= 240; }
}
