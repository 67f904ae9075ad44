package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import org.carillon.fact.AttributeJson;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** One appointment with what its page shows beside the feed. */
@ApplicationScoped
public class AppointmentCard {

    /** @param adviser the staff member whom {@code userReference} names, null where nobody is called so */
    public record Card(long id, String ref, long locationId, String location, String zone, long customerId, String customer, String language, String phone, String email,
                       boolean smsConsent, boolean emailConsent, String status, String startLocal, String endLocal, Instant startAt, Instant bookedAt, Long vehicleId, String vehicle,
                       String object, String note, String userReference, String adviser, String attributes, String createdBy, int version) {

        public LocalDateTime start() { return LocalDateTime.parse(startLocal); }

        public LocalDateTime end() { return endLocal == null ? null : LocalDateTime.parse(endLocal); }

        public Map<String, Object> values() { return AttributeJson.values(attributes); }
    }

    private final Jdbi jdbi;

    protected AppointmentCard() { this(null); }

    @Inject
    public AppointmentCard(Jdbi jdbi) { this.jdbi = jdbi; }

    public Optional<Card> find(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery("""
            select a.id, a.ref, a.location_id, l.name "location", l.zone, c.id customer_id, c.name customer, c.language, p.raw phone, e.raw email, c.sms_consent, c.email_consent,
                   a.status, a.start_local, a.end_local, a.start_at, a.booked_at, a.vehicle_id, nullif(concat_ws(' ', nullif(v.make, ''), nullif(v.model, ''), v.year), '') vehicle,
                   a.object_label object, a.note, a.user_reference, s.name adviser, a.attributes::text attributes,
                   (select b.actor from business_event b where b.subject_type = 'APPOINTMENT' and b.subject_id = a.id and b.type = 'APPOINTMENT_BOOKED' order by b.id limit 1) created_by,
                   a.version
              from appointment a join customer c on c.id = a.customer_id join location l on l.id = a.location_id left join vehicle v on v.id = a.vehicle_id
              left join staff s on a.user_reference <> '' and s.reference <> '' and plain_reference(s.reference) = plain_reference(a.user_reference)
              left join lateral (select raw from customer_phone where customer_id = c.id order by sms_able desc, position limit 1) p on true
              left join lateral (select raw from customer_email where customer_id = c.id order by (address is null), position limit 1) e on true
             where a.id = :id and (:all or a.location_id = any(:locations))""")
            .bind("id", id).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Card.class)).findOne());
    }
}
