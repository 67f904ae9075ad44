package org.carillon.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What belongs to a location and a customer, has a status and is found by words, the newest first: work orders and leads. Their rows are their lists' own. */
public final class Newest {

    /** What to show; null means all. {@code after} is the {@link Part#next} of the part before. */
    public record Filter(String text, String group, String status, Long customerId, String after) { }

    private final String table;
    private final String alias;
    private final String where;

    Newest(String table, String alias) {
        this.table = table;
        this.alias = alias;
        where = """
             where (:all or %2$s.location_id = any(:locations)) and (:group::text is null or %2$s.status_group = :group) and (:status::text is null or %2$s.status = :status)
               and (:customer::bigint is null or %2$s.customer_id = :customer)
               and (:text::text is null or %2$s.id in (select id from %1$s where search_text like :text
                    union all select w.id from %1$s w join customer x on x.id = w.customer_id where x.search_text like :text))""".formatted(table, alias);
    }

    /** @param select columns and joins, with the table under its alias; its number is the keyset */
    <T> Part<T> read(Jdbi jdbi, Scope scope, Filter filter, String select, Class<T> row, ToLongFunction<T> id) {
        List<T> rows = jdbi.withHandle(h -> h.createQuery(select + where + " and (:after::bigint is null or " + alias + ".id < :after) order by " + alias + ".id desc limit :limit")
            .bindMap(parameters(scope, filter)).bind("after", number(filter.after())).bind("limit", Part.SIZE + 1).map(ConstructorMapper.of(row)).list());
        boolean more = rows.size() > Part.SIZE;
        List<T> shown = more ? rows.subList(0, Part.SIZE) : rows;
        return new Part<>(shown, more ? Long.toString(id.applyAsLong(shown.get(shown.size() - 1))) : null);
    }

    /** How many there are in each status group, whatever group the filter names. */
    Map<String, Long> counts(Jdbi jdbi, Scope scope, Filter filter) {
        Filter all = new Filter(filter.text(), null, filter.status(), filter.customerId(), null);
        return jdbi.withHandle(h -> h.createQuery("select " + alias + ".status_group, count(*) from " + table + " " + alias + " " + where + " group by 1").bindMap(parameters(scope, all))
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
