package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What left, what will leave and why the rest did not: messages and the plans that have not become one, in one list, newest first. Two keysets run
 * side by side, each over the primary key of its table.
 */
@ApplicationScoped
public class MessageLog {

    /** @param plan true for a plan, which has no text and no recipient yet
     * @param at  the moment of its state; of a plan to come, when it is due */
    public record Row(long id, boolean plan, Instant createdAt, Instant at, String zone, String location, Long customerId, String customer, String channel,
                      String recipient, String text, String name, String state, String reason, String detail, int segments, boolean possibleDuplicate,
                      Long orderId, String number, Long leadId, Long appointmentId) {

        public Look look() { return plan ? Look.ofPlan(state) : Look.ofMessage(state); }
    }

    /** What to show; null means all. {@code after} is the {@link Part#next} of the part before. */
    public record Filter(Look look, String channel, Instant from, String text, Long customerId, String after) {

        public static Filter ofCustomer(long id) { return new Filter(null, null, null, null, id, null); }
    }

    private static final String WHERE = """
         where (:all or m.location_id = any(:locations)) and (:channel::text is null or m.channel = :channel) and (:from::timestamptz is null or m.created_at >= :from)
           and (:customer::bigint is null or m.customer_id = :customer) and (:looked::boolean is false or m.state = any(:states))
        """;
    private static final String MESSAGES = "from %s" + WHERE
        + " and (:text::text is null or m.recipient like :text or m.customer_id in (select id from customer where search_text like :text))";
    private static final String PLANS = "from planned_notification m" + WHERE
        + " and m.state <> 'RELEASED' and (:text::text is null or m.customer_id in (select id from customer where search_text like :text))";
    /** Names as subqueries of the rows shown: joins would be put into an order anew for every page, which takes longer than to read it (PERF-12). */
    private static final String COMMON = """
        l.zone, l.name location, m.customer_id, coalesce((select name from customer where id = m.customer_id), case m.subject_type when 'STAFF' then (select name from staff where id = m.subject_id) end, '') customer,
        m.channel, coalesce((select coalesce(nullif(a.name, ''), t.name) from automation a left join template t on t.id = a.template_id where a.id = m.automation_id), '') as name, m.state, m.reason,
        (select id from work_order where m.subject_type = 'ORDER' and id = m.subject_id) order_id, (select id from lead where m.subject_type = 'LEAD' and id = m.subject_id) lead_id,
        (select id from appointment where m.subject_type = 'APPOINTMENT' and id = m.subject_id) appointment_id,
        case m.subject_type when 'ORDER' then (select coalesce(nullif(reference, ''), ref) from work_order where id = m.subject_id)
          when 'LEAD' then (select ref from lead where id = m.subject_id) when 'APPOINTMENT' then (select ref from appointment where id = m.subject_id) end number, m.id, m.created_at,
        """;

    /** Above every number, and no longer than the cursor allows. */
    private static final long NEWEST = 999_999_999_999_999_999L;

    private final Jdbi jdbi;
    private final Tally<Span, List<Count>> tally = new Tally<>();

    protected MessageLog() { this(null); }

    @Inject
    public MessageLog(Jdbi jdbi) { this.jdbi = jdbi; }

    public Part<Row> read(Scope scope, Filter filter) { return read(scope, filter, Part.SIZE); }

    public Part<Row> read(Scope scope, Filter filter, int size) {
        long[] after = cursor(filter.after());
        return jdbi.withHandle(h -> {
            List<Row> messages = filter.look() == null || filter.look().ofMessages() ? rows(h, "select " + COMMON + "false as plan, coalesce(m.settled_at, m.accepted_at, m.created_at) as at, m.recipient, "
                + "case m.channel when 'SMS' then m.text else m.subject_line end as text, null as detail, m.segments, "
                + "exists (select 1 from attempt x where x.message_id = m.id and x.possible_duplicate) possible_duplicate ", MESSAGES.formatted(rows(filter.look())), scope, filter, false, after[0], size) : List.of();
            List<Row> plans = filter.look() == null || filter.look().ofPlans() ? rows(h, "select " + COMMON + "true as plan, case when m.state in ('PLANNED', 'HELD') then m.due_at else m.changed_at end as at, '' as recipient, "
                + "'' as text, m.detail, 0 segments, false possible_duplicate ", PLANS, scope, filter, true, after[1], size) : List.of();
            return merge(messages, plans, after, size);
        });
    }

