package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carillon.fact.Purpose;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What an outage left behind and is held until a person decides (REL-49). */
@ApplicationScoped
public class Backlog {

    /**
     * @param since      when it was held
     * @param releasedAt null while nothing is let go
     * @param held       how many in the scope are still held
     */
    public record Standing(Instant since, Instant releasedAt, String releasedBy, long held, List<Share> shares) {

        public boolean releasing() { return releasedAt != null; }
    }

    /** @param oldest when the first of them should have left */
    public record Share(Purpose purpose, long locationId, String location, String zone, long count, Instant oldest) { }

    private record Gate(Instant since, Instant releasedAt, String releasedBy) { }

    private static final String SHARES = """
        select b.purpose, l.id location_id, l.name location, l.zone, sum(b.n)::bigint count, min(b.oldest) oldest from (
          select t.purpose, p.location_id, count(*) n, min(p.due_at) oldest from planned_notification p join automation a on a.id = p.automation_id join template t on t.id = a.template_id
            where p.state = 'HELD' and p.reason = 'BACKLOG' group by 1, 2
          union all select m.purpose, d.location_id, count(*), min(d.next_attempt_at) from message_due d join message m on m.id = d.message_id
            where d.state = 'HELD' and d.reason = 'BACKLOG' group by 1, 2) b
        join location l on l.id = b.location_id where (:all or l.id = any(:locations)) group by 1, 2, 3, 4 order by count desc, l.name, b.purpose""";

    private final Jdbi jdbi;

    protected Backlog() { this(null); }

    @Inject
    public Backlog(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Empty where nothing in the scope is held. */
    public Optional<Standing> standing(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select since, released_at, released_by from backlog_gate where since is not null").map(ConstructorMapper.of(Gate.class)).findOne()
            .map(gate -> {
                List<Share> shares = h.createQuery(SHARES).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Share.class)).list();
                return new Standing(gate.since(), gate.releasedAt(), gate.releasedBy(), shares.stream().mapToLong(Share::count).sum(), shares);
            }).filter(standing -> standing.held() > 0));
    }
}
