package org.carillon.shop;

import java.time.Instant;

/**
 * A shop system's key to the REST interface, as lists show it; the secret itself is nowhere (SEC-17).
 *
 * @param source    whose references are meant: references are unique per source
 * @param prefix    the beginning of the secret, to tell tokens apart
 * @param expiresAt null: until revoked
 */
public record ApiToken(long id, String source, String prefix, Access access, Scope scope, Instant expiresAt, Instant createdAt, String createdBy,
                       Instant lastUsedAt, Instant revokedAt) {

    /** What a token may do; each includes the one before it. */
    public enum Access {
        READ, WRITE, ADMIN;

        public boolean includes(Access other) { return ordinal() >= other.ordinal(); }
    }

    public enum State { IN_FORCE, EXPIRED, REVOKED }

    public State state(Instant now) {
        return revokedAt != null ? State.REVOKED : expiresAt != null && !now.isBefore(expiresAt) ? State.EXPIRED : State.IN_FORCE;
    }
}
