package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carillon.fact.ApplicationClock;
import org.carillon.report.Backlog.Share;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What waits while everything is held after a restore (REL-29). */
@ApplicationScoped
public class RestoreFigures {

    /**
     * @param due    what would leave at once if it were let go
     * @param later  what is planned for later, and waits only if this lasts
     */
    public record Standing(Instant since, String cause, long due, long later, List<Share> shares) { }

    private record Gate(Instant since, String cause) { }

    private static final String DUE = """
        select b.purpose, l.id location_id, l.name location, l.zone, sum(b.n)::bigint count, min(b.oldest) oldest from (
          select t.purpose, p.location_id, count(*) n, min(p.due_at) oldest from planned_notification p join automation a on a.id = p.automation_id join template t on t.id = a.template_id
            where p.state = 'PLANNED' and p.due_at <= :now and p.expires_at > :now group by 1, 2
          union all select m.purpose, d.location_id, count(*), min(d.next_attempt_at) from message_due d join message m on m.id = d.message_id
            where d.state in ('QUEUED', 'RETRY_WAIT', 'CLAIMED', 'UNKNOWN') and (d.next_attempt_at <= :now or d.state in ('CLAIMED', 'UNKNOWN')) and d.expires_at > :now group by 1, 2) b
        join location l on l.id = b.location_id where (:all or l.id = any(:locations)) group by 1, 2, 3, 4 order by count desc, l.name, b.purpose""";
    private static final String LATER = "select count(*) from planned_notification where state = 'PLANNED' and due_at > :now and (:all or location_id = any(:locations))";

    private final Jdbi jdbi;
    private final ApplicationClock clock;

    protected RestoreFigures() { this(null, null); }

    @Inject
    public RestoreFigures(Jdbi jdbi, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** When it was held; empty where nothing is. */
    public Optional<Instant> since() { return jdbi.withHandle(h -> h.createQuery("select since from restore_gate where since is not null").mapTo(Timestamp.class).findOne().map(Timestamp::toInstant)); }

    /** Empty where nothing is held. */
    public Optional<Standing> standing(Scope scope) {
        Instant now = clock.now();
        return jdbi.withHandle(h -> h.createQuery("select since, cause from restore_gate where since is not null").map(ConstructorMapper.of(Gate.class)).findOne().map(gate -> {
            List<Share> shares = h.createQuery(DUE).bind("now", now).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Share.class)).list();
            long later = h.createQuery(LATER).bind("now", now).bind("all", scope.all()).bind("locations", scope.ids()).mapTo(Long.class).one();
            return new Standing(gate.since(), gate.cause(), shares.stream().mapToLong(Share::count).sum(), later, shares);
        }));
    }
}
