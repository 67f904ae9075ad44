package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carillon.booking.StartTimes;
import org.carillon.fact.ApplicationClock;
import org.carillon.repair.DueDates;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Re-planning that is too large for the transaction of its change, as rows: requested with the change, worked off step by step by a job, each step
 * with its progress in one transaction. Until a step is done the revisions keep what is outdated from leaving (REL-47).
 */
@ApplicationScoped
public class Replanning {

    /** The PostgreSQL channel that tells nodes of a task; a hint only. */
    public static final String DUE = "carillon_replan";

    /** One step; {@code automationId} null is all that waits at the location. */
    public record Step(int position, Long automationId, long locationId) { }

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Replanner replanner;
    private final DueDates dueDates;
    private final StartTimes startTimes;

    protected Replanning() { this(null, null, null, null, null); }

    @Inject
    public Replanning(Jdbi jdbi, ApplicationClock clock, Replanner replanner, DueDates dueDates, StartTimes startTimes) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.replanner = replanner;
        this.dueDates = dueDates;
        this.startTimes = startTimes;
    }

    /** Stores a task in the transaction of the change. Automations and locations of the same index belong together. */
    static void request(Handle h, List<Long> automations, List<Long> locations, String actor, Instant now) {
        long task = h.createQuery("insert into replan_task (requested_at, actor, total) values (:now, :actor, :total) returning id")
            .bind("now", now).bind("actor", actor).bind("total", locations.size()).mapTo(Long.class).one();
        h.createUpdate("""
                with orders as (select location_id, count(*) n from work_order where location_id = any(:locations) and status_group in ('OPEN', 'READY') and due_local is not null group by 1),
                  plans as (select location_id, automation_id, count(*) n from planned_notification where location_id = any(:locations) and state in ('PLANNED', 'HELD') group by 1, 2),
                  all_plans as (select location_id, sum(n) n from plans group by 1)
                insert into replan_step (task_id, position, automation_id, location_id, size) select :task, s.n, s.a, s.l, coalesce(case when a.trigger_kind = 'AROUND_DATE' then o.n
                  when s.a is null then e.n else p.n end, 0)
                from unnest(:automations, :locations) with ordinality s (a, l, n) left join automation a on a.id = s.a left join orders o on o.location_id = s.l
                  left join plans p on p.location_id = s.l and p.automation_id = s.a left join all_plans e on e.location_id = s.l""")
            .bind("task", task).bindArray("automations", Long.class, automations).bindArray("locations", Long.class, locations).execute();
        h.execute("select pg_notify('" + DUE + "', '')");
    }

    /**
     * After an update of the time zone data: what waits keeps its wall time, so its instants are derived anew (REL-42). A node with older data than
     * what is planned leaves it alone. Returns at how many locations.
     */
    @Transactional(TxType.REQUIRES_NEW)
    public int followZoneData() {
        return jdbi.withHandle(h -> {
            Map<Long, ZoneId> zones = new TreeMap<>();
            h.createQuery("select id, zone from location l where exists (select from planned_notification p where p.location_id = l.id and p.state in ('PLANNED', 'HELD') "
                + "and p.tz_version < :tz)").bind("tz", Planner.TZ_VERSION).map((r, x) -> zones.put(r.getLong(1), ZoneId.of(r.getString(2)))).list();
            zones.forEach(dueDates::derive);
            zones.forEach(startTimes::derive);
            if (!zones.isEmpty()) {
                request(h, Collections.nCopies(zones.size(), null), List.copyOf(zones.keySet()), "carillon", clock.now());
            }
            return zones.size();
        });
    }

    /** Takes a task that nobody works on, or whose node is dead. Empty when there is none. */
    @Transactional(TxType.REQUIRES_NEW)
    public Optional<Long> claim(String node, long epoch, long deadAfterMillis) {
        return jdbi.withHandle(h -> h.createQuery("""
            update replan_task set state = 'RUNNING', owner_node = :node, owner_epoch = :epoch where id = (
              select t.id from replan_task t where t.state = 'REQUESTED' or t.state = 'RUNNING' and not exists (select from node n where n.id = t.owner_node
                and n.epoch = t.owner_epoch and n.stopped_at is null and n.heartbeat_at > clock_timestamp() - :dead * interval '1 ms')
              order by t.id limit 1 for update skip locked) returning id""")
            .bind("node", node).bind("epoch", epoch).bind("dead", deadAfterMillis).mapTo(Long.class).findOne());
    }

    /** The steps that are still to be done. */
    @Transactional(TxType.REQUIRES_NEW)
    public List<Step> remaining(long task) {
        return jdbi.withHandle(h -> h.createQuery("select position, automation_id, location_id from replan_step where task_id = :task and done_at is null order by position")
            .bind("task", task).map(ConstructorMapper.of(Step.class)).list());
    }

    /** Does one step and records it. */
    @Transactional(TxType.REQUIRES_NEW)
    public void run(long task, Step step) {
        jdbi.useHandle(h -> {
            int changed = replanner.step(h, step, clock.now());
            h.createUpdate("update replan_step set done_at = :now where task_id = :task and position = :position").bind("now", clock.now()).bind("task", task)
                .bind("position", step.position()).execute();
            h.createUpdate("update replan_task set changed = changed + :changed where id = :task").bind("changed", changed).bind("task", task).execute();
        });
    }

    /** For any node to go on with: what is done stays done. */
    @Transactional(TxType.REQUIRES_NEW)
    public void giveBack(long task) {
        jdbi.useHandle(h -> h.execute("update replan_task set state = 'REQUESTED', owner_node = null, owner_epoch = null where id = ? and state = 'RUNNING'", task));
    }

    /** @param error null where all went well */
    @Transactional(TxType.REQUIRES_NEW)
    public void finish(long task, String error) {
        jdbi.useHandle(h -> h.createUpdate("update replan_task set state = :state, finished_at = :now, error = :error where id = :task")
            .bind("state", error == null ? "DONE" : "FAILED").bind("now", clock.now()).bind("error", error).bind("task", task).execute());
    }
}
