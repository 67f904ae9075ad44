package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.fact.Channel;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.carillon.template.Imprint;
import org.carillon.template.TemplateText;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** One statement that reads all that a batch of due plans needs: the automation, the person, the subject, the words and every value they may name. */
@ApplicationScoped
public class Facts {

    /** What the releaser decides from; {@code values} is a JSON object by field code. */
    public record Due(long id, long automationId, int planRev, int rev, String automationState, boolean deleted, boolean openingHoursOnly, boolean intoOpeningHours, String requiredStatus,
                      String status, boolean reminder, boolean audience, boolean realTime, String days, LocalTime periodFrom, LocalTime periodTo, String occurrence, String dueLocal, String statusGroup, boolean here, boolean reassigned, boolean newerOverdue, String state, String reason, Instant dueAt, Instant expiresAt, Channel channel, Purpose purpose,
                      long locationId, int calendarRev, int planCalendarRev, String zone, String openingHours, String holidays, LocalTime quietFrom, LocalTime quietTo, String offerHours, String country, String smsSender, String smsMode, String emailFrom,
                      Long eventId, String subjectType, long subjectId, long customerId, boolean consent, boolean marketingConsent,
                      String shop, String postalAddress, String contact, String stopNumber, boolean signed, int maxSegments, String address, int addresses, String addressProblem, boolean suppressed, boolean marketingHeld,
                      String language, String subject, String text, String values) {

        Imprint imprint() { return new Imprint(shop, postalAddress, contact, stopNumber, !smsSender.matches(".*[A-Za-z].*")); }
    }

    /** Kept: looking for the provider of JSON costs more than reading a row. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    /** What the shop keeps besides of the customer and of the appointment: not in the catalogue's statement, as it changes while nodes run. A date names itself. */
    private static final String META = """
        case when c.attributes = '{}' and coalesce(ap.attributes, '{}') = '{}' then '{}'::jsonb else (select coalesce(jsonb_object_agg(lower(d.owner) || '.meta_' || d.code, case d.type
            when 'DATE' then jsonb_build_object('date', k.value) when 'NUMBER' then jsonb_build_object('number', k.value)
            when 'CHOICE' then coalesce((select h -> tx.language from jsonb_array_elements(d.choices) h where h -> 'code' = k.value), k.value)
            else k.value end), '{}') from attribute d cross join lateral (select case d.owner when 'CUSTOMER' then c.attributes else ap.attributes end -> d.code "value") k
          where k.value is not null) end""";
    private static final Pattern KEPT = Pattern.compile("(customer|appointment)\\.meta_.*");

    /** The object's vehicle, else the customer's first one; what was sold may be no vehicle of theirs yet. */
    private static final String VEHICLE = """
        select make, model, year from (
          select 0 rank, 0 id, sa.vehicle_make make, sa.vehicle_model model, sa.vehicle_year "year" where sa.vehicle_make <> '' or sa.vehicle_model <> ''
          union all select case when w.id = coalesce(o.vehicle_id, sa.vehicle_id, ap.vehicle_id) then 1 else 2 end, w.id, w.make, w.model, w.year from vehicle w where w.customer_id = c.id) q
        order by rank, id limit 1""";

    private static final Pattern OF_THE_VEHICLE = Pattern.compile("\\bv\\.");

    private final FieldCatalogue catalogue;
    private final String values;

    protected Facts() { this(new FieldCatalogue(List.of())); }

    @Inject
    public Facts(FieldCatalogue catalogue) {
        this.catalogue = catalogue;
        this.values = objects(catalogue.fixed(), true);
    }

    /** A function call takes at most 100 arguments; few objects, since each one more is copied into the last for every row. */
    private static String objects(Collection<Field> fields, boolean meta) {
        List<String> pairs = fields.stream().map(f -> "'" + f.code() + "', " + f.sql()).toList();
        return IntStream.iterate(0, i -> i == 0 || i < pairs.size(), i -> i + 50).mapToObj(i -> String.join(", ", pairs.subList(i, Math.min(pairs.size(), i + 50))))
            .map(some -> "jsonb_build_object(" + some + ")").collect(Collectors.joining(" || ", "(", (meta ? " || " + META : "") + ")"));
    }

