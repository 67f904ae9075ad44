package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.delivery.Outbox;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.EventType;
import org.carillon.fact.EventsRecorded;
import org.carillon.fact.Reason;
import org.carillon.fact.RecordedEvent;
import org.carillon.fact.RoundTrip;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Turns what happened into what will be sent, inside the transaction in which it happened: an order is never saved without its plans, nor a plan
 * without its order (REL-02). The unique key of planned_notification makes a replay harmless. One look and one write, whatever the number of events:
 * what an event costs is round trips. (ADR 0021)
 */
@ApplicationScoped
public class Planner {

    static final String TZ_VERSION = ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();

    /** What is due later is found by the releasers' own look, each second; a notification would make commits wait for each other. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final String END = "update planned_notification p set state = e.state, reason = e.reason, detail = case when not p.reminder then p.detail end, changed_at = :now "
        + "from unnest(:ends, :endStates, :endReasons) e (id, state, reason) where p.id = e.id and p.state in ('PLANNED', 'HELD') returning p.id; ";
    private static final String STORE = "insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, event_id, occurrence, "
        + "channel, recipient, required_status, supersedes, due_at, expires_at, tz_version, state, reason, created_at, changed_at) select automation, rev, calendar_rev, place, "
        + "subject_type, subject, customer, event, 'e' || event, channel, 'CUSTOMER', required_status, supersedes, due, expires, :tz, state, reason, :now, :now "
        + "from unnest(:automations, :revs, :calendarRevs, :places, :subjectTypes, :subjects, :customers, :events, :channels, :requiredStatuses, :supersedes, :dues, :expires, :states, :reasons) "
        + "with ordinality n (automation, rev, calendar_rev, place, subject_type, subject, customer, event, channel, required_status, supersedes, due, expires, state, reason, n) order by n "
        + "on conflict do nothing; ";
    private static final String NOTIFY = "select pg_notify('carillon_plan', ''); ";

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Outbox outbox;
    private final Reminders reminders;

    protected Planner() { this(null, null, null, null); }

    @Inject
    public Planner(Jdbi jdbi, ApplicationClock clock, Outbox outbox, Reminders reminders) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
        this.reminders = reminders;
    }

    public void plan(@Observes EventsRecorded recorded) {
        Instant now = clock.now();
        jdbi.useHandle(h -> {
            Outlook outlook = Outlook.of(h, recorded.events());
            List<Ending> endings = Ending.of(outlook, recorded.events());
            cancel(endings);
            String actor = recorded.events().get(0).event().actor();
            reminders.recall(h, outlook.entries().stream().filter(e -> e.id() != 0 && e.live() && e.wrong()).map(Outlook.Entry::id).toList(), actor, now);
            List<Occasion.Plan> plans = plans(outlook, recorded.events());
            boolean missed = write(h, endings.stream().filter(e -> e.plan().pending()).toList(), plans, outlook, now);
            if (missed || outlook.isElsewhere()) {
                reminders.follow(h, orders(recorded.events()), actor, now);
            }
        });
    }

    private static Set<Long> orders(List<RecordedEvent> events) {
        return events.stream().map(e -> e.event().subject()).filter(s -> s.type() == Subject.Type.ORDER).map(Subject::id).collect(Collectors.toSet());
    }

    /** Messages that have not left. */
    private void cancel(List<Ending> endings) {
        Map<Map.Entry<Reason, String>, List<Long>> released = new LinkedHashMap<>();
        endings.stream().filter(e -> e.plan().live()).forEach(e -> released.computeIfAbsent(Map.entry(e.reason(), e.actor()), why -> new ArrayList<>()).add(e.plan().id()));
        released.forEach((why, plans) -> outbox.cancelByPlans(plans, why.getKey(), why.getValue()));
    }

    private static List<Occasion.Plan> plans(Outlook outlook, List<RecordedEvent> events) {
        return outlook.occasions(events.stream().filter(Planner::callsForSomething).toList()).stream()
            .flatMap(occasion -> Arrays.stream(occasion.channels().split(",")).map(Channel::valueOf).map(occasion::plan)).toList();
    }

    /** A due date that was cleared calls for nothing. */
    private static boolean callsForSomething(RecordedEvent e) {
        return e.event().customerId() != null && (e.event().type() != EventType.ORDER_SCHEDULED_TIME_CHANGED || !e.event().data().getOrDefault("to", "").isEmpty());
    }

