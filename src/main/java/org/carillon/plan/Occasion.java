package org.carillon.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.carillon.automation.Timing;
import org.carillon.fact.Channel;
import org.carillon.fact.EventType;
import org.carillon.fact.Reason;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;

/**
 * An event that wakes an automation, with all that its send time depends on.
 *
 * @param wantedStatus the automation's "changed to", null for any
 * @param ttlMinutes   the automation's own time to live, null for the usual one
 */
record Occasion(long eventId, EventType type, Instant at, boolean silent, String status, String subjectType, long subjectId, long customerId, long locationId,
                String zone, String openingHours, String holidays, int calendarRev,
                long automationId, int rev, int delay, Timing.Unit unit, boolean openingHoursOnly, boolean sendAnyway, String wantedStatus, String channels,
                Integer ttlMinutes) {

    /** The columns of this record, from aliases e (event), a (automation), l (location). */
    static final String COLUMNS = "e.id event_id, e.type, e.at, e.silent, e.status, e.subject_type, e.subject_id, e.customer_id, e.location_id, "
        + "l.zone, l.opening_hours, l.holidays, l.calendar_rev, a.id automation_id, a.rev, a.delay_n delay, a.delay_unit unit, a.opening_hours_only, a.send_anyway, "
        + "a.status wanted_status, a.channels, a.ttl_minutes";

    SendTime sendTime() { return SendTimeResolver.resolve(new Timing(delay, unit, openingHoursOnly), at, calendar()); }

    private BusinessCalendar calendar() { return new BusinessCalendar(OpeningHours.parse(openingHours), Holidays.parse(holidays), ZoneId.of(zone)); }

    /** One plan per channel; the future as a row, or why there is none. */
    Plan plan(Channel channel) { return plan(channel, sendTime()); }

    /** The same with its delay over, from another moment. */
    Plan plan(Channel channel, Instant from) { return plan(channel, SendTimeResolver.resolve(new Timing(0, unit, openingHoursOnly), from, calendar())); }

    private Plan plan(Channel channel, SendTime time) {
        if (silent) {
            return new Plan(this, channel, "SKIPPED", Reason.SILENT, at, at);
        }
        if (time instanceof SendTime.At to) {
            return new Plan(this, channel, "PLANNED", null, to.due(), TimeToLive.EVENT.expiry(to.due(), null, own()));
        }
        if (time instanceof SendTime.Missed missed) {
            return new Plan(this, channel, "HELD", missed.reason(), at, at.plus(SendTimeResolver.HORIZON));
        }
        return new Plan(this, channel, "SKIPPED", Reason.UNDATABLE, at, at);
    }

    private Duration own() { return ttlMinutes == null ? null : Duration.ofMinutes(ttlMinutes); }

    boolean supersedes() { return type == EventType.ORDER_SCHEDULED_TIME_CHANGED; }

    /** only while the order has the status that was waited for. */
    String requiredStatus() { return sendAnyway ? null : wantedStatus; }

    record Plan(Occasion occasion, Channel channel, String state, Reason reason, Instant due, Instant expires) { }
}
