package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.carillon.report.Newest.Filter;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;

/** The leads of some locations, newest first. */
@ApplicationScoped
public class LeadList {

    /** @param message state of the newest message about it, null where there is none
     * @param orderId the work order it became, null where it has not; {@code zone} is the location's */
    public record Row(long id, String ref, String customer, String object, String status, @Nested("s") Words name, String group, Instant createdAt, String zone,
                      String location, Long orderId, String order, String message) {

        public Look look() { return message == null ? null : Look.ofMessage(message); }
    }

    private static final Newest NEWEST = new Newest("lead", "d");

    private final Jdbi jdbi;

    protected LeadList() { this(null); }

    @Inject
    public LeadList(Jdbi jdbi) { this.jdbi = jdbi; }

    public Part<Row> read(Scope scope, Filter filter) {
        return NEWEST.read(jdbi, scope, filter, """
            select d.id, d.ref, c.name customer, d.object_label object, d.status, s.name_fr s_fr, s.name_en s_en, d.status_group as "group", d.created_at, l.zone,
                   l.name location, o.id order_id, coalesce(nullif(o.reference, ''), o.ref) "order",
                   (select m.state from message_now m where m.subject_type = 'LEAD' and m.subject_id = d.id order by m.id desc limit 1) message
              from lead d join customer c on c.id = d.customer_id join location l on l.id = d.location_id join lead_status s on s.code = d.status
              left join work_order o on o.id = d.order_id
            """, Row.class, Row::id);
    }

    /** How many there are in each status group, whatever group the filter names. */
    public Map<String, Long> counts(Scope scope, Filter filter) { return NEWEST.counts(jdbi, scope, filter); }
}
