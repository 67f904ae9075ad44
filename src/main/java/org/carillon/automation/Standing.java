package org.carillon.automation;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.fact.Channel;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * An automation as it stands, read as a row: bulk edits touch thousands.
 *
 * @param family the automation that it was copied from in the first place, else itself
 */
record Standing(long id, int version, int rev, boolean everywhere, Long locationId, String location, String triggerKind, String eventType, String status, String statusFr,
                String statusEn, String anchor, int delay, String unit, boolean openingHoursOnly, boolean intoOpeningHours, boolean sendAnyway, boolean sendLate,
                String channels, long templateId, AutomationState state, boolean deleted, long family) {

    private static final String SELECT = """
        select a.id, a.version, a.rev, a.everywhere, w.location_id, l.name location, a.trigger_kind, a.event_type, a.status,
          coalesce(s.name_fr, q.name_fr) status_fr, coalesce(s.name_en, q.name_en) status_en, a.anchor,
          a.delay_n delay, a.delay_unit unit, a.opening_hours_only, a.into_opening_hours, a.send_anyway, a.send_late, a.channels, a.template_id, a.state, a.deleted,
          coalesce(a.origin_id, a.id) family
        from automation a left join automation_location w on w.automation_id = a.id left join location l on l.id = w.location_id
          left join order_status s on s.code = a.order_status left join lead_status q on q.code = a.lead_status
        """;

    /** What makes two automations of a location send the same: a day is not 24 hours before a date, so the unit counts. */
    record Likeness(String triggerKind, String eventType, String status, String anchor, int delay, String unit, boolean openingHoursOnly, boolean intoOpeningHours,
                    boolean sendAnyway, boolean sendLate, String channels, long templateId) { }

    /** Locked in the order of their ids until the transaction ends. */
    static List<Standing> lock(Handle h, Collection<Long> ids) {
        return h.createQuery(SELECT + "where a.id = any(:ids) and a.trigger_kind in ('ON_EVENT', 'AROUND_DATE') order by a.id for update of a").bind("ids", ids.toArray(Long[]::new)).map(ConstructorMapper.of(Standing.class)).list();
    }

    /** All that stand at these locations. */
    static List<Standing> at(Handle h, Collection<Long> locations) {
        return h.createQuery(SELECT + "where w.location_id = any(:locations) and not a.deleted and a.trigger_kind in ('ON_EVENT', 'AROUND_DATE')").bind("locations", locations.toArray(Long[]::new))
            .map(ConstructorMapper.of(Standing.class)).list();
    }

    static String joined(Set<Channel> channels) { return channels.stream().sorted().map(Channel::name).collect(Collectors.joining(",")); }

    Standing withTemplate(long id) { return with(channels, id, state, deleted); }
    Standing withChannels(Set<Channel> ways) { return with(joined(ways), templateId, state, deleted); }
    Standing turned(boolean on) { return with(channels, templateId, on ? AutomationState.ACTIVE : AutomationState.PAUSED, deleted); }
    Standing gone() { return with(channels, templateId, state, true); }

    Standing with(String channels, long templateId, AutomationState state, boolean deleted) {
        return new Standing(id, version, rev, everywhere, locationId, location, triggerKind, eventType, status, statusFr, statusEn, anchor, delay, unit, openingHoursOnly,
            intoOpeningHours, sendAnyway, sendLate, channels, templateId, state, deleted, family);
    }

    boolean visible(Scope scope) { return everywhere ? scope.all() : locationId != null && scope.allows(locationId); }

    boolean active() { return state == AutomationState.ACTIVE && !deleted; }

    boolean needsAnOpening() { return openingHoursOnly || intoOpeningHours; }

    Set<Channel> ways() { return Arrays.stream(channels.split(",")).map(Channel::valueOf).collect(Collectors.toCollection(() -> EnumSet.noneOf(Channel.class))); }

    Likeness likeness() {
        return new Likeness(triggerKind, eventType, status, anchor, delay, delay == 0 ? "MINUTES" : unit, openingHoursOnly, intoOpeningHours, sendAnyway, sendLate, channels, templateId);
    }

    BulkOutcome.Named named() { return new BulkOutcome.Named(id, eventType, statusFr, statusEn, delay, unit, location); }

    /** After the next change. */
    Revision next() { return new Revision(id, locationId == null ? Set.of() : Set.of(locationId), state, deleted, rev + 1); }
}
