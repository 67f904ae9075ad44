package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.carillon.delivery.Overdue;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.shop.Person;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a person decides about the backlog that is held (REL-49): let it go in rations, stop that, or give up a part of it. */
@ApplicationScoped @Transactional
public class BacklogDesk {

    /** A part of what is held; null is any. Due before: when it should have left. */
    public record Filter(Purpose purpose, Long locationId, Instant dueBefore) implements java.io.Serializable {

        public static final Filter ALL = new Filter(null, null, null);

        /** On {@code purpose}, {@code location_id} and {@code due} as the caller calls them. */
        String sql(String purposeColumn, String locationColumn, String dueColumn) {
            return (purpose == null ? "true" : purposeColumn + " = :purpose") + (locationId == null ? "" : " and " + locationColumn + " = :location")
                + (dueBefore == null ? "" : " and " + dueColumn + " < :before");
        }

        Map<String, Object> values() {
            Map<String, Object> values = new HashMap<>();
            if (purpose != null) {
                values.put("purpose", purpose);
            }
            if (locationId != null) {
                values.put("location", locationId);
            }
            if (dueBefore != null) {
                values.put("before", dueBefore);
            }
            return values;
        }
    }

    private static final String PLANS = "p.state = 'HELD' and p.reason = 'BACKLOG' and a.id = p.automation_id and t.id = a.template_id and ";

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Overdue messages;

    protected BacklogDesk() { this(null, null, null); }

    @Inject
    public BacklogDesk(Jdbi jdbi, ApplicationClock clock, Overdue messages) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.messages = messages;
    }

    /** From now on it leaves, at most at a quarter of the routes' rates, each judged once more. */
    public void release(Person by) {
        jdbi.useHandle(h -> {
            decide(h, by);
            h.createUpdate("update backlog_gate set released_at = coalesce(released_at, :now), released_by = :by where since is not null").bind("now", clock.now())
                .bind("by", by.actor().name()).execute();
            note(h, clock.now(), by.actor().name(), "RELEASED", held(h), Filter.ALL);
            h.execute("select pg_notify('carillon_plan', '')");
        });
    }

    /** What has not left yet waits again. */
    public void stop(Person by) {
        jdbi.useHandle(h -> {
            decide(h, by);
            h.execute("update backlog_gate set released_at = null, released_by = null");
            note(h, clock.now(), by.actor().name(), "STOPPED", held(h), Filter.ALL);
        });
    }

    /** Gives up this part of what is held, for good; returns how many. */
    public long discard(Filter filter, Person by) {
        return jdbi.withHandle(h -> {
            decide(h, by);
            Instant now = clock.now();
            long given = h.createUpdate("update planned_notification p set state = 'SKIPPED', reason = 'BACKLOG_DISCARDED', changed_at = :now from automation a, template t where "
                    + PLANS + filter.sql("t.purpose", "p.location_id", "p.due_at")).bindMap(filter.values()).bind("now", now).execute()
                + messages.discard(h, filter.sql("m.purpose", "d.location_id", "d.next_attempt_at"), filter.values(), by.actor().name(), now);
            note(h, now, by.actor().name(), "DISCARDED", given, filter);
            return given;
        });
    }

    /** How many a filter meets now. */
    public long count(Filter filter) {
        return jdbi.withHandle(h -> h.createQuery("select (select count(*) from planned_notification p, automation a, template t where " + PLANS
                + filter.sql("t.purpose", "p.location_id", "p.due_at") + ") + (select count(*) from message_due d join message m on m.id = d.message_id where d.state = 'HELD' "
                + "and d.reason = 'BACKLOG' and " + filter.sql("m.purpose", "d.location_id", "d.next_attempt_at") + ")").bindMap(filter.values()).mapTo(Long.class).one());
    }

    /** One decision at a time, and none beside a node that is letting go. */
    private static void decide(Handle h, Person by) {
        if (!by.role().decidesOnBacklog()) {
            throw new Invalid(null, "backlog.role");
        }
        h.createQuery("select since from backlog_gate for update").mapTo(Instant.class).list();
    }

    private static long held(Handle h) {
        return h.createQuery("select (select count(*) from planned_notification where state = 'HELD' and reason = 'BACKLOG') "
            + "+ (select count(*) from message_due where state = 'HELD' and reason = 'BACKLOG')").mapTo(Long.class).one();
    }

    static void note(Handle h, Instant now, String actor, String action, long amount, Filter filter) {
        h.createUpdate("insert into backlog_action (at, actor, action, amount, purpose, location_id, due_before) values (:now, :actor, :action, :amount, :purpose, :location, :before)")
            .bind("now", now).bind("actor", actor).bind("action", action).bind("amount", amount).bind("purpose", filter.purpose()).bind("location", filter.locationId())
            .bind("before", filter.dueBefore()).execute();
    }
}
