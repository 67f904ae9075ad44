package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.shop.ApiToken.Access;
import org.jdbi.v3.core.Jdbi;

/** The rows of tokens. Asked on every call and never cached: what is revoked here is revoked on every node (SEC-17). */
@ApplicationScoped
public class ApiTokens {

    private static final String SELECT = "select t.*, array(select location_id from api_token_location l where l.token_id = t.id) as places from api_token t ";

    private final Jdbi jdbi;

    protected ApiTokens() { this(null); }

    @Inject
    public ApiTokens(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Whose token it is, when it is in force; notes its use, at most once a minute. */
    public Optional<TokenIdentity> authenticate(String bearer, Instant now) {
        if (bearer == null || !bearer.startsWith(TokenDesk.MARK)) {
            return Optional.empty();
        }
        return jdbi.withHandle(h -> {
            Optional<ApiToken> token = h.createQuery(SELECT + "where token_hash = :hash and revoked_at is null and (expires_at is null or expires_at > :now)")
                .bind("hash", Secret.hash(bearer)).bind("now", now).map((row, ctx) -> token(row)).findOne();
            token.ifPresent(found -> h.createUpdate("update api_token set last_used_at = :now where id = :id and (last_used_at is null or last_used_at + interval '1 minute' < :now)")
                .bind("id", found.id()).bind("now", now).bind("stale", now.minusSeconds(60)).execute());
            return token.map(found -> new TokenIdentity(found.id(), found.source(), found.access(), found.scope()));
        });
    }

    public List<ApiToken> all() { return jdbi.withHandle(h -> h.createQuery(SELECT + "order by revoked_at is not null, source, id").map((row, ctx) -> token(row)).list()); }

    long add(String source, String prefix, byte[] hash, Access access, Scope scope, Instant expiresAt, Instant now, String by) {
        return jdbi.withHandle(h -> {
            long id = h.createQuery("insert into api_token (source, prefix, token_hash, scope, all_places, expires_at, created_at, created_by) "
                    + "values (:source, :prefix, :hash, :access, :all, :expires, :now, :by) returning id")
                .bind("source", source).bind("prefix", prefix).bind("hash", hash).bind("access", access).bind("all", scope.all()).bind("expires", expiresAt)
                .bind("now", now).bind("by", by).mapTo(Long.class).one();
            h.createUpdate("insert into api_token_location select :id, unnest(:locations)").bind("id", id).bind("locations", scope.ids()).execute();
            return id;
        });
    }

    void revoke(long id, Instant now) {
        jdbi.useHandle(h -> h.createUpdate("update api_token set revoked_at = :now where id = :id and revoked_at is null").bind("id", id).bind("now", now).execute());
    }

    private static ApiToken token(ResultSet row) throws SQLException {
        Scope scope = row.getBoolean("all_places") ? Scope.everything() : Scope.of(Set.copyOf(Arrays.asList((Long[]) row.getArray("places").getArray())));
        return new ApiToken(row.getLong("id"), row.getString("source"), row.getString("prefix"), Access.valueOf(row.getString("scope")), scope,
            instant(row, "expires_at"), instant(row, "created_at"), row.getString("created_by"), instant(row, "last_used_at"), instant(row, "revoked_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
