package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** One lead with what its page shows beside the feed. */
@ApplicationScoped
public class LeadCard {

    /** @param orderId the work order it became, with {@code orderNumber} as people call it; null where it has not */
    public record Card(long id, String ref, long locationId, String location, String zone, long customerId, String customer, String language, String phone, String email,
                       boolean smsConsent, boolean emailConsent, String object, String note, String status, @Nested("s") Words name, String group, Instant createdAt,
                       String createdBy, Long orderId, String orderNumber, int version) { }

    /** What an order's page says of the lead that it came of. */
    public record Origin(long id, String ref) implements java.io.Serializable { }

    private final Jdbi jdbi;

    protected LeadCard() { this(null); }

    @Inject
    public LeadCard(Jdbi jdbi) { this.jdbi = jdbi; }

    public Optional<Card> find(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery("""
            select d.id, d.ref, d.location_id, l.name location, l.zone, c.id customer_id, c.name customer, c.language, p.raw phone, e.raw email, c.sms_consent,
                   c.email_consent, d.object_label object, d.note, d.status, s.name_fr s_fr, s.name_en s_en, d.status_group as "group", d.created_at,
                   (select b.actor from business_event b where b.subject_type = 'LEAD' and b.subject_id = d.id and b.type = 'LEAD_CREATED' limit 1) created_by,
                   o.id order_id, coalesce(nullif(o.reference, ''), o.ref) order_number, d.version
              from lead d join customer c on c.id = d.customer_id join location l on l.id = d.location_id join lead_status s on s.code = d.status
              left join work_order o on o.id = d.order_id
              left join lateral (select raw from customer_phone where customer_id = c.id order by sms_able desc, position limit 1) p on true
              left join lateral (select raw from customer_email where customer_id = c.id order by (address is null), position limit 1) e on true
             where d.id = :id and (:all or d.location_id = any(:locations))""")
            .bind("id", id).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Card.class)).findOne());
    }

    public Optional<Origin> ofOrder(Scope scope, long orderId) {
        return jdbi.withHandle(h -> h.createQuery("select id, ref from lead where order_id = :order and (:all or location_id = any(:locations))")
            .bind("order", orderId).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Origin.class)).findOne());
    }

    /** The company's lead statuses in use, in their order. */
    public List<OrderCard.Step> steps() {
        return jdbi.withHandle(h -> h.createQuery("select code, name_fr s_fr, name_en s_en, status_group as \"group\" from lead_status where active order by position, id")
            .map(ConstructorMapper.of(OrderCard.Step.class)).list());
    }
}
