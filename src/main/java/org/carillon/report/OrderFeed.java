package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** Everything that happened about an order, a lead or an appointment and what is still to come, newest first; an order's feed goes on from its lead's (B-28). */
@ApplicationScoped
public class OrderFeed {

    /** Something on the feed. */
    public sealed interface Item permits Happened, Intended, Written {

        long id();

        Instant at();

        /** Whether it is still to come. */
        default boolean ahead() { return false; }
    }

    /** A business event; {@code to} and {@code from} are statuses by name, {@code due} the new local due date or start as ISO text, empty where it was cleared. */
    public record Happened(long id, String type, Instant at, String actor, boolean silent, @Nested("t") Words to, @Nested("f") Words from, String due) implements Item { }

    /** A plan that has not become a message. {@code at} is when it is due, or when it was given up. */
    public record Intended(long id, Instant at, String channel, String name, String state, String reason, String detail, Instant dueAt, int delay, String unit,
                           boolean openingHoursOnly, String trigger) implements Item {

        public Look look() { return Look.ofPlan(state); }

        @Override public boolean ahead() { return look() != Look.SKIPPED; }
    }

    /** A message; {@code at} is the moment of its state. */
    public record Written(long id, Instant at, String channel, String name, String state, String reason, String subjectLine, String text, String recipient,
                          int segments, Instant nextAttemptAt, int attempts, boolean possibleDuplicate) implements Item {

        public Look look() { return Look.ofMessage(state); }
    }

    private final Jdbi jdbi;

    protected OrderFeed() { this(null); }

    @Inject
    public OrderFeed(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Empty for an order of a foreign location. What is ahead comes first, soonest last, so that the feed reads backwards in time. */
    public List<Item> read(Scope scope, long orderId) { return read(scope, "ORDER", orderId, jdbi.withHandle(h ->
        h.createQuery("select id from lead where order_id = :id").bind("id", orderId).mapTo(Long.class).findOne().orElse(null))); }

    /** Of a lead alone; empty for one of a foreign location. */
    public List<Item> readLead(Scope scope, long leadId) { return read(scope, "LEAD", leadId, null); }

    /** Of an appointment; empty for one of a foreign location. */
    public List<Item> readAppointment(Scope scope, long appointmentId) { return read(scope, "APPOINTMENT", appointmentId, null); }

    private List<Item> read(Scope scope, String type, long id, Long leadId) {
        return jdbi.withHandle(h -> {
            List<Happened> happened = within(h.createQuery("""
                select b.id, b.type, b.at, b.actor, b.silent, coalesce(lt.name_fr, t.name_fr) t_fr, coalesce(lt.name_en, t.name_en) t_en,
                       coalesce(lf.name_fr, f.name_fr) f_fr, coalesce(lf.name_en, f.name_en) f_en,
                       case when b.type in ('ORDER_SCHEDULED_TIME_CHANGED', 'APPOINTMENT_MOVED') then b.data ->> 'to' when b.type = 'APPOINTMENT_BOOKED' then b.data ->> 'start' end due
                  from business_event b left join order_status t on b.subject_type = 'ORDER' and t.code = coalesce(b.data ->> 'to', b.data ->> 'status')
                  left join order_status f on b.subject_type = 'ORDER' and f.code = b.data ->> 'from'
                  left join lead_status lt on b.subject_type = 'LEAD' and lt.code = coalesce(b.data ->> 'to', b.data ->> 'status')
                  left join lead_status lf on b.subject_type = 'LEAD' and lf.code = b.data ->> 'from'
                 where (b.subject_type = :type and b.subject_id = :id or b.subject_type = 'LEAD' and b.subject_id = :lead) and (:all or b.location_id = any(:locations))"""), scope, type, id, leadId)
                .map(ConstructorMapper.of(Happened.class)).list();
            List<Intended> intended = within(h.createQuery("""
                select p.id, case when p.state in ('PLANNED', 'HELD') then p.due_at else p.changed_at end as at, p.channel, coalesce(nullif(a.name, ''), t.name, '') as name,
                       p.state, p.reason, p.detail, p.due_at, coalesce(a.delay_n, 0) delay, coalesce(a.delay_unit, 'MINUTES') unit,
                       coalesce(a.opening_hours_only, false) opening_hours_only, case when p.reminder then 'due.' || a.delay_unit else a.event_type end as trigger
                  from planned_notification p left join automation a on a.id = p.automation_id left join template t on t.id = a.template_id
                 where (p.subject_type = :type and p.subject_id = :id or p.subject_type = 'LEAD' and p.subject_id = :lead) and p.state <> 'RELEASED' and (:all or p.location_id = any(:locations))"""), scope, type, id, leadId)
                .map(ConstructorMapper.of(Intended.class)).list();
            List<Written> written = within(h.createQuery("""
                select m.id, coalesce(m.settled_at, m.accepted_at, m.created_at) as at, m.channel, coalesce(nullif(a.name, ''), t.name, '') as name, m.state, m.reason,
                       m.subject_line, m.text, m.recipient, m.segments, m.next_attempt_at,
                       (select count(*) from attempt x where x.message_id = m.id)::int attempts,
                       exists (select 1 from attempt x where x.message_id = m.id and x.possible_duplicate) possible_duplicate
                  from message_now m left join automation a on a.id = m.automation_id left join template t on t.id = a.template_id
                 where (m.subject_type = :type and m.subject_id = :id or m.subject_type = 'LEAD' and m.subject_id = :lead) and (:all or m.location_id = any(:locations))"""), scope, type, id, leadId)
                .map(ConstructorMapper.of(Written.class)).list();
            return Stream.of(happened, intended, written).<Item>flatMap(List::stream)
                .sorted(Comparator.comparing(Item::ahead).thenComparing(Item::at).thenComparing(OrderFeed::rank).thenComparing(Item::id).reversed()).toList();
        });
    }

    /** Of one moment, the cause before its effects. */
    private static int rank(Item item) { return item instanceof Happened ? 0 : item instanceof Intended ? 1 : 2; }

    /** Whether something will change by itself within a minute or two, so that a page should look again. */
    public static boolean isMoving(List<Item> feed, Instant now) {
        return feed.stream().anyMatch(item -> item instanceof Intended plan && plan.state().equals("PLANNED") && plan.dueAt().isBefore(now.plus(Duration.ofMinutes(2)))
            || item instanceof Written message && isMoving(message, now));
    }

    private static boolean isMoving(Written message, Instant now) {
        return switch (message.state()) {
            case "QUEUED", "CLAIMED", "SENDING" -> true;
            case "RETRY_WAIT", "UNKNOWN" -> message.nextAttemptAt() != null && message.nextAttemptAt().isBefore(now.plus(Duration.ofMinutes(2)));
            // a receipt usually comes within seconds; mail has none
            case "ACCEPTED" -> message.channel().equals("SMS") && message.at().isAfter(now.minus(Duration.ofMinutes(3)));
            default -> false;
        };
    }

    private static Query within(Query query, Scope scope, String type, long id, Long leadId) {
        return query.bind("type", type).bind("id", id).bind("lead", leadId).bind("all", scope.all()).bind("locations", scope.ids());
    }
}
