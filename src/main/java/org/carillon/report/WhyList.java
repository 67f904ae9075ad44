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

/**
 * Every notification, and every automation with an audience, that could concern an order, a lead or an appointment, by channel, with what was decided about it and the facts from which {@link Why} explains
 * what never happened (B-03). Two statements by keys, whatever the size of the tables.
 */
@ApplicationScoped
public class WhyList {

    /** A location with more notifications than this is shown in part. */
    public static final int MOST = 200;

    /**
     * What the explanations need of the order, lead or appointment and of its customer.
     *
     * @param group     of its status: OPEN, READY, CLOSED, CANCELLED for an order
     * @param dueLocal  ISO text in the location's zone, null where there is none (and for a lead); {@code dueAt} its instant
     * @param dated     whether the form of its type has a due date
     * @param type      name of its type
     * @param reachable by SMS: a number that takes them and did not opt out; {@code mailable} likewise
     */
    public record Subject(long id, long locationId, String location, String zone, long customerId, String customer, String group, String dueLocal, Instant dueAt, boolean dated,
                          @Nested("t") Words type, boolean phone, boolean reachable, boolean mail, boolean mailable, boolean smsConsent, boolean emailConsent) {

        boolean has(String channel) { return "SMS".equals(channel) ? phone : mail; }
        boolean usable(String channel) { return "SMS".equals(channel) ? reachable : mailable; }
        boolean agrees(String channel) { return "SMS".equals(channel) ? smsConsent : emailConsent; }
    }

    /**
     * One notification by one channel.
     *
     * @param everywhere at all locations
     * @param template   its name; of an automation with an audience that one's
     * @param event      null of a reminder and of an automation with an audience
     * @param usable     whether the location uses the status that it waits for
     * @param speaks     whether its template has words for the channel
     * @param happened   when what it waits for happened last, null where it never did; of a reminder always null
     * @param silent     whether that was recorded without messages
     * @param planState  what became of the newest plan, null where there is none; RELEASED one is told by {@code messageState}
     * @param firstDue   when it should have left by delay or lead alone (a reminder in days: null, that is calendar arithmetic)
     */
    public record Row(long automationId, boolean everywhere, String channel, long templateId, String template, boolean reminder, String event, String status, @Nested("s") Words statusName,
                      boolean usable, int delay, String unit, boolean openingHoursOnly, boolean intoOpeningHours, boolean active, boolean speaks, Instant happened, boolean silent,
                      Long planId, String planState, String reason, String detail, Instant dueAt, Instant changedAt, Instant firstDue,
                      Long messageId, String messageState, String messageReason, Instant messageAt) {

        /** Whether rules call for it, and no event or date. */
        public boolean audience() { return event == null && !reminder; }
    }

    private static final String CUSTOMER = """
              exists (select from customer_phone p where p.customer_id = c.id) phone,
              exists (select from customer_phone p where p.customer_id = c.id and p.sms_able and not exists (select from suppression x where x.channel = 'SMS' and x.address = p.e164 and x.released_at is null and x.scope = 'ALL')) reachable,
              exists (select from customer_email m where m.customer_id = c.id) mail,
              exists (select from customer_email m where m.customer_id = c.id and m.problem is null and not exists (select from suppression x where x.channel = 'EMAIL' and x.address = m.address and x.released_at is null and x.scope = 'ALL')) mailable,
              c.sms_consent, c.email_consent
        """;

    private final Jdbi jdbi;

    protected WhyList() { this(null); }

    @Inject
    public WhyList(Jdbi jdbi) { this.jdbi = jdbi; }

