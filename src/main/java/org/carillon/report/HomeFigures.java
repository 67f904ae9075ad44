package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The figures of the first page. A day is each location's own: its bounds are computed here, never by PostgreSQL. */
@ApplicationScoped
public class HomeFigures {

    /** How many messages and refused plans of one day had which look. */
    public record Day(LocalDate date, Map<Look, Long> counts) {

        public long of(Look look) { return counts.getOrDefault(look, 0L); }

        public long left() { return of(Look.SENT) + of(Look.DELIVERED); }
    }

    private record Bounds(long locationId, LocalDate date, Instant from, Instant to) { }

    private final Jdbi jdbi;

    protected HomeFigures() { this(null); }

    @Inject
    public HomeFigures(Jdbi jdbi) { this.jdbi = jdbi; }

    /** The last days, oldest first, today last; by when messages were made and plans given up. */
    public List<Day> days(Scope scope, Instant now, int count) {
        return jdbi.withHandle(h -> {
            List<Bounds> bounds = bounds(h, scope, now, count);
            Map<LocalDate, Day> days = new TreeMap<>();
            bounds.forEach(b -> days.computeIfAbsent(b.date(), date -> new Day(date, new EnumMap<>(Look.class))));
            String in = " from unnest(:locations, :days, :froms, :tos) as b(location_id, day, since, till) join ";
            count(h, "select b.day, m.state, count(*)" + in + "message_now m on m.location_id = b.location_id and m.created_at >= b.since and m.created_at < b.till "
                + "and m.subject_type is distinct from 'STAFF' group by 1, 2",
                bounds, (day, state, n) -> days.get(day).counts().merge(Look.ofMessage(state), n, Long::sum));
            count(h, "select b.day, p.state, count(*)" + in + "planned_notification p on p.location_id = b.location_id and p.changed_at >= b.since and p.changed_at < b.till "
                + "and p.state in ('SKIPPED', 'CANCELLED', 'SUPPRESSED', 'EXPIRED') group by 1, 2", bounds, (day, state, n) -> days.get(day).counts().merge(Look.ofPlan(state), n, Long::sum));
            return List.copyOf(days.values());
        });
    }

    /** What is due before the end of today, each location's own. */
    public long dueToday(Scope scope, Instant now) {
        return jdbi.withHandle(h -> {
            List<Bounds> bounds = bounds(h, scope, now, 1);
            return h.createQuery("select count(*) from unnest(:locations, :tos) as b(location_id, till) join planned_notification p on p.location_id = b.location_id "
                    + "and p.state = 'PLANNED' and p.due_at < b.till")
                .bind("locations", bounds.stream().map(Bounds::locationId).toArray(Long[]::new)).bind("tos", bounds.stream().map(Bounds::to).toArray(Instant[]::new))
                .mapTo(Long.class).one();
        });
    }

    private static List<Bounds> bounds(Handle h, Scope scope, Instant now, int count) {
        List<Bounds> bounds = new ArrayList<>();
        h.createQuery("select id, zone from location where active and (:all or id = any(:locations))").bind("all", scope.all()).bind("locations", scope.ids())
            .map((r, x) -> Map.entry(r.getLong(1), ZoneId.of(r.getString(2)))).forEach(location -> {
                LocalDate today = now.atZone(location.getValue()).toLocalDate();
                for (int i = 0; i < count; i++) {
                    LocalDate day = today.minusDays(i);
                    bounds.add(new Bounds(location.getKey(), day, day.atStartOfDay(location.getValue()).toInstant(), day.plusDays(1).atStartOfDay(location.getValue()).toInstant()));
                }
            });
        return bounds;
    }

    private interface Counting {
        void take(LocalDate day, String state, long n);
    }

    private static void count(Handle h, String sql, List<Bounds> bounds, Counting counting) {
        h.createQuery(sql).bind("locations", bounds.stream().map(Bounds::locationId).toArray(Long[]::new))
            .bind("days", bounds.stream().map(b -> b.date().toString()).toArray(String[]::new))
            .bind("froms", bounds.stream().map(Bounds::from).toArray(Instant[]::new)).bind("tos", bounds.stream().map(Bounds::to).toArray(Instant[]::new))
            .map((r, x) -> {
                counting.take(LocalDate.parse(r.getString(1)), r.getString(2), r.getLong(3));
                return null;
            }).list();
    }
}
