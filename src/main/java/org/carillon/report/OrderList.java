package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The work orders of some locations, newest first. */
@ApplicationScoped
public class OrderList {

    /** @param dueAt null where no due date was given; {@code zone} is the location's, in which it was meant
     * @param message state of the newest message about it, null where there is none
     * @param type    name of its type, empty for the default one */
    public record Row(long id, String number, String customer, String object, @Nested("t") Words type, String status, @Nested("s") Words name, String group, Instant dueAt, String zone,
                      String location, BigDecimal total, String country, Instant openedAt, String message) {

        public boolean isLate(Instant now) { return dueAt != null && dueAt.isBefore(now) && "OPEN".equals(group); }

        public Look look() { return message == null ? null : Look.ofMessage(message); }
    }

    /** What to show; null means all. {@code after} is the {@link Part#next} of the part before. */
    public record Filter(String text, String group, String status, Long customerId, String after) { }

    private static final String WHERE = """
         where (:all or o.location_id = any(:locations)) and (:group::text is null or o.status_group = :group) and (:status::text is null or o.status = :status)
           and (:customer::bigint is null or o.customer_id = :customer)
           and (:text::text is null or o.id in (select id from work_order where search_text like :text
                union all select w.id from work_order w join customer x on x.id = w.customer_id where x.search_text like :text))""";

    private final Jdbi jdbi;

    protected OrderList() { this(null); }

    @Inject
    public OrderList(Jdbi jdbi) { this.jdbi = jdbi; }

    public Part<Row> read(Scope scope, Filter filter) {
        List<Row> rows = jdbi.withHandle(h -> h.createQuery("""
            select o.id, coalesce(nullif(o.reference, ''), o.ref) number, c.name customer,
                   coalesce(nullif(concat_ws(' ', nullif(v.make, ''), nullif(v.model, ''), v.year), ''), o.object_label) object,
                   coalesce(t.name_fr, '') t_fr, coalesce(t.name_en, '') t_en,
                   o.status, s.name_fr s_fr, s.name_en s_en, o.status_group as "group", o.due_at, l.zone, l.name location, o.total, l.country, o.opened_at,
                   (select m.state from message_now m where m.subject_type = 'ORDER' and m.subject_id = o.id order by m.id desc limit 1) message
              from work_order o join customer c on c.id = o.customer_id join location l on l.id = o.location_id join order_status s on s.code = o.status
              left join vehicle v on v.id = o.vehicle_id left join order_type t on t.code = o.order_type and not t.preferred
            """ + WHERE + " and (:after::bigint is null or o.id < :after) order by o.id desc limit :limit")
            .bindMap(parameters(scope, filter)).bind("after", number(filter.after())).bind("limit", Part.SIZE + 1).map(ConstructorMapper.of(Row.class)).list());
        boolean more = rows.size() > Part.SIZE;
        List<Row> shown = more ? rows.subList(0, Part.SIZE) : rows;
        return new Part<>(shown, more ? Long.toString(shown.get(shown.size() - 1).id()) : null);
    }

    /** How many there are in each status group, whatever group the filter names. */
    public Map<String, Long> counts(Scope scope, Filter filter) {
        Filter all = new Filter(filter.text(), null, filter.status(), filter.customerId(), null);
        return jdbi.withHandle(h -> h.createQuery("select o.status_group, count(*) from work_order o " + WHERE + " group by 1").bindMap(parameters(scope, all))
            .reduceRows(new LinkedHashMap<>(), (map, row) -> {
                map.put(row.getColumn(1, String.class), row.getColumn(2, Long.class));
                return map;
            }));
    }

    private static Map<String, Object> parameters(Scope scope, Filter filter) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("all", scope.all());
        values.put("locations", scope.ids());
        values.put("text", Asked.pattern(filter.text()));
        values.put("group", filter.group());
        values.put("status", filter.status());
        values.put("customer", filter.customerId());
        return values;
    }

    private static Long number(String cursor) { return cursor == null || !cursor.matches("\\d{1,18}") ? null : Long.valueOf(cursor); }
}