    /** Where to look for them: those that are few have a table of their own. */
    private static String rows(Look look) {
        return look == null || look == Look.SENT || look == Look.DELIVERED ? "message_now m" : look == Look.PLANNED || look == Look.HELD ? "message_due due join message_now m on m.id = due.message_id"
            : "message_ended ended join message_now m on m.id = ended.message_id and ended.failed = " + (look == Look.FAILED);
    }

    private static List<Row> rows(Handle h, String select, String from, Scope scope, Filter filter, boolean plan, long after, int size) {
        // the narrow query first, so that names are looked up for the rows shown only
        String page = "(select m.* " + from + " and m.id < :after order by m.id desc limit :limit) m";
        return h.createQuery(select + "from " + page + " join location l on l.id = m.location_id order by m.id desc").bindMap(parameters(scope, filter, plan)).bind("after", after).bind("limit", size + 1)
            .map(ConstructorMapper.of(Row.class)).list();
    }

    /** Takes from both lists what was created later, a prefix of each, so that no row is left out or shown twice. */
    private static Part<Row> merge(List<Row> messages, List<Row> plans, long[] after, int size) {
        List<Row> merged = new ArrayList<>();
        int m = 0;
        int p = 0;
        while (merged.size() < size && (m < messages.size() || p < plans.size())) {
            boolean message = p == plans.size() || m < messages.size() && !messages.get(m).createdAt().isBefore(plans.get(p).createdAt());
            merged.add(message ? messages.get(m++) : plans.get(p++));
        }
        boolean more = m < messages.size() || p < plans.size();
        return new Part<>(merged, more ? (m == 0 ? after[0] : messages.get(m - 1).id()) + "." + (p == 0 ? after[1] : plans.get(p - 1).id()) : null);
    }

    /** How many of each look, whatever look the filter names. Of many messages as they were a few seconds ago, where no single customer is asked for. */
    public Map<Look, Long> counts(Scope scope, Filter filter) {
        Filter all = new Filter(null, filter.channel(), filter.from(), filter.text(), filter.customerId(), null);
        boolean searched = filter.text() != null || filter.customerId() != null;
        List<Count> counted = searched ? count(scope, all) : tally.of(new Span(all.channel(), all.from() == null ? null : all.from().truncatedTo(ChronoUnit.MINUTES)), () -> count(Scope.everything(), all));
        Set<Long> places = Arrays.stream(scope.ids()).collect(Collectors.toSet());
        return counted.stream().filter(c -> scope.all() || places.contains(c.location())).collect(Collectors.groupingBy(Count::look, () -> new EnumMap<>(Look.class), Collectors.summingLong(Count::n)));
    }

    private record Span(String channel, Instant from) { }

    /** @param location null for what is no location's */
    private record Count(Long location, Look look, long n) { }

    private List<Count> count(Scope scope, Filter all) {
        return jdbi.withHandle(h -> {
            List<Count> counts = new ArrayList<>(h.createQuery("select m.location_id, m.state, count(*) " + MESSAGES.formatted(rows(null)) + " group by 1, 2").bindMap(parameters(scope, all, false))
                .map((r, x) -> new Count(r.getObject(1, Long.class), Look.ofMessage(r.getString(2)), r.getLong(3))).list());
            h.createQuery("select m.location_id, m.state, count(*) " + PLANS + " group by 1, 2").bindMap(parameters(scope, all, true))
                .map((r, x) -> new Count(r.getObject(1, Long.class), Look.ofPlan(r.getString(2)), r.getLong(3))).forEach(counts::add);
            return counts;
        });
    }

    private static Map<String, Object> parameters(Scope scope, Filter filter, boolean plan) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("all", scope.all());
        values.put("locations", scope.ids());
        values.put("channel", filter.channel());
        values.put("from", filter.from());
        values.put("customer", filter.customerId());
        values.put("text", Asked.pattern(filter.text()));
        values.put("looked", filter.look() != null);
        values.put("states", filter.look() == null ? new String[0] : plan ? filter.look().planStates() : filter.look().messageStates());
        return values;
    }

    private static long[] cursor(String after) {
        if (after == null || !after.matches("\\d{1,18}\\.\\d{1,18}")) {
            return new long[] {NEWEST, NEWEST};
        }
        String[] parts = after.split("\\.");
        return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
    }
}
