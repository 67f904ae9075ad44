package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.carillon.fact.Invalid;
import org.carillon.shop.ApiToken.Access;

/** Issues and revokes tokens. The secret leaves here once and is kept by nobody. */
@ApplicationScoped @Transactional
public class TokenDesk {

    /** How every token begins, so that scanners for leaked secrets can find it. */
    static final String MARK = "carillon_";
    /** Sources that mean ourselves. */
    private static final Set<String> RESERVED = Set.of("page", "system", "carillon");

    private final ApiTokens tokens;

    protected TokenDesk() { this(null); }

    @Inject
    public TokenDesk(ApiTokens tokens) { this.tokens = tokens; }

    /**
     * For somebody who may read all that the token will read (SEC-13): an operator would otherwise read by REST what no page shows them.
     *
     * @param source name of the calling system: 2 to 32 of a-z, 0-9 and hyphen; several tokens may share it
     * @param scope  everything, or at least one location
     * @param expiresAt null: until revoked
     * @return the whole token, for the only time
     */
    public String issue(String source, Access access, Scope scope, Instant expiresAt, Person by, Instant now) {
        if (!by.role().issuesTokens()) {
            throw new Invalid(null, "token.role");
        }
        String name = source == null ? "" : source.strip().toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9][a-z0-9-]{1,31}")) {
            throw new Invalid("source", "token.source");
        }
        if (RESERVED.contains(name)) {
            throw new Invalid("source", "token.reserved", name);
        }
        if (access == null) {
            throw new Invalid("access", "token.access");
        }
        if (!scope.all() && scope.locations().isEmpty()) {
            throw new Invalid("locations", "token.locations");
        }
        if (!by.scope().covers(scope)) {
            throw new Invalid("locations", "token.foreign");
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new Invalid("expires", "token.past");
        }
        String token = MARK + Secret.make();
        tokens.add(name, token.substring(0, MARK.length() + 6), Secret.hash(token), access, scope, expiresAt, now, by.actor().name());
        return token;
    }

    public void revoke(long id, Instant now) { tokens.revoke(id, now); }
}
