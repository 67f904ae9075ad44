package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.carillon.fact.SearchText;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Real work orders, leads, appointments, sales and customers for previews, the newest first. */
@ApplicationScoped
public class PreviewRecords {

    /** An order, a lead, an appointment or a sale (one of the four numbers, the others null; all null: the customer alone), with its customer and the customer's language; the rest is of its location. */
    public record Choice(Long orderId, Long leadId, Long appointmentId, Long saleId, long customerId, String customer, String language, String reference, String country, long locationId, String location, String locationLanguage,
                         String sender, String smsMode) implements Serializable { }

    private static final String SELECT = """
        select o.id order_id, null::bigint lead_id, null::bigint appointment_id, null::bigint sale_id, o.customer_id, c.name customer, c.language, coalesce(nullif(o.reference, ''), o.ref) reference, l.country, l.id location_id, l.name "location", l.language location_language, l.sms_sender sender, l.sms_mode
        from work_order o join customer c on c.id = o.customer_id join location l on l.id = o.location_id
        where (:all or o.location_id = any(:locations))""";

    private static final String LEAD = """
        select null::bigint order_id, d.id lead_id, null::bigint appointment_id, null::bigint sale_id, d.customer_id, c.name customer, c.language, d.ref reference, l.country, l.id location_id, l.name "location", l.language location_language, l.sms_sender sender, l.sms_mode
        from lead d join customer c on c.id = d.customer_id join location l on l.id = d.location_id
        where (:all or d.location_id = any(:locations))""";

    private static final String APPOINTMENT = """
        select null::bigint order_id, null::bigint lead_id, a.id appointment_id, null::bigint sale_id, a.customer_id, c.name customer, c.language, a.ref reference, l.country, l.id location_id, l.name "location", l.language location_language, l.sms_sender sender, l.sms_mode
        from appointment a join customer c on c.id = a.customer_id join location l on l.id = a.location_id
        where (:all or a.location_id = any(:locations))""";

    private static final String SALE = """
        select null::bigint order_id, null::bigint lead_id, null::bigint appointment_id, s.id sale_id, s.customer_id, c.name customer, c.language, s.ref reference, l.country, l.id location_id, l.name "location", l.language location_language, l.sms_sender sender, l.sms_mode
        from sale s join customer c on c.id = s.customer_id join location l on l.id = s.location_id
        where (:all or s.location_id = any(:locations))""";

    /** At home, whose texts and sender a message about the person alone takes; without those whose name is not known, who make a poor example. */
    private static final String CUSTOMER = """
        select null::bigint order_id, null::bigint lead_id, null::bigint appointment_id, null::bigint sale_id, c.id customer_id, c.name customer, c.language, c.ref reference, l.country, l.id location_id, l.name "location", l.language location_language, l.sms_sender sender, l.sms_mode
        from customer c join location l on l.id = c.location_id
        where c.erased_at is null and c.name <> '' and (:all or c.location_id = any(:locations))""";

    private final Jdbi jdbi;

    protected PreviewRecords() { this(null); }

    @Inject
    public PreviewRecords(Jdbi jdbi) { this.jdbi = jdbi; }

    /** At most 20 whose customer, plate or number holds the text. */
    public List<Choice> matching(Scope scope, String text) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + " and (o.search_text like :pattern or c.search_text like :pattern) order by o.id desc limit 20")
            .bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).bind("pattern", SearchText.pattern(text == null ? "" : text))
            .map(ConstructorMapper.of(Choice.class)).list());
    }

    /** At most 20 leads whose contact or number holds the text. */
    public List<Choice> leads(Scope scope, String text) {
        return jdbi.withHandle(h -> h.createQuery(LEAD + " and (d.search_text like :pattern or c.search_text like :pattern) order by d.id desc limit 20")
            .bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).bind("pattern", SearchText.pattern(text == null ? "" : text))
            .map(ConstructorMapper.of(Choice.class)).list());
    }

    /** At most 20 appointments whose customer, object or number holds the text. */
    public List<Choice> appointments(Scope scope, String text) {
        return jdbi.withHandle(h -> h.createQuery(APPOINTMENT + " and (a.search_text like :pattern or c.search_text like :pattern) order by a.id desc limit 20")
            .bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).bind("pattern", SearchText.pattern(text == null ? "" : text))
            .map(ConstructorMapper.of(Choice.class)).list());
    }

    /** At most 20 sales whose customer, vehicle or number holds the text. */
    public List<Choice> sales(Scope scope, String text) {
        return jdbi.withHandle(h -> h.createQuery(SALE + " and (lower(concat_ws(' ', s.ref, s.vehicle_make, s.vehicle_model)) like :pattern or c.search_text like :pattern) order by s.id desc limit 20")
            .bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).bind("pattern", SearchText.pattern(text == null ? "" : text))
            .map(ConstructorMapper.of(Choice.class)).list());
    }

    /** At most 20 customers whose name, number or address holds the text. */
    public List<Choice> customers(Scope scope, String text) {
        return jdbi.withHandle(h -> h.createQuery(CUSTOMER + " and c.search_text like :pattern order by c.id desc limit 20")
            .bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).bind("pattern", SearchText.pattern(text == null ? "" : text))
            .map(ConstructorMapper.of(Choice.class)).list());
    }

    public Optional<Choice> find(Scope scope, long orderId) { return find(SELECT + " and o.id = :id", scope, orderId); }

    public Optional<Choice> findLead(Scope scope, long leadId) { return find(LEAD + " and d.id = :id", scope, leadId); }

    public Optional<Choice> findAppointment(Scope scope, long appointmentId) { return find(APPOINTMENT + " and a.id = :id", scope, appointmentId); }

    public Optional<Choice> findSale(Scope scope, long saleId) { return find(SALE + " and s.id = :id", scope, saleId); }

    public Optional<Choice> findCustomer(Scope scope, long customerId) { return find(CUSTOMER + " and c.id = :id", scope, customerId); }

    private Optional<Choice> find(String sql, Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery(sql).bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids())
            .bind("id", id).map(ConstructorMapper.of(Choice.class)).findOne());
    }
}
