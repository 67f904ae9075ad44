package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What will be sent, when and why; and what will not, with its reason. */
@ApplicationScoped
public class PlannedList {

    /**
     * @param at      when it is due; of one that will not leave, when that was decided
     * @param trigger type of the event that called for it ({@code due.UNIT} for a reminder), with {@code to} the status that was reached, where it is about one
     */
    public record Row(long id, Instant at, Instant dueAt, String zone, String location, long customerId, String customer, String channel, String name, String trigger,
                      @Nested("s") Words to, int delay, String unit, boolean openingHoursOnly, String state, String reason, String detail, Long orderId, String number, Long leadId, Long appointmentId) {

        public Look look() { return Look.ofPlan(state); }

        /** Where what it is about is shown, below the context; of what has no page of its own, such as a sale, the customer. */
        public String page() {
            return orderId != null ? "/order/view.xhtml?id=" + orderId : leadId != null ? "/lead/view.xhtml?id=" + leadId
                : appointmentId != null ? "/appointment/view.xhtml?id=" + appointmentId : "/customer/view.xhtml?id=" + customerId;
        }
    }

    private static final String SELECT = """
        select p.id, case when p.state in ('PLANNED', 'HELD') then p.due_at else p.changed_at end as at, p.due_at, l.zone, l.name location, p.customer_id, c.name customer,
               p.channel, coalesce(nullif(a.name, ''), t.name, '') as name, case when p.reminder then 'due.' || a.delay_unit else e.type end as trigger, coalesce(ls.name_fr, s.name_fr) s_fr, coalesce(ls.name_en, s.name_en) s_en, coalesce(a.delay_n, 0) delay,
               coalesce(a.delay_unit, 'MINUTES') unit, coalesce(a.opening_hours_only, false) opening_hours_only, p.state, p.reason, p.detail,
               o.id order_id, coalesce(nullif(o.reference, ''), o.ref, ld.ref, ap.ref) number, ld.id lead_id, ap.id appointment_id
          from (select * from planned_notification p where (:all or p.location_id = any(:locations)) and p.state = any(:states)
        """;
    private static final String JOINS = """
        ) p join location l on l.id = p.location_id join customer c on c.id = p.customer_id left join automation a on a.id = p.automation_id
          left join template t on t.id = a.template_id left join business_event e on e.id = p.event_id
          left join order_status s on s.code = coalesce(e.data ->> 'to', e.data ->> 'status') and e.type in ('ORDER_CREATED', 'ORDER_STATUS_CHANGED')
          left join lead_status ls on ls.code = coalesce(e.data ->> 'to', e.data ->> 'status') and e.type in ('LEAD_CREATED', 'LEAD_STATUS_CHANGED')
          left join work_order o on p.subject_type = 'ORDER' and o.id = p.subject_id left join lead ld on p.subject_type = 'LEAD' and ld.id = p.subject_id
          left join appointment ap on p.subject_type = 'APPOINTMENT' and ap.id = p.subject_id
        """;

    private final Jdbi jdbi;

    protected PlannedList() { this(null); }

    @Inject
    public PlannedList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** What is to come of a look (PLANNED or HELD), soonest first. {@code after} is the part before's {@link Part#next}. */
    public Part<Row> ahead(Scope scope, Look look, String after, int size) {
        Cursor cursor = Cursor.of(after);
        List<Row> rows = jdbi.withHandle(h -> h.createQuery(SELECT
                + "and (:at::timestamptz is null or (p.due_at, p.id) > (:at::timestamptz, :id)) order by p.due_at, p.id limit :limit" + JOINS + "order by p.due_at, p.id")
            .bind("all", scope.all()).bind("locations", scope.ids()).bind("states", look.planStates()).bind("at", cursor.at()).bind("id", cursor.id())
            .bind("limit", size + 1).map(ConstructorMapper.of(Row.class)).list());
        boolean more = rows.size() > size;
        List<Row> shown = more ? rows.subList(0, size) : rows;
        return new Part<>(shown, more ? new Cursor(shown.get(size - 1).dueAt(), shown.get(size - 1).id()).toString() : null);
    }

    /** What will not leave, newest first. */
    public Part<Row> refused(Scope scope, String after) {
        Cursor cursor = Cursor.of(after);
        List<Row> rows = jdbi.withHandle(h -> h.createQuery(SELECT + "and (:at::timestamptz is null or p.id < :id) order by p.id desc limit :limit" + JOINS + "order by p.id desc")
            .bind("all", scope.all()).bind("locations", scope.ids()).bind("states", Look.SKIPPED.planStates()).bind("at", cursor.at()).bind("id", cursor.id())
            .bind("limit", Part.SIZE + 1).map(ConstructorMapper.of(Row.class)).list());
        boolean more = rows.size() > Part.SIZE;
        List<Row> shown = more ? rows.subList(0, Part.SIZE) : rows;
        return new Part<>(shown, more ? new Cursor(Instant.EPOCH, shown.get(Part.SIZE - 1).id()).toString() : null);
    }

    /** How many of each look; what will not leave since an instant only. */
    public Map<Look, Long> counts(Scope scope, Instant since) {
        Map<Look, Long> counts = new EnumMap<>(Look.class);
        jdbi.useHandle(h -> h.createQuery("select state, count(*) from planned_notification where (:all or location_id = any(:locations)) and state <> 'RELEASED' "
                + "and (state in ('PLANNED', 'HELD') or created_at >= :since) group by 1")
            .bind("all", scope.all()).bind("locations", scope.ids()).bind("since", since)
            .map((r, x) -> counts.merge(Look.ofPlan(r.getString(1)), r.getLong(2), Long::sum)).list());
        return counts;
    }

    /** The last row of a part: its instant in microseconds and its number. */
    private record Cursor(Instant at, Long id) {

        static Cursor of(String text) {
            if (text == null || !text.matches("\\d{1,17}\\.\\d{1,18}")) {
                return new Cursor(null, null);
            }
            String[] parts = text.split("\\.");
            long micros = Long.parseLong(parts[0]);
            return new Cursor(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000), Long.valueOf(parts[1]));
        }

        @Override public String toString() { return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000 + "." + id; }
    }
}
