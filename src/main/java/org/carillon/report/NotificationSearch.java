package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** Notifications and reminders across locations, for those who change hundreds at once: by location, part by part. */
@ApplicationScoped
public class NotificationSearch {

    /** More planned messages than this are not counted to the end. */
    public static final int COUNTED = 10_000;

    /**
     * What to look for; null is whatever it is.
     *
     * @param event code of the event, REACHED for "changed to", REMINDER before a due date
     * @param state ON, OFF or UNUSABLE (its location does not use the status)
     * @param q     part of the name of the template, the status or the location
     */
    public record Filter(String event, String channel, Long template, String state, String q) implements Serializable { }

    public record Row(long id, int version, long locationId, String location, String event, String status, String statusFr, String statusEn, boolean usable, String channels,
                      int delay, String unit, boolean openingHoursOnly, boolean intoOpeningHours, boolean reminder, long templateId, String template, boolean active)
        implements Serializable {

        public String statusName(String language) { return "en".equals(language) ? statusEn : statusFr; }

        public List<String> channelList() { return Arrays.asList(channels.split(",")); }
    }

    /** Those of location l that fit the filter. A word is looked for once in each table of names, not in each row: comparing without case is dear. */
    private static final String THERE = """
        (select f.* from (select a.*, t.name template, s.id status_id, s.name_fr status_fr, s.name_en status_en, a.trigger_kind = 'AROUND_DATE' reminder,
             a.status is null or coalesce(s.active, false) and exists (select from location_status u where u.status_id = s.id and u.location_id = l.id) usable
           from automation_location w join automation a on a.id = w.automation_id join template t on t.id = a.template_id left join order_status s on s.code = a.order_status
           where w.location_id = l.id and not a.deleted and not a.everywhere and a.trigger_kind in ('ON_EVENT', 'AROUND_DATE')) f
         where (:event::text is null or :event = case when reminder then 'REMINDER' when status is not null then 'REACHED' else event_type end)
           and (:channel::text is null or channels like '%' || :channel || '%')
           and (:template::bigint is null or template_id = :template)
           and (:state::text is null or case :state when 'ON' then state = 'ACTIVE' when 'OFF' then state <> 'ACTIVE' else not usable end)
           and (:q::text is null or template_id in (select id from template where name ilike :q)
             or l.id in (select id from location where name ilike :q) or status_id in (select id from order_status where name_fr ilike :q or name_en ilike :q))
        """;
    private static final String MINE = "(:all or id = any(:locations))";
    private static final String FOUND = " from (select id, name from location where " + MINE + ") l cross join lateral " + THERE + ") f ";

    /** Location by location in their order, so that no more are read than the page shows: {@code offset 0} keeps PostgreSQL from sorting all. */
    private static final String PAGE = " from (select id, name from location where " + MINE + " and (:place::bigint is null or (name, id) >= ((select name from location where id = :place), :place)) "
        + "order by name, id offset 0) l cross join lateral " + THERE + " and (:place::bigint is null or l.id <> :place or f.id > :id) order by f.id limit :limit) f "
        + "order by l.name, l.id, f.id limit :limit";

    private final Jdbi jdbi;

    protected NotificationSearch() { this(null); }

    @Inject
    public NotificationSearch(Jdbi jdbi) { this.jdbi = jdbi; }

    /** @param after the part before's {@link Part#next}, null for the first */
    public Part<Row> page(Scope scope, Filter filter, String after) {
        String[] from = after != null && after.matches("\\d{1,18}-\\d{1,18}") ? after.split("-") : null;
        List<Row> rows = jdbi.withHandle(h -> bind(h.createQuery("select f.id, f.version, l.id location_id, l.name location, event_type event, status, status_fr, status_en, usable, channels, "
                + "delay_n delay, delay_unit unit, opening_hours_only, into_opening_hours, reminder, template_id, template, state = 'ACTIVE' active" + PAGE), scope, filter)
            .bind("place", from == null ? null : Long.valueOf(from[0])).bind("id", from == null ? null : Long.valueOf(from[1])).bind("limit", Part.SIZE + 1)
            .map(ConstructorMapper.of(Row.class)).list());
        boolean more = rows.size() > Part.SIZE;
        List<Row> shown = more ? rows.subList(0, Part.SIZE) : rows;
        return new Part<>(List.copyOf(shown), more ? shown.get(Part.SIZE - 1).locationId() + "-" + shown.get(Part.SIZE - 1).id() : null);
    }

    public long count(Scope scope, Filter filter) {
        return jdbi.withHandle(h -> bind(h.createQuery("select count(*)" + FOUND), scope, filter).mapTo(Long.class).one());
    }

    /** All that match, with the version that they have: what an edit of all of them is about. */
    public Map<Long, Integer> versions(Scope scope, Filter filter, int most) {
        Map<Long, Integer> versions = new HashMap<>();
        jdbi.withHandle(h -> bind(h.createQuery("select f.id, f.version" + FOUND + "order by f.id limit :most"), scope, filter).bind("most", most)
            .map((r, x) -> versions.put(r.getLong(1), r.getInt(2))).list());
        return versions;
    }

    /** Messages that these have planned within the scope; {@link #COUNTED} + 1 where there are more than {@link #COUNTED}. */
    public int planned(Scope scope, Collection<Long> ids) {
        return jdbi.withHandle(h -> h.createQuery("select count(*) from (select from planned_notification where automation_id = any(:ids) and state in ('PLANNED', 'HELD') "
                + "and (:all or location_id = any(:locations)) limit :most) p")
            .bind("ids", ids.toArray(Long[]::new)).bind("all", scope.all()).bind("locations", scope.ids()).bind("most", COUNTED + 1).mapTo(Integer.class).one());
    }

    private static Query bind(Query query, Scope scope, Filter filter) {
        String q = filter.q() == null || filter.q().isBlank() ? null : "%" + filter.q().strip().replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return query.bind("all", scope.all()).bind("locations", scope.ids()).bind("event", filter.event()).bind("channel", filter.channel()).bind("template", filter.template())
            .bind("state", filter.state()).bind("q", q);
    }
}
