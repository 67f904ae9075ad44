package org.carillon.automation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.audience.Audience;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.Moment;
import org.carillon.automation.AudienceAutomations.DryRun;
import org.carillon.automation.AudienceAutomations.NextRun;
import org.carillon.fact.Channel;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;

/** When an automation would look for its audience, and whom it would mean then, by the facts of today. */
final class Forecast {

    private final Handle h;
    private final AudienceDesk audiences;
    private final Instant now;

    Forecast(Handle h, AudienceDesk audiences, Instant now) {
        this.h = h;
        this.audiences = audiences;
        this.now = now;
    }

    /** Earliest first, zone by zone; of real time, since it looks all the time, the one moment in each zone from which something may leave. */
    List<NextRun> next(AudienceDraft draft, int most) {
        Schedule schedule = draft.schedule();
        if (schedule instanceof Schedule.RealTime real) {
            Instant look = Slots.next(schedule, ZoneId.of("UTC"), now, 1).get(0);
            Set<ZoneId> told = new HashSet<>();
            return new PeriodCheck(h, look).next(draft, real.period()).stream().filter(run -> told.add(run.zone())).limit(most).toList();
        }
        return schedule == null ? List.of() : zones(draft).stream().flatMap(zone -> Slots.next(schedule, zone, now, most).stream().map(at -> new NextRun(at, zone)))
            .sorted(Comparator.comparing(NextRun::at).thenComparing(run -> run.zone().getId())).limit(most).toList();
    }

    /** On a day of the first of its zones: at its time, or at the next one where it does not look on that day; in real time all day long. */
    DryRun on(Scope scope, AudienceDraft draft, LocalDate day) {
        ZoneId zone = zone(draft);
        Instant start = day.atStartOfDay(zone).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        if (draft.schedule() == null || draft.schedule() instanceof Schedule.RealTime) {
            Moment allDay = new Moment(end.minus(Duration.ofSeconds(1)), start);
            return new DryRun(allDay.now(), start, zone, true, counts(scope, draft, allDay));
        }
        Instant at = Slots.next(draft.schedule(), zone, start.minusMillis(1), 1).stream().findFirst().orElse(start);
        return new DryRun(at, null, zone, at.isBefore(end), counts(scope, draft, Moment.at(at)));
    }

    DryRun now(Scope scope, AudienceDraft draft) { return new DryRun(now, null, zone(draft), true, counts(scope, draft, Moment.at(now))); }

    private Map<Channel, AudienceDesk.Count> counts(Scope scope, AudienceDraft draft, Moment moment) {
        Scope mine = draft.within(scope);
        Audience audience = draft.audience() == null ? Audience.of(List.of()) : draft.audience();
        Map<Channel, AudienceDesk.Count> counts = new EnumMap<>(Channel.class);
        draft.channels().stream().sorted().forEach(channel -> counts.put(channel, audiences.count(mine, audience, channel, draft.marketing(), moment)));
        return counts;
    }

    private ZoneId zone(AudienceDraft draft) { return zones(draft).stream().findFirst().orElse(ZoneId.of("UTC")); }

    private List<ZoneId> zones(AudienceDraft draft) {
        return h.createQuery("select zone from location where active and (:all or id = any(:ids)) group by zone order by min(id)").bind("all", draft.everywhere())
            .bind("ids", draft.locations().toArray(Long[]::new)).mapTo(String.class).map(ZoneId::of).collect(Collectors.toCollection(ArrayList::new));
    }
}
