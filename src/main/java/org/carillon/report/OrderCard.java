package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** One work order with what its page shows beside the feed. */
@ApplicationScoped
public class OrderCard {

    /**
     * @param type  name of its type, the default one's where none was said
     * @param dated whether the form of that type has a due date (RO-28)
     * @param adviser the staff member whom {@code userReference} names, null where nobody is called so
     * @param smsAt when SMS were accepted or withdrawn last, null where nothing was ever said; likewise {@code emailAt}
     */
    public record Card(long id, String number, String ref, long locationId, String location, String zone, String country, long customerId, String customer,
                       String language, Instant customerSince, String phone, boolean smsAble, String email, boolean smsConsent, boolean emailConsent,
                       Instant smsAt, Instant emailAt, String object, String plate, @Nested("t") Words type, boolean dated, String status, @Nested("s") Words name, String group,
                       LocalDateTime dueLocal, Instant dueAt, BigDecimal total, Instant openedAt, Instant closedAt, String openedBy, String statusCode,
                       String userReference, String adviser, BigDecimal customerSale, BigDecimal warrantySale, int version) { }

    private final Jdbi jdbi;

    protected OrderCard() { this(null); }

    @Inject
    public OrderCard(Jdbi jdbi) { this.jdbi = jdbi; }

    public Optional<Card> find(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery("""
            select o.id, coalesce(nullif(o.reference, ''), o.ref) number, o.ref, o.location_id, l.name location, l.zone, l.country, c.id customer_id, c.name customer,
                   c.language, c.created_at customer_since, p.raw phone, coalesce(p.sms_able, false) sms_able, e.raw email, c.sms_consent, c.email_consent,
                   (select max(x.at) from consent_event x where x.customer_id = c.id and x.purpose = 'SMS') sms_at,
                   (select max(x.at) from consent_event x where x.customer_id = c.id and x.purpose = 'EMAIL') email_at,
                   coalesce(nullif(concat_ws(' ', nullif(v.make, ''), nullif(v.model, ''), v.year), ''), o.object_label) object, coalesce(v.plate, '') plate,
                   coalesce(t.name_fr, '') t_fr, coalesce(t.name_en, '') t_en, coalesce(t.shown like '%DUE_DATE%', true) dated,
                   o.status, s.name_fr s_fr, s.name_en s_en, o.status_group as "group", o.due_local::timestamp due_local, o.due_at, o.total, o.opened_at, o.closed_at,
                   (select b.actor from business_event b where b.subject_type = 'ORDER' and b.subject_id = o.id and b.type = 'ORDER_CREATED' limit 1) opened_by,
                   o.status_code, o.user_reference, a.name adviser, o.customer_sale, o.warranty_sale, o.version
              from work_order o join customer c on c.id = o.customer_id join location l on l.id = o.location_id join order_status s on s.code = o.status
              left join vehicle v on v.id = o.vehicle_id
              left join staff a on o.user_reference <> '' and a.reference <> '' and plain_reference(a.reference) = plain_reference(o.user_reference)
              left join order_type t on case when o.order_type is null then t.preferred else t.code = o.order_type end
              left join lateral (select raw, sms_able from customer_phone where customer_id = c.id order by sms_able desc, position limit 1) p on true
              left join lateral (select raw from customer_email where customer_id = c.id order by (address is null), position limit 1) e on true
             where o.id = :id and (:all or o.location_id = any(:locations))""")
            .bind("id", id).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Card.class)).findOne());
    }

    /** A status that the order can be given. */
    public record Step(String code, @Nested("s") Words name, String group) { }

    /** The statuses switched on at a location, in their order. */
    public List<Step> steps(long locationId) {
        return jdbi.withHandle(h -> h.createQuery("select s.code, s.name_fr s_fr, s.name_en s_en, s.status_group as \"group\" from order_status s "
                + "join location_status x on x.status_id = s.id where x.location_id = :location and s.active order by s.position, s.id")
            .bind("location", locationId).map(ConstructorMapper.of(Step.class)).list());
    }

    /** Every status of the company that is in use, for filters. */
    public List<Step> steps() {
        return jdbi.withHandle(h -> h.createQuery("select code, name_fr s_fr, name_en s_en, status_group as \"group\" from order_status where active order by position, id")
            .map(ConstructorMapper.of(Step.class)).list());
    }
}
