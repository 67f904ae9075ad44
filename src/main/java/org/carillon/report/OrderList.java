package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.carillon.report.Newest.Filter;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;

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

    private static final Newest NEWEST = new Newest("work_order", "o");

    private final Jdbi jdbi;

    protected OrderList() { this(null); }

    @Inject
    public OrderList(Jdbi jdbi) { this.jdbi = jdbi; }

    public Part<Row> read(Scope scope, Filter filter) {
        return NEWEST.read(jdbi, scope, filter, """
            select o.id, coalesce(nullif(o.reference, ''), o.ref) number, c.name customer,
                   coalesce(nullif(concat_ws(' ', nullif(v.make, ''), nullif(v.model, ''), v.year), ''), o.object_label) object,
                   coalesce(t.name_fr, '') t_fr, coalesce(t.name_en, '') t_en,
                   o.status, s.name_fr s_fr, s.name_en s_en, o.status_group as "group", o.due_at, l.zone, l.name location, o.total, l.country, o.opened_at,
                   (select m.state from message_now m where m.subject_type = 'ORDER' and m.subject_id = o.id order by m.id desc limit 1) message
              from work_order o join customer c on c.id = o.customer_id join location l on l.id = o.location_id join order_status s on s.code = o.status
              left join vehicle v on v.id = o.vehicle_id left join order_type t on t.code = o.order_type and not t.preferred
            """, Row.class, Row::id);
    }

    /** How many there are in each status group, whatever group the filter names. */
    public Map<String, Long> counts(Scope scope, Filter filter) { return NEWEST.counts(jdbi, scope, filter); }
}