    /** Values are read that the batch's texts name, a tenth of all: reading all of them was half of a release. Who was given other words meanwhile is read whole. */
    List<Due> of(Handle h, Collection<Long> planIds, Instant now) {
        Set<String> texts = texts(h, planIds);
        Set<String> named = texts.stream().flatMap(text -> TemplateText.parse(text).fields().stream()).collect(Collectors.toCollection(TreeSet::new));
        List<Field> read = named.stream().map(catalogue::fixed).filter(Objects::nonNull).toList();
        List<Due> due = read(h, planIds, now, objects(read, read.size() < named.size()), read.stream().anyMatch(f -> OF_THE_VEHICLE.matcher(f.sql()).find()));
        return due.stream().allMatch(d -> d.text() == null || texts.contains(d.text()) && texts.contains(d.subject())) ? due : read(h, planIds, now, values, true);
    }

    /** What their automations say at present. */
    Set<String> texts(Handle h, Collection<Long> planIds) {
        Set<String> texts = new HashSet<>();
        h.createQuery("select y.sms, y.subject, y.body from template_translation y where y.template_id in (select a.template_id from automation a "
                + "where a.id in (select p.automation_id from planned_notification p where p.id = any(:ids)))").bindArray("ids", Long.class, planIds)
            .map((r, c) -> List.of(r.getString(1), r.getString(2), r.getString(3))).forEach(texts::addAll);
        return texts;
    }

    private static List<Due> read(Handle h, Collection<Long> planIds, Instant now, String values, boolean vehicle) {
        return h.createQuery("""
            select p.id, p.automation_id, p.plan_rev, a.rev, a.state automation_state, a.deleted, a.opening_hours_only, a.into_opening_hours, p.required_status, coalesce(o.status, ld.status, ap.status) status,
              p.reminder, a.by_audience audience, a.trigger_kind = 'REAL_TIME' real_time, a.days, a.period_from, a.period_to, p.occurrence, o.due_local, o.status_group, exists (select from automation_location al where al.automation_id = a.id and al.location_id = o.location_id) here,
              p.subject_type = 'ORDER' and (o.customer_id <> p.customer_id or o.location_id <> p.location_id) reassigned,
              p.reminder and exists (select from planned_notification q where q.reminder and q.subject_type = p.subject_type and q.subject_id = p.subject_id
                and q.channel = p.channel and q.due_at <= :now and (q.due_at, q.id) > (p.due_at, p.id)
                and (q.state = 'PLANNED' or q.state = 'HELD' and q.reason = 'BACKLOG' or q.state = 'RELEASED' and q.occurrence = p.occurrence)) newer_overdue, p.state, p.reason,
              p.due_at, case when a.kind = 'APPOINTMENT' and ap.start_at > p.created_at then least(p.expires_at, ap.start_at - interval '%b minutes') else p.expires_at end expires_at, p.channel, t.purpose, p.location_id, l.calendar_rev, p.calendar_rev plan_calendar_rev, l.zone, l.opening_hours, l.holidays, l.quiet_from, l.quiet_to, co.offer_hours, l.country, l.sms_sender, l.sms_mode, l.email_from,
              p.event_id, p.subject_type, p.subject_id, p.customer_id,
              case p.channel when 'SMS' then c.sms_consent else c.email_consent end consent,
              c.marketing_consent or coalesce(c.implied_until > :now and l.country = 'CA' and co.implied_consent, false) marketing_consent,
              coalesce(co.name, '') shop, coalesce(nullif(l.postal_address, ''), co.postal_address, '') postal_address, coalesce(nullif(co.offer_contact, ''), l.phone) contact,
              coalesce(co.stop_number, '') stop_number, t.purpose = 'MARKETING' or t.signature = 'ALWAYS'
                or t.signature = 'FIRST' and not exists (select from message m where m.recipient = r.address and m.channel = p.channel) signed,
              case t.purpose when 'MARKETING' then coalesce(co.max_segments_offers, 3) else coalesce(co.max_segments, 4) end max_segments, r.address, r.addresses, r.problem address_problem,
              exists (select 1 from suppression x where x.channel = p.channel and x.address = lower(r.address) and x.released_at is null
                and (x.scope = 'ALL' or t.purpose = 'MARKETING')) suppressed,
              t.purpose = 'MARKETING' and exists (select from marketing_hold mh where mh.location_id = p.location_id and mh.released_at is null) marketing_held,
              tx.language, tx.subject, case p.channel when 'SMS' then tx.sms else tx.body end as text, %s::text as values
            from planned_notification p
            join automation a on a.id = p.automation_id
            join template t on t.id = a.template_id
            join customer c on c.id = p.customer_id
            join location l on l.id = p.location_id
            left join company co on true
            left join work_order o on p.subject_type = 'ORDER' and o.id = p.subject_id
            left join order_status s on s.code = o.status
            left join lead ld on p.subject_type = 'LEAD' and ld.id = p.subject_id
            left join lead_status ls on ls.code = ld.status
            left join appointment ap on p.subject_type = 'APPOINTMENT' and ap.id = p.subject_id
            left join sale sa on p.subject_type = 'SALE' and sa.id = p.subject_id
            left join lateral (%v) v on true
            left join lateral (
              select (array_agg(h.address order by h.position) filter (where h.problem is null))[1] address, count(*)::int addresses, min(h.problem) problem
              from (select e164 address, position, case when sms_able then null else coalesce(problem, 'NO_SMS') end problem from customer_phone
                    where customer_id = c.id and p.channel = 'SMS'
                    union all select address, position, problem from customer_email where customer_id = c.id and p.channel = 'EMAIL') h) r on true
            left join lateral (select * from template_translation y where y.template_id = t.id
              and (case p.channel when 'SMS' then y.sms else y.body end) <> '' order by (y.language = c.language) desc, (y.language = l.language) desc, y.language limit 1) tx on true
            where p.id = any(:ids) order by p.id""".replace("%b", Long.toString(TimeToLive.BEFORE_APPOINTMENT.toMinutes())).replace("%s", values)
                .replace("%v", vehicle ? VEHICLE : "select null::text make, null::text model"))
            .bindArray("ids", Long.class, planIds).bind("now", now).map(ConstructorMapper.of(Due.class)).list();
    }

