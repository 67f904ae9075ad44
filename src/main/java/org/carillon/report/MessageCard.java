package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** One message with every attempt, receipt and change of state. */
@ApplicationScoped
public class MessageCard {

    /**
     * @param ucs2     whether the text needed the long alphabet; only of an SMS
     * @param alphabet what it was counted in where it did not
     */
    public record Card(long id, String zone, String location, Long customerId, String customer, Long orderId, Long leadId, Long appointmentId, String number, String name, String channel, String purpose,
                       String recipient, String sender, String subjectLine, String text, int segments, boolean ucs2, String alphabet, String state, String reason, boolean live,
                       Instant createdAt, Instant expiresAt, Instant acceptedAt, Instant settledAt, Instant nextAttemptAt, Instant plannedFor) {

        public Look look() { return Look.ofMessage(state); }

        /** Accepted, and so long ago that no receipt is waited for any more (reliability.md 1.3). */
        public boolean unreceipted(Instant now, Duration window) { return "ACCEPTED".equals(state) && acceptedAt != null && !acceptedAt.plus(window).isAfter(now); }
    }

    /** @param verdict null while nobody knows what came of it; {@code code} is the provider's, empty where none was given */
    public record Attempt(int partNo, int n, String route, boolean possibleDuplicate, Instant startedAt, String verdict, String code, String providerId, String detail,
                          Instant endedAt) { }

    public record Receipt(int partNo, String route, String state, String code, Instant at, Instant receivedAt, boolean probable) { }

    public record Step(String fromState, String toState, String actor, String reason, Instant at) {

        public Look look() { return Look.ofMessage(toState); }
    }

    /** What the provider said when the attempt had been given up already (T20): evidence, and no change by itself. */
    public record Late(int partNo, String route, String node, String verdict, String code, String providerId, String detail, Instant at) { }

    /** The whole story, each list in the order it happened. */
    public record Story(Card card, List<Attempt> attempts, List<Late> late, List<Receipt> receipts, List<Step> steps) {

        public boolean possibleDuplicate() { return attempts.stream().anyMatch(Attempt::possibleDuplicate); }
    }

    private final Jdbi jdbi;

    protected MessageCard() { this(null); }

    @Inject
    public MessageCard(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Empty for a message of a foreign location. */
    public Optional<Story> find(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery("""
            select m.id, l.zone, l.name location, m.customer_id, coalesce(c.name, sf.name, '') customer, o.id order_id, ld.id lead_id, ap.id appointment_id, coalesce(nullif(o.reference, ''), o.ref, ld.ref, ap.ref) number,
                   coalesce(nullif(a.name, ''), t.name, '') as name, m.channel, m.purpose, m.recipient, m.sender, m.subject_line, m.text, m.segments, m.ucs2, m.alphabet, m.state,
                   m.reason, m.live, m.created_at, m.expires_at, m.accepted_at, m.settled_at, m.next_attempt_at, p.due_at planned_for
              from message_now m join location l on l.id = m.location_id left join customer c on c.id = m.customer_id left join automation a on a.id = m.automation_id
              left join template t on t.id = a.template_id left join work_order o on m.subject_type = 'ORDER' and o.id = m.subject_id
              left join lead ld on m.subject_type = 'LEAD' and ld.id = m.subject_id left join appointment ap on m.subject_type = 'APPOINTMENT' and ap.id = m.subject_id left join staff sf on m.subject_type = 'STAFF' and sf.id = m.subject_id
              left join planned_notification p on p.id = m.plan_id
             where m.id = :id and (:all or m.location_id = any(:locations))""")
            .bind("id", id).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Card.class)).findOne()
            .map(card -> new Story(card, attempts(h, id), late(h, id), receipts(h, id), steps(h, id))));
    }

    private static List<Attempt> attempts(Handle h, long id) {
        return h.createQuery("select part_no, n, route, possible_duplicate, started_at, verdict, coalesce(code, '') code, provider_id, coalesce(detail, '') detail, ended_at "
            + "from attempt_now where message_id = :id order by started_at, part_no, claim_seq").bind("id", id).map(ConstructorMapper.of(Attempt.class)).list();
    }

    private static List<Late> late(Handle h, long id) {
        return h.createQuery("select part_no, route, node, verdict, code, provider_id, detail, at from late_outcome where message_id = :id order by id")
            .bind("id", id).map(ConstructorMapper.of(Late.class)).list();
    }

    private static List<Receipt> receipts(Handle h, long id) {
        return h.createQuery("select part_no, route, state, code, at, received_at, probable from receipt where message_id = :id order by received_at, id")
            .bind("id", id).map(ConstructorMapper.of(Receipt.class)).list();
    }

    private static List<Step> steps(Handle h, long id) {
        return h.createQuery("select from_state, to_state, actor, reason, at from (select id, from_state, to_state, actor, reason, at from message_event where message_id = :id "
                + "union all select 9e18::bigint, 'QUEUED', 'QUEUED', 'carillon', 'ROUTE_CHANGED', at from message_detour where message_id = :id) s order by at, id")
            .bind("id", id).map(ConstructorMapper.of(Step.class)).list();
    }
}