    public Optional<Subject> order(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery("select o.id, o.location_id, l.name location, l.zone, c.id customer_id, c.name customer, o.status_group as \"group\", o.due_local, o.due_at, "
                + "coalesce(t.shown like '%DUE_DATE%', true) dated, coalesce(t.name_fr, '') t_fr, coalesce(t.name_en, '') t_en, " + CUSTOMER
                + "from work_order o join customer c on c.id = o.customer_id join location l on l.id = o.location_id "
                + "left join order_type t on case when o.order_type is null then t.preferred else t.code = o.order_type end where o.id = :id and (:all or o.location_id = any(:locations))")
            .bind("id", id).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Subject.class)).findOne());
    }

    public Optional<Subject> lead(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery("select d.id, d.location_id, l.name location, l.zone, c.id customer_id, c.name customer, d.status_group as \"group\", null::text due_local, "
                + "null::timestamptz due_at, false dated, '' t_fr, '' t_en, " + CUSTOMER
                + "from lead d join customer c on c.id = d.customer_id join location l on l.id = d.location_id where d.id = :id and (:all or d.location_id = any(:locations))")
            .bind("id", id).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Subject.class)).findOne());
    }

    public Optional<Subject> appointment(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery("select a.id, a.location_id, l.name location, l.zone, c.id customer_id, c.name customer, a.status as \"group\", null::text due_local, "
                + "null::timestamptz due_at, false dated, '' t_fr, '' t_en, " + CUSTOMER
                + "from appointment a join customer c on c.id = a.customer_id join location l on l.id = a.location_id where a.id = :id and (:all or a.location_id = any(:locations))")
            .bind("id", id).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Subject.class)).findOne());
    }

    public List<Row> ofOrder(Subject order) { return rows("ORDER", order); }

    /** Automations whose messages are about appointments, drafts left out; and whatever else was planned for this one. */
    public List<Row> ofAppointment(Subject appointment) {
        return jdbi.withHandle(h -> h.createQuery("""
            select a.id automation_id, a.everywhere, w.channel, a.template_id, a.name template, false reminder, null::text event, null::text status, '' s_fr, '' s_en, true usable, 0 delay,
              'MINUTES' unit, a.opening_hours_only, false into_opening_hours, a.state = 'ACTIVE' active,
              exists (select from template_translation y where y.template_id = a.template_id and case w.channel when 'SMS' then y.sms else y.body end <> '') speaks,
              null::timestamptz happened, false silent, p.id plan_id, p.state plan_state, p.reason, p.detail, p.due_at, p.changed_at, null::timestamptz first_due,
              m.id message_id, m.state message_state, m.reason message_reason, coalesce(m.settled_at, m.accepted_at, m.created_at) message_at
            from automation a cross join unnest(string_to_array(a.channels, ',')) w (channel)
            left join lateral (select * from planned_notification n where n.subject_type = 'APPOINTMENT' and n.subject_id = :id and n.automation_id = a.id and n.channel = w.channel
              order by n.id desc limit 1) p on true
            left join message_now m on m.id = p.message_id
            where a.event_type is null and a.anchor is null and not a.deleted and (p.id is not null or a.state <> 'DRAFT'
              and coalesce(a.target, split_part(jsonb_path_query_first(a.audience, '$[*][*].field ? (!(@ starts with "customer.") && !(@ starts with "message_"))') #>> '{}', '.', 1)) = 'appointment'
              and (a.everywhere or exists (select from automation_location al where al.automation_id = a.id and al.location_id = :location)))
            order by p.id desc nulls last, a.name, a.id, w.channel desc limit :most""")
            .bind("id", appointment.id()).bind("location", appointment.locationId()).bind("most", MOST).map(ConstructorMapper.of(Row.class)).list());
    }

    public List<Row> ofLead(Subject lead) { return rows("LEAD", lead); }

    private List<Row> rows(String type, Subject subject) {
        return jdbi.withHandle(h -> h.createQuery("""
            select a.id automation_id, a.everywhere, w.channel, t.id template_id, t.name template, a.trigger_kind = 'AROUND_DATE' reminder, a.event_type event, a.status,
              coalesce(s.name_fr, q.name_fr) s_fr, coalesce(s.name_en, q.name_en) s_en,
              a.status is null or a.everywhere and coalesce(q.active, false)
                or coalesce(s.active, false) and exists (select from location_status u where u.status_id = s.id and u.location_id = :location) usable,
              a.delay_n delay, a.delay_unit unit, a.opening_hours_only, a.into_opening_hours, a.state = 'ACTIVE' active,
              exists (select from template_translation y where y.template_id = t.id and case w.channel when 'SMS' then y.sms else y.body end <> '') speaks,
              e.at happened, coalesce(e.silent, false) silent, p.id plan_id, p.state plan_state, p.reason, p.detail, p.due_at, p.changed_at,
              case when a.trigger_kind <> 'AROUND_DATE' then pe.at + a.delay_n * case a.delay_unit when 'DAYS' then interval '24 hours' when 'HOURS' then interval '1 hour' else interval '1 minute' end
                when a.delay_unit <> 'DAYS' then :due::timestamptz - a.delay_n * case a.delay_unit when 'HOURS' then interval '1 hour' else interval '1 minute' end end first_due,
              m.id message_id, m.state message_state, m.reason message_reason, coalesce(m.settled_at, m.accepted_at, m.created_at) message_at
            from automation a join template t on t.id = a.template_id cross join unnest(string_to_array(a.channels, ',')) w (channel)
            left join order_status s on s.code = a.order_status left join lead_status q on q.code = a.lead_status
            left join lateral (select b.at, b.silent from business_event b where b.subject_type = :type and b.subject_id = :id and b.type = a.event_type
              and (a.status is null or b.data ->> 'to' = a.status) and (b.type <> 'ORDER_SCHEDULED_TIME_CHANGED' or b.data ->> 'to' <> '') order by b.id desc limit 1) e on true
            left join lateral (select * from planned_notification n where n.subject_type = :type and n.subject_id = :id and n.automation_id = a.id and n.channel = w.channel
              order by n.id desc limit 1) p on true
            left join business_event pe on pe.id = p.event_id
            left join message_now m on m.id = p.message_id
            where not a.deleted and a.trigger_kind in ('ON_EVENT', 'AROUND_DATE') and (:type = 'LEAD' and a.everywhere or :type = 'ORDER' and exists (select from automation_location al where al.automation_id = a.id and al.location_id = :location))
            order by a.trigger_kind desc, array_position(array['LEAD_CREATED', 'LEAD_STATUS_CHANGED', 'ORDER_CREATED', 'ORDER_STATUS_CHANGED', 'ORDER_SCHEDULED_TIME_CHANGED'], a.event_type),
              coalesce(s.position, q.position) nulls first, case when a.trigger_kind = 'AROUND_DATE' then -a.delay_n * case a.delay_unit when 'DAYS' then 1440 when 'HOURS' then 60 else 1 end end,
              a.id, w.channel desc limit :most""")
            .bind("type", type).bind("id", subject.id()).bind("location", subject.locationId()).bind("due", subject.dueAt()).bind("most", MOST).map(ConstructorMapper.of(Row.class)).list());
    }
}
