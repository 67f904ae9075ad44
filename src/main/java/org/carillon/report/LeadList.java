package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The leads of some locations, newest first. */
@ApplicationScoped
public class LeadList {

    /** @param message state of the newest message about it, null where there is none
     * @param orderId the work order it became, null where it has not; {@code zone} is the location's */
    public record Row(long id, String ref, String customer, String object, String status, @Nested("s") Words name, String group, Instant createdAt, String zone,
                      String location, Long orderId, String order, String message) {

        public Look look() { return message == null ? null : Look.ofMessage(message); }
    }

    /** What to show; null means all. {@code after} is the {@link Part#next} of the part before. */
    public record Filter(String text, String group, String status, Long customerId, String after) { }

    private static final String WHERE = """
         where (:all or d.location_id = any(:locations)) and (:group::text is null or d.status_group = :group) and (:status::text is null or d.status = :status)
           and (:customer::bigint is null or d.customer_id = :customer)
           and (:text::text is null or d.id in (select id from lead where search_text like :text
                union all select w.id from lead w join customer x on x.id = w.customer_id where x.search_text like :text))""";

    private final Jdbi jdbi;

    protected LeadList() { this(null); }

    @Inject
    public LeadList(Jdbi jdbi) { this.jdbi = jdbi; }

    public Part<Row> read(Scope scope, Filter filter) {
        List<Row> rows = jdbi.withHandle(h -> h.createQuery("""
            select d.id, d.ref, c.name customer, d.object_label object, d.status, s.name_fr s_fr, s.name_en s_en, d.status_group as "group", d.created_at, l.zone,
                   l.name location, o.id order_id, coalesce(nullif(o.reference, ''), o.ref) "order",
                   (select m.state from message_now m where m.subject_type = 'LEAD' and m.subject_id = d.id order by m.id desc limit 1) message
              from lead d join customer c on c.id = d.customer_id join location l on l.id = d.location_id join lead_status s on s.code = d.status
              left join work_order o on o.id = d.order_id
            """ + WHERE + " and (:after::bigint is null or d.id < :after) order by d.id desc limit :limit")
            .bindMap(parameters(scope, filter)).bind("after", number(filter.after())).bind("limit", Part.SIZE + 1).map(ConstructorMapper.of(Row.class)).list());
        boolean more = rows.size() > Part.SIZE;
        List<Row> shown = more ? rows.subList(0, Part.SIZE) : rows;
        return new Part<>(shown, more ? Long.toString(shown.get(shown.size() - 1).id()) : null);
    }

    /** How many there are in each status group, whatever group the filter names. */
    public Map<String, Long> counts(Scope scope, Filter filter) {
        Filter all = new Filter(filter.text(), null, filter.status(), filter.customerId(), null);
        return jdbi.withHandle(h -> h.createQuery("select d.status_group, count(*) from lead d " + WHERE + " group by 1").bindMap(parameters(scope, all))
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
