package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The appointments of some locations: of a stretch of time for the calendar, or as a list, the next ones or the last ones first. */
@ApplicationScoped
public class AppointmentList {

    /** @param startLocal ISO text in the zone of its location, as {@code endLocal}, which is null where it is open
     * @param object what it is about: words, else the vehicle */
    public record Row(long id, String ref, String customer, String object, String status, String startLocal, String endLocal, Instant startAt, String zone, String location) {

        public LocalDateTime start() { return LocalDateTime.parse(startLocal); }

        public LocalDateTime end() { return endLocal == null ? null : LocalDateTime.parse(endLocal); }
    }

    /** What to show; null means all. {@code after} is the {@link Part#next} of the part before. */
    public record Filter(String text, String status, boolean past, Long customerId, String after) { }

    private static final String SELECT = """
        select a.id, a.ref, c.name customer, coalesce(nullif(a.object_label, ''), nullif(concat_ws(' ', nullif(v.make, ''), nullif(v.model, ''), v.year), ''), '') object,
               a.status, a.start_local, a.end_local, a.start_at, l.zone, l.name "location"
          from appointment a join customer c on c.id = a.customer_id join location l on l.id = a.location_id left join vehicle v on v.id = a.vehicle_id
         where (:all or a.location_id = any(:locations))""";

    private final Jdbi jdbi;

    protected AppointmentList() { this(null); }

    @Inject
    public AppointmentList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Those that start from one instant up to, not including, another, in order; at most so many. */
    public List<Row> between(Scope scope, Instant from, Instant to, int most) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + " and a.start_at >= :from and a.start_at < :to order by a.start_at, a.id limit :most")
            .bind("all", scope.all()).bind("locations", scope.ids()).bind("from", from).bind("to", to).bind("most", most).map(ConstructorMapper.of(Row.class)).list());
    }

    public Part<Row> read(Scope scope, Filter filter, Instant now) {
        String[] cursor = filter.after() == null || !filter.after().matches("-?\\d{1,11}\\.\\d{1,18}") ? new String[] {null, null} : filter.after().split("\\.");
        String order = filter.past() ? " desc" : "";
        List<Row> rows = jdbi.withHandle(h -> h.createQuery(SELECT + (filter.past() ? " and a.start_at < :now" : " and a.start_at >= :now")
                + " and (:status::text is null or a.status = :status) and (:customer::bigint is null or a.customer_id = :customer) "
                + "and (:text::text is null or a.search_text like :text or c.search_text like :text) and (:at::timestamptz is null or (a.start_at, a.id) "
                + (filter.past() ? "<" : ">") + " (:at::timestamptz, :id::bigint)) order by a.start_at" + order + ", a.id" + order + " limit :limit")
            .bind("all", scope.all()).bind("locations", scope.ids()).bind("now", now).bind("status", filter.status()).bind("customer", filter.customerId())
            .bind("text", Asked.pattern(filter.text())).bind("at", cursor[0] == null ? null : Instant.ofEpochSecond(Long.parseLong(cursor[0]))).bind("id", cursor[1] == null ? null : Long.valueOf(cursor[1]))
            .bind("limit", Part.SIZE + 1).map(ConstructorMapper.of(Row.class)).list());
        boolean more = rows.size() > Part.SIZE;
        List<Row> shown = more ? rows.subList(0, Part.SIZE) : rows;
        Row last = more ? shown.get(Part.SIZE - 1) : null;
        return new Part<>(shown, last == null ? null : last.startAt().getEpochSecond() + "." + last.id());
    }

    /** A customer's, the latest first. */
    public List<Row> of(Scope scope, long customerId, int most) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + " and a.customer_id = :customer order by a.start_at desc, a.id desc limit :most")
            .bind("all", scope.all()).bind("locations", scope.ids()).bind("customer", customerId).bind("most", most).map(ConstructorMapper.of(Row.class)).list());
    }

    /** Whether there is nothing at all yet, as opposed to nothing that fits. */
    public boolean isEmpty(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select not exists (select from appointment where :all or location_id = any(:locations))")
            .bind("all", scope.all()).bind("locations", scope.ids()).mapTo(Boolean.class).one());
    }
}
