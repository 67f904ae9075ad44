package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.carillon.fact.ApplicationClock;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Jdbi;

/**
 * What calls under an {@code Idempotency-Key} came to (REL-03). A key is claimed before the work, for all nodes to see, and answered in the transaction
 * of the work: a node that dies between leaves a claim that runs out, and no effect without its answer.
 */
@ApplicationScoped
public class IdempotencyKeys {

    /** What is known of a key: {@code claim} where this call is the first and may do the work; else its status and body; null where the first still runs. */
    public record Known(UUID claim, boolean same, Integer status, String body) {

        public boolean fresh() { return claim != null; }
    }

    /** No call takes as long; after it the node that had it is thought to be dead. */
    static final Duration LONGEST_CALL = Duration.ofMinutes(5);
    private static final Duration LEAST = Duration.ofHours(24);

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Duration keep;

    protected IdempotencyKeys() { this(null, null, LEAST); }

    /** {@code carillon.api.replay}: how long an answer is kept, P7D where not set and a day at least. */
    @Inject
    public IdempotencyKeys(Jdbi jdbi, ApplicationClock clock, Config config) {
        this(jdbi, clock, config.getOptionalValue("carillon.api.replay", String.class).map(Duration::parse).orElse(Duration.ofDays(7)));
    }

    IdempotencyKeys(Jdbi jdbi, ApplicationClock clock, Duration keep) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.keep = keep.compareTo(LEAST) < 0 ? LEAST : keep;
    }

    /** Committed at once. @param hash of everything that makes the call what it is */
    @Transactional(TxType.REQUIRES_NEW)
    public Known claim(String source, String key, byte[] hash) {
        Instant now = clock.now();
        UUID claim = UUID.randomUUID();
        return jdbi.withHandle(h -> {
            boolean mine = h.createUpdate("""
                insert into inbox_event as e (source, idem_key, request_hash, claim, claimed_until, received_at) values (:source, :key, :hash, :claim, :until, :now)
                on conflict (source, idem_key) do update set request_hash = excluded.request_hash, claim = excluded.claim, claimed_until = excluded.claimed_until,
                  received_at = excluded.received_at, response_status = null, response_body = null
                where case when e.response_status is null then e.claimed_until <= :now else e.received_at < :old end""").bind("source", source).bind("key", key).bind("hash", hash)
                .bind("claim", claim).bind("until", now.plus(LONGEST_CALL)).bind("now", now).bind("old", now.minus(keep)).execute() == 1;
            if (mine) {
                return new Known(claim, true, null, null);
            }
            Optional<Known> other = h.createQuery("select request_hash = :hash, response_status, response_body from inbox_event where source = :source and idem_key = :key")
                .bind("hash", hash).bind("source", source).bind("key", key).map((r, x) -> new Known(null, r.getBoolean(1), (Integer) r.getObject(2), r.getString(3))).findOne();
            return other.orElse(new Known(null, true, null, null));  // just refused and gone: to be asked again as if it still ran
        });
    }

    /** In the transaction of the work. False where the claim ran out and another call has it: what this one did must not stand. */
    @Transactional
    public boolean answer(String source, String key, UUID claim, int status, String body) {
        return jdbi.withHandle(h -> h.createUpdate("update inbox_event set response_status = :status, response_body = :body where source = :source and idem_key = :key and claim = :claim "
            + "and response_status is null").bind("status", status).bind("body", body).bind("source", source).bind("key", key).bind("claim", claim).execute() == 1);
    }

    /** The call was refused or failed: the key is as good as new. */
    @Transactional(TxType.REQUIRES_NEW)
    public void drop(String source, String key, UUID claim) {
        jdbi.useHandle(h -> h.execute("delete from inbox_event where source = ? and idem_key = ? and claim = ? and response_status is null", source, key, claim));
    }

    /** Lets go what is older than answers are kept. */
    @Transactional(TxType.REQUIRES_NEW)
    public int forget() {
        Instant now = clock.now();
        return jdbi.withHandle(h -> h.createUpdate("delete from inbox_event where received_at < :old and (response_status is not null or claimed_until <= :now)")
            .bind("old", now.minus(keep)).bind("now", now).execute());
    }
}
