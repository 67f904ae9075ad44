package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Re-planning that goes on behind a change: what, for whom, how far. A few rows, read by primary key and the index of what is open. */
@ApplicationScoped
public class ReplanProgress {

    /** More than a few at once are not shown. */
    private static final int MOST = 3;

    /**
     * @param actor       who changed what is planned anew
     * @param size        open orders with a due date, or waiting messages, that the work is about; {@code done} of them in steps that are done
     * @param automations how many notifications; none where a whole location is planned anew
     * @param template    of the only one, with {@code reminder}, {@code delay} and {@code unit}
     * @param location    of the only one, null for several
     */
    public record Task(long id, String actor, Instant requestedAt, long size, long done, int automations, int locations, String template, boolean reminder, int delay, String unit,
                       String event, @Nested("s") Words status, String location) {

        public int percent() { return size == 0 ? 0 : (int) (done * 100 / size); }
    }

    private final Jdbi jdbi;

    protected ReplanProgress() { this(null); }

    @Inject
    public ReplanProgress(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Oldest first; of those that touch a location of the scope. */
    public List<Task> open(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("""
            select w.*, t.name template, coalesce(a.trigger_kind = 'AROUND_DATE', false) reminder, coalesce(a.delay_n, 0) delay, coalesce(a.delay_unit, 'MINUTES') unit,
                   a.event_type event, coalesce(s.name_fr, q.name_fr) s_fr, coalesce(s.name_en, q.name_en) s_en, l.name location
              from (select k.id, k.actor, k.requested_at, coalesce(sum(p.size), 0) size, coalesce(sum(p.size) filter (where p.done_at is not null), 0) done,
                      count(distinct p.automation_id)::int automations, count(distinct p.location_id)::int locations, min(p.automation_id) automation_id, min(p.location_id) location_id
                      from replan_task k join replan_step p on p.task_id = k.id where k.state in ('REQUESTED', 'RUNNING')
                       and (:all or exists (select from replan_step m where m.task_id = k.id and m.location_id = any(:mine)))
                     group by k.id order by k.id limit :most) w
              left join automation a on w.automations = 1 and a.id = w.automation_id left join template t on t.id = a.template_id
              left join order_status s on s.code = a.order_status left join lead_status q on q.code = a.lead_status
              left join location l on w.locations = 1 and l.id = w.location_id order by w.id""")
            .bind("all", scope.all()).bind("mine", scope.ids()).bind("most", MOST).map(ConstructorMapper.of(Task.class)).list());
    }
}
