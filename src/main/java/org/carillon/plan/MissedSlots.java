package org.carillon.plan;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.carillon.automation.Schedule;
import org.carillon.automation.Slots;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The slots of days and weeks that passed while no node was there: weeks are made up for, each as of its own day, days are in the history as missed. So are made up for
 * the ends of days that real time did not see (P-08).
 */
final class MissedSlots {

    /** A longer outage than these is no matter of one more look: whom the oldest of them meant has waited for a month, or reads nothing new of a missed day. */
    private static final int WEEKS = 4;
    private static final int DAYS = 7;

    /** @param last the latest slot that is known there, or everywhere before the end of a day; null where none is, and the automation {@code looked} somewhere or never */
    private record Gap(int n, Instant last, boolean looked) { }

    private MissedSlots() { }

    /** Those that are due, with those between them and the last ones that are known; of a zone that an automation has only come to, nothing older. */
    static List<AudienceRuns.Slot> with(Handle h, List<AudienceRuns.Slot> due, Instant now) {
        List<AudienceRuns.Slot> timed = due.stream().filter(s -> !s.zone().equals(AudienceRuns.ALL)).toList();
        List<AudienceRuns.Slot> all = new ArrayList<>(due);
        if (timed.isEmpty()) {
            return all;
        }
        h.createQuery("select (n.n - 1)::int n, greatest((select max(slot) from audience_run r where r.automation_id = n.automation and r.zone = n.zone), "
                + "(select max(slot) from audience_run r join automation a on a.id = r.automation_id and a.trigger_kind = 'REAL_TIME' where r.automation_id = n.automation and r.zone = '*' and r.state = 'DONE' and r.slot < n.slot)) last, "
                + "exists (select from audience_run r where r.automation_id = n.automation) looked from unnest(:ids, :zones, :slots) with ordinality n (automation, zone, slot, n) "
                + "where not exists (select from audience_run r where r.automation_id = n.automation and r.zone = n.zone and r.slot = n.slot)")
            .bindArray("ids", Long.class, timed.stream().map(s -> s.automation().id()).toList()).bindArray("zones", String.class, timed.stream().map(AudienceRuns.Slot::zone).toList())
            .bindArray("slots", Instant.class, timed.stream().map(AudienceRuns.Slot::at).toList()).map(ConstructorMapper.of(Gap.class))
            .forEach(gap -> all.addAll(between(timed.get(gap.n()), gap, now)));
        return all;
    }

    private static List<AudienceRuns.Slot> between(AudienceRuns.Slot due, Gap gap, Instant now) {
        Instant since = due.automation().activeSince();
        Schedule schedule = due.automation().schedule();
        boolean realTime = schedule instanceof Schedule.RealTime;
        if (gap.last() == null && gap.looked() && !realTime) {
            return List.of();
        }
        Instant after = gap.last() == null || gap.last().isBefore(since) ? since.minusNanos(1) : gap.last();
        ZoneId zone = ZoneId.of(due.zone());
        return (realTime ? Slots.ends(zone, after, due.at(), DAYS - 1) : Slots.between(schedule, zone, after, due.at(), (schedule instanceof Schedule.Weekly ? WEEKS : DAYS) - 1)).stream()
            .map(at -> new AudienceRuns.Slot(due.automation(), due.zone(), at, !Slots.catchesUp(schedule, zone, at, now))).toList();
    }
}
