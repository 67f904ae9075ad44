package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;

/** Messages and plans as shop systems read them: oldest first, page after page by their numbers. */
@ApplicationScoped
public class Extract {

    /**
     * What is asked for; null narrows nothing.
     *
     * @param orderId with what was told to the lead that it came of (B-28)
     * @param after number of the last one that the caller has
     * @param since made at this instant or later
     */
    public record Wanted(Long customerId, Long orderId, Long leadId, Long appointmentId, String state, long after, Instant since, int limit) { }

    /** @param to where it went or would go: E.164 or an address; null where there is nothing to write to */
    public record Item(long id, String channel, String to, String state, String reason, String text, String automation, Instant plannedFor, Instant sentAt,
                       Instant deliveredAt, Integer segments) { }

    /** @param next number to go on from, null at the end */
    public record Page(List<Item> items, Long next) { }

    private static final String MESSAGES = """
        select m.id, m.channel, m.recipient, m.state, m.reason, m.text, a.ref as automation, coalesce(p.due_at, m.created_at) as planned_for,
               m.accepted_at, m.delivered_at, m.segments
          from message_now m left join planned_notification p on p.id = m.plan_id left join automation a on a.id = m.automation_id
         where (:all or m.location_id = any(:locations)) and m.subject_type is distinct from 'STAFF' and m.id > :after and (:since::timestamptz is null or m.created_at >= :since)
           and (:customer::bigint is null or m.customer_id = :customer)
           and (:order::bigint is null or m.subject_type = 'ORDER' and m.subject_id = :order
                or m.subject_type = 'LEAD' and m.subject_id = (select id from lead where order_id = :order))
           and (:lead::bigint is null or m.subject_type = 'LEAD' and m.subject_id = :lead)
           and (:appointment::bigint is null or m.subject_type = 'APPOINTMENT' and m.subject_id = :appointment)
           and (:state::text is null or m.state = :state)
         order by m.id limit :limit""";

    private static final String PLANNED = """
        select p.id, p.channel, case p.channel
                 when 'SMS' then (select f.e164 from customer_phone f where f.customer_id = p.customer_id and f.sms_able and f.e164 is not null order by f.position limit 1)
                 else (select e.address from customer_email e where e.customer_id = p.customer_id and e.address is not null order by e.position limit 1) end as recipient,
               p.state, p.reason, null::text as text, a.ref as automation, p.due_at as planned_for, null::timestamptz as accepted_at,
               null::timestamptz as delivered_at, null::integer as segments
          from planned_notification p left join automation a on a.id = p.automation_id
         where p.state <> 'RELEASED' and (:all or p.location_id = any(:locations)) and p.id > :after and (:since::timestamptz is null or p.created_at >= :since)
           and (:customer::bigint is null or p.customer_id = :customer)
           and (:order::bigint is null or p.subject_type = 'ORDER' and p.subject_id = :order
                or p.subject_type = 'LEAD' and p.subject_id = (select id from lead where order_id = :order))
           and (:lead::bigint is null or p.subject_type = 'LEAD' and p.subject_id = :lead)
           and (:appointment::bigint is null or p.subject_type = 'APPOINTMENT' and p.subject_id = :appointment)
           and (:state::text is null or p.state = :state)
         order by p.id limit :limit""";

    private final Jdbi jdbi;

    protected Extract() { this(null); }

    @Inject
    public Extract(Jdbi jdbi) { this.jdbi = jdbi; }

    public Page messages(Scope scope, Wanted wanted) { return page(MESSAGES, scope, wanted); }

    /** Everything that did not become a message: still to come, or with the reason why it will not. */
    public Page planned(Scope scope, Wanted wanted) { return page(PLANNED, scope, wanted); }

    private Page page(String sql, Scope scope, Wanted wanted) {
        List<Item> items = jdbi.withHandle(h -> h.createQuery(sql).bind("all", scope.all()).bind("locations", scope.ids()).bind("after", wanted.after())
            .bind("since", wanted.since()).bind("customer", wanted.customerId()).bind("order", wanted.orderId()).bind("lead", wanted.leadId()).bind("appointment", wanted.appointmentId()).bind("state", wanted.state())
            .bind("limit", wanted.limit() + 1).map((row, ctx) -> item(row)).list());
        boolean more = items.size() > wanted.limit();
        List<Item> shown = more ? items.subList(0, wanted.limit()) : items;
        return new Page(shown, more ? shown.get(shown.size() - 1).id() : null);
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(row.getLong("id"), row.getString("channel"), row.getString("recipient"), row.getString("state"), row.getString("reason"),
            row.getString("text"), row.getString("automation"), instant(row, "planned_for"), instant(row, "accepted_at"), instant(row, "delivered_at"),
            row.getObject("segments", Integer.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
