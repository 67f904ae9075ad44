package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The notifications and reminders of one location, in the order of what happens to an order; or those about leads, which are the whole company's. */
@ApplicationScoped
public class NotificationList {

    /**
     * @param version that the row was read with, so that an act upon it notices a change made since
     * @param status  code of the status that must be reached, null for any
     * @param usable  false when the location no longer uses that status, so that the notification cannot fire
     * @param planned messages that wait for their time or for a remedy; of a location's, {@link NotificationSearch#COUNTED} + 1 where there are more than that
     */
    public record Row(long id, int version, String event, String status, String statusFr, String statusEn, boolean usable, String channels, int delay, String unit,
                      boolean openingHoursOnly, boolean reminder, boolean intoOpeningHours, boolean sendLate, long templateId, String template, boolean active, int planned) implements Serializable {

        public String statusName(String language) { return "en".equals(language) ? statusEn : statusFr; }

        public List<String> channelList() { return Arrays.asList(channels.split(",")); }
    }

    private final Jdbi jdbi;

    protected NotificationList() { this(null); }

    @Inject
    public NotificationList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Those about leads; {@code planned} counts what the scope shows. */
    public List<Row> ofLeads(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("""
            select a.id, a.version, a.event_type event, a.status, s.name_fr status_fr, s.name_en status_en, a.status is null or coalesce(s.active, false) usable,
              a.channels, a.delay_n delay, a.delay_unit unit, a.opening_hours_only, false reminder, a.into_opening_hours, a.send_late, t.id template_id, t.name template,
              a.state = 'ACTIVE' active, coalesce(p.planned, 0) planned
            from automation a
            join template t on t.id = a.template_id
            left join lead_status s on s.code = a.status
            left join (select automation_id, count(*)::int planned from planned_notification
                       where state in ('PLANNED', 'HELD') and (:all or location_id = any(:locations)) group by automation_id) p on p.automation_id = a.id
            where not a.deleted and a.everywhere and a.trigger_kind = 'ON_EVENT'
            order by array_position(array['LEAD_CREATED', 'LEAD_STATUS_CHANGED'], a.event_type), s.position nulls first, a.id""")
            .bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Row.class)).list());
    }

    /** Those of events, or with {@code reminders} those before a due date, longest lead first. */
    public List<Row> at(Scope scope, long locationId, boolean reminders) {
        return !scope.allows(locationId) ? List.of() : jdbi.withHandle(h -> h.createQuery("""
            select a.id, a.version, a.event_type event, a.status, s.name_fr status_fr, s.name_en status_en,
              a.status is null or coalesce(s.active, false) and exists (select from location_status u where u.status_id = s.id and u.location_id = :location) usable,
              a.channels, a.delay_n delay, a.delay_unit unit, a.opening_hours_only, a.trigger_kind = 'AROUND_DATE' reminder, a.into_opening_hours, a.send_late, t.id template_id, t.name template, a.state = 'ACTIVE' active,
              (select count(*)::int from (select from planned_notification p where p.automation_id = a.id and p.location_id = :location and p.state in ('PLANNED', 'HELD')
                limit :counted) p) planned
            from automation a
            join automation_location l on l.automation_id = a.id and l.location_id = :location
            join template t on t.id = a.template_id
            left join order_status s on s.code = a.status
            where not a.deleted and a.trigger_kind = :kind
            order by array_position(array['ORDER_CREATED', 'ORDER_STATUS_CHANGED', 'ORDER_SCHEDULED_TIME_CHANGED'], a.event_type), s.position nulls first,
              case when a.trigger_kind = 'AROUND_DATE' then -a.delay_n * case a.delay_unit when 'DAYS' then 1440 when 'HOURS' then 60 else 1 end end, a.id""")
            .bind("location", locationId).bind("kind", reminders ? "AROUND_DATE" : "ON_EVENT").bind("counted", NotificationSearch.COUNTED + 1).map(ConstructorMapper.of(Row.class)).list());
    }
}