    /** All of it at once. Answers whether a reminder was released since it was looked at, so that its order must be followed again. */
    private boolean write(Handle h, List<Ending> endings, List<Occasion.Plan> plans, Outlook outlook, Instant now) {
        List<Outlook.Stray> strays = outlook.strays(now);
        Timetable timetable = outlook.timetable(strays, now);
        if (endings.isEmpty() && plans.isEmpty() && timetable.isEmpty()) {
            return false;
        }
        boolean wake = timetable.isDueBy(now.plus(SOON)) || plans.stream().anyMatch(p -> "PLANNED".equals(p.state()) && !p.due().isAfter(now.plus(SOON)));
        Query query = h.createQuery("set local plan_cache_mode = force_generic_plan; " + (endings.isEmpty() ? "" : END) + (plans.isEmpty() ? "" : STORE)
            + (timetable.isEmpty() ? "" : Reminders.BRING_ORDERS + "; ") + (wake ? NOTIFY : "") + "set local plan_cache_mode = auto").bind("now", now).bind("tz", TZ_VERSION);
        if (!endings.isEmpty()) {
            query.bindArray("ends", Long.class, all(endings, e -> e.plan().id())).bindArray("endStates", String.class, all(endings, Ending::state))
                .bindArray("endReasons", String.class, all(endings, e -> e.reason().name()));
        }
        if (!plans.isEmpty()) {
            bind(query, plans);
        }
        if (!timetable.isEmpty()) {
            timetable.bind(query).bind("tell", true).bindArray("orders", Long.class, all(strays, Outlook.Stray::order));
        }
        List<Long> ended = RoundTrip.ask(query, answers -> endings.isEmpty() ? List.of() : answers.rows(row -> row.getLong(1)));
        return ended.size() < endings.size() && late(h, endings.stream().filter(e -> !ended.contains(e.plan().id())).toList());
    }

    /** The update may have waited for the releaser, whose commit only a new snapshot shows. */
    private boolean late(Handle h, List<Ending> missed) {
        Set<Long> live = h.createQuery("select p.id from planned_notification p join message_due d on d.message_id = p.message_id where p.id = any(:ids) and p.state = 'RELEASED'")
            .bindArray("ids", Long.class, all(missed, e -> e.plan().id())).mapTo(Long.class).set();
        missed.stream().filter(e -> live.contains(e.plan().id()) && !e.plan().reminder()).forEach(e -> outbox.cancelByPlans(List.of(e.plan().id()), e.reason(), e.actor()));
        return missed.stream().anyMatch(e -> e.plan().reminder());
    }

    private static void bind(Query query, List<Occasion.Plan> plans) {
        query.bindArray("automations", Long.class, all(plans, p -> p.occasion().automationId())).bindArray("revs", Integer.class, all(plans, p -> p.occasion().rev()))
            .bindArray("calendarRevs", Integer.class, all(plans, p -> p.occasion().calendarRev())).bindArray("places", Long.class, all(plans, p -> p.occasion().locationId()))
            .bindArray("subjectTypes", String.class, all(plans, p -> p.occasion().subjectType())).bindArray("subjects", Long.class, all(plans, p -> p.occasion().subjectId()))
            .bindArray("customers", Long.class, all(plans, p -> p.occasion().customerId())).bindArray("events", Long.class, all(plans, p -> p.occasion().eventId()))
            .bindArray("channels", String.class, all(plans, p -> p.channel().name())).bindArray("requiredStatuses", String.class, all(plans, p -> p.occasion().requiredStatus()))
            .bindArray("supersedes", Boolean.class, all(plans, p -> p.occasion().supersedes())).bindArray("dues", Instant.class, all(plans, Occasion.Plan::due))
            .bindArray("expires", Instant.class, all(plans, Occasion.Plan::expires)).bindArray("states", String.class, all(plans, Occasion.Plan::state))
            .bindArray("reasons", String.class, all(plans, p -> p.reason() == null ? null : p.reason().name()));
    }

    private static <S, T> List<T> all(List<S> many, java.util.function.Function<S, T> part) {
        List<T> all = new ArrayList<>(many.size());
        many.forEach(one -> all.add(part.apply(one)));
        return all;
    }
}