    /** Values as the catalogue's types: text, local date and time, decimal; a field without a value is left out. */
    public Map<String, Object> values(String json) {
        Map<String, Object> typed = new HashMap<>();
        try (var reader = READERS.createReader(new StringReader(json))) {
            JsonObject object = reader.readObject();
            object.forEach((code, value) -> {
                if (KEPT.matcher(code).matches() && catalogue.fixed(code) == null) {
                    kept(code, value, typed);
                } else {
                    typed(catalogue.fixed(code), value, typed);
                }
            });
        }
        return typed;
    }

    /** An attribute's value; a number is no amount of money, and is written as it is. */
    private static void kept(String code, JsonValue value, Map<String, Object> into) {
        if (value instanceof JsonString text) {
            into.put(code, text.getString());
        } else if (value instanceof JsonObject object && object.containsKey("date")) {
            into.put(code, LocalDate.parse(object.getString("date")));
        } else if (value instanceof JsonObject object) {
            into.put(code, object.getJsonNumber("number").doubleValue());
        }
    }

    private static void typed(Field field, JsonValue value, Map<String, Object> into) {
        if (value instanceof JsonString text && !text.getString().isBlank()) {
            into.put(field.code(), switch (field.type()) {
                case DATE -> LocalDateTime.parse(text.getString()).toLocalDate();
                case TIME -> LocalDateTime.parse(text.getString()).toLocalTime();
                default -> text.getString();
            });
        } else if (value instanceof JsonNumber number) {
            into.put(field.code(), number.bigDecimalValue());
        }
    }

    /** All values at hand for a real record, for previews: the subject's, else those of the customer's newest order and latest appointment. */
    Map<String, Object> preview(Handle h, long customerId, Subject subject, String language) {
        return h.createQuery("""
            select %s::text from customer c
            left join company co on true
            left join lateral (select * from work_order w where w.customer_id = c.id and :other::bigint is null and (:order::bigint is null or w.id = :order::bigint)
              order by w.id desc limit 1) o on true
            left join lead ld on ld.customer_id = c.id and ld.id = :lead::bigint
            left join lateral (select * from appointment w where w.customer_id = c.id and (w.id = :appointment::bigint
              or :appointment::bigint is null and :other::bigint is null and :order::bigint is null) order by w.start_at desc limit 1) ap on true
            left join sale sa on sa.customer_id = c.id and sa.id = :sale::bigint
            join location l on l.id = coalesce(o.location_id, ld.location_id, ap.location_id, sa.location_id, c.location_id)
            left join order_status s on s.code = o.status
            left join lead_status ls on ls.code = ld.status
            left join lateral (%v) v on true
            cross join lateral (select :language::text as language) tx where c.id = :customer""".replace("%s", values).replace("%v", VEHICLE))
            .bind("order", id(subject, Subject.Type.ORDER)).bind("lead", id(subject, Subject.Type.LEAD)).bind("appointment", id(subject, Subject.Type.APPOINTMENT))
            .bind("sale", id(subject, Subject.Type.SALE)).bind("other", subject == null || subject.type() == Subject.Type.ORDER ? null : subject.id()).bind("customer", customerId).bind("language", language).mapTo(String.class).findOne().map(this::values).orElse(Map.of());
    }

    private static Long id(Subject subject, Subject.Type type) { return subject == null || subject.type() != type ? null : subject.id(); }
}
