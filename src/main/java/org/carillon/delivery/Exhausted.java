package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Messages that failed after three attempts by a vague code, or by one that no table lists (REL-18, reliability.md 4.1): somebody must learn what the provider means. */
@ApplicationScoped
public class Exhausted {

    /** @param code the provider's, of the last attempt; may be empty */
    public record Vague(String route, String code, long messages) { }

    private final Jdbi jdbi;

    protected Exhausted() { this(null); }

    @Inject
    public Exhausted(Jdbi jdbi) { this.jdbi = jdbi; }

    /** What failed so since then, by route and code. */
    public List<Vague> since(Instant since) {
        return jdbi.withHandle(h -> h.createQuery("""
            select l.route, coalesce(l.code, '') as code, count(*) as messages from message_event e
              join lateral (select o.route, o.code, o.verdict from attempt_outcome o where o.message_id = e.message_id
                order by o.claim_seq desc, o.verdict = 'TEMPORARY_FEW' desc limit 1) l on l.verdict = 'TEMPORARY_FEW'
             where e.to_state = 'FAILED' and e.reason = 'ATTEMPTS_EXHAUSTED' and e.at > :since
               and (select count(distinct v.claim_seq) from attempt_outcome v where v.message_id = e.message_id and v.verdict = 'TEMPORARY_FEW') >= :few
             group by 1, 2 order by 1, 2""")
            .bind("since", since).bind("few", Judgement.FEW).map(ConstructorMapper.of(Vague.class)).list());
    }
}
