package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What staff are told of and what is still so: the open alerts of some locations, newest first. */
@ApplicationScoped
public class AlertList {

    /** So many at most are counted for the bell; more is more. */
    public static final int MANY = 100;

    /**
     * @param kind      OVERDUE, UNTOUCHED or FAILED
     * @param causeAt   the due date, the last change, or when the message failed
     * @param seenAt    null while it is new
     * @param orderId   the order it is about, or its message is about; null where there is none
     * @param leadId    likewise
     * @param messageId of a message that failed; null of one that was never made
     * @param state     of the message or the plan, null of an order; likewise {@code reason} and {@code channel}
     */
    public record Row(long id, String kind, String location, String zone, Instant causeAt, Instant raisedAt, Instant seenAt, String seenBy, Long orderId, Long leadId, String number,
                      String customer, String object, Long messageId, String channel, String state, String reason) implements Serializable { }

    private static final String OPEN = "from alert a where a.ended_at is null and (:all or a.location_id = any(:locations)) ";

    private final Jdbi jdbi;

    protected AlertList() { this(null); }

    @Inject
    public AlertList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** @param kind null for all; @param after the part before's {@link Part#next}, null for the first */
    public Part<Row> open(Scope scope, String kind, String after) {
        boolean first = after == null || !after.matches("\\d{1,18}\\.\\d{1,18}");
        String[] cursor = first ? new String[] {"0", "0"} : after.split("\\.");
        List<Row> rows = jdbi.withHandle(h -> h.createQuery("""
            select a.id, a.kind, l.name location, l.zone, a.cause_at, a.raised_at, a.seen_at, a.seen_by, o.id order_id, d.id lead_id,
                   coalesce(nullif(o.reference, ''), o.ref, d.ref, '') number, coalesce(c.name, '') customer,
                   coalesce(nullif(concat_ws(' ', nullif(v.make, ''), nullif(v.model, ''), v.year), ''), o.object_label, '') object,
                   m.id message_id, coalesce(m.channel, p.channel) channel, coalesce(m.state, p.state) state, coalesce(m.reason, p.reason) reason
              from (select a.* """ + " " + OPEN + """
                       and (:kind::text is null or a.kind = :kind) and (:first or (a.raised_at, a.id) < (to_timestamp(:micros::numeric / 1000000), :id))
                     order by a.raised_at desc, a.id desc limit :limit) a
              join location l on l.id = a.location_id
              left join message m on a.object_type = 'MESSAGE' and m.id = a.object_id left join planned_notification p on a.object_type = 'PLAN' and p.id = a.object_id
              left join work_order o on o.id = case when a.object_type = 'ORDER' then a.object_id when coalesce(m.subject_type, p.subject_type) = 'ORDER' then coalesce(m.subject_id, p.subject_id) end
              left join lead d on d.id = case when coalesce(m.subject_type, p.subject_type) = 'LEAD' then coalesce(m.subject_id, p.subject_id) end
              left join vehicle v on v.id = o.vehicle_id left join customer c on c.id = coalesce(m.customer_id, p.customer_id, o.customer_id)
             order by a.raised_at desc, a.id desc""").bind("all", scope.all()).bind("locations", scope.ids()).bind("kind", kind).bind("first", first)
            .bind("micros", Long.valueOf(cursor[0])).bind("id", Long.valueOf(cursor[1])).bind("limit", Part.SIZE + 1).map(ConstructorMapper.of(Row.class)).list());
        boolean more = rows.size() > Part.SIZE;
        List<Row> shown = more ? List.copyOf(rows.subList(0, Part.SIZE)) : rows;
        return new Part<>(shown, more ? cursor(shown.get(Part.SIZE - 1)) : null);
    }

    private static String cursor(Row last) { return last.raisedAt().getEpochSecond() * 1_000_000 + last.raisedAt().getNano() / 1_000 + "." + last.id(); }

    /** How many of each kind are open. */
    public Map<String, Long> counts(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select a.kind, count(*) " + OPEN + "group by 1").bind("all", scope.all()).bind("locations", scope.ids())
            .reduceRows(new LinkedHashMap<>(), (map, row) -> {
                map.put(row.getColumn(1, String.class), row.getColumn(2, Long.class));
                return map;
            }));
    }

    /** How many are new, {@link #MANY} where there are as many or more; asked by every page. */
    public int fresh(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select count(*) from (select 1 " + OPEN + "and a.seen_at is null limit :many) few").bind("all", scope.all())
            .bind("locations", scope.ids()).bind("many", MANY).mapTo(Integer.class).one());
    }
}
