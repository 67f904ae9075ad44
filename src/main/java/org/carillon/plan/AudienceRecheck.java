package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.AudienceQuery;
import org.carillon.audience.Judge;
import org.carillon.audience.LocalDays;
import org.carillon.audience.Moment;
import org.carillon.audience.Statement;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceShelf;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * Whether what waits is still meant: the rules as of the moment at which they found it, asked of today's facts. Days that pass change nothing, and a visit
 * that was entered meanwhile does. One statement for an automation, whatever the number of its plans and of the looks that found them. (ADR 0035)
 */
@ApplicationScoped
public class AudienceRecheck {

    /** What was found since then has been asked about just now. */
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):(\\w+)");

    private static final String FOUND = "select p.id, p.automation_id, r.asked_at asked, r.since from planned_notification p join automation a on a.id = p.automation_id join audience_run r on r.id = p.run_id "
        + "where p.id = any(:ids) and a.by_audience and not a.deleted and a.state = 'ACTIVE' and a.rev = p.plan_rev and p.created_at <= :fresh";

    /** Row by row of what waits, and for these customers alone: the limit keeps the database from looking for everybody. */
    private static final String ASK = "with p as materialized (select p.id, p.customer_id, p.subject_type, p.subject_id, p.occurrence, v.* from unnest(:plans, :which) i (plan, n) "
        + "join planned_notification p on p.id = i.plan join unnest(%1$s) v (%2$s) on v.n = i.n) "
        + "select p.id, p.occurrence, m.entry, m.holds is not null holds, nullif(o.entry, '') own from p left join lateral (select true holds, coalesce(m.entry, 'once') entry from (%3$s) m "
        + "where m.customer_id = p.customer_id%4$s limit 1) m on true left join lateral (%5$s) o on true";

    /** An occasion that moved stays the same message; where both are known, the newer one speaks. */
    private static final String MOVE = """
        with e as (
          select distinct on (p.automation_id, p.subject_type, p.subject_id, p.channel, p.recipient) p.id, e.entry, a.drop_past_midnight, a.kind, ap.start_at from unnest(:ids, :entries) e (id, entry)
            join planned_notification p on p.id = e.id join automation a on a.id = p.automation_id left join appointment ap on p.subject_type = 'APPOINTMENT' and ap.id = p.subject_id and ap.start_at > :now
           where not exists (select from planned_notification q where q.automation_id = p.automation_id and q.subject_type = p.subject_type and q.subject_id = p.subject_id and q.occurrence = e.entry
             and q.channel = p.channel and q.recipient = p.recipient) order by p.automation_id, p.subject_type, p.subject_id, p.channel, p.recipient, p.id desc),
        t as (select e.*, start_at - case kind when 'APPOINTMENT' then :ahead else 0 end * interval '1 second' ends from e)
        update planned_notification p set occurrence = t.entry, latest = case when t.drop_past_midnight then least(p.latest, t.ends) else coalesce(t.ends, p.latest) end,
          expires_at = case when t.ends is null then p.expires_at when t.kind = 'APPOINTMENT' and not t.drop_past_midnight then t.ends else least(p.expires_at, t.ends) end
          from t where p.id = t.id returning p.id""";

    private record Found(long id, long automationId, Instant asked, Instant since) { }

    /** @param own what the object says of itself, whether the rules mean it or not */
    record Answer(long id, String occurrence, String entry, boolean holds, String own) { }

    /** Plans whose rules come to the same statement, each with the values of its own moment. */
    private record Alike(List<Long> plans, List<Integer> which, List<Map<String, Object>> values) { Alike() { this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()); } }

    private final FieldCatalogue catalogue;
    private final AudienceShelf shelf;

    protected AudienceRecheck() { this(null, null); }

    @Inject
    public AudienceRecheck(FieldCatalogue catalogue, AudienceShelf shelf) {
        this.catalogue = catalogue;
        this.shelf = shelf;
    }

    /** By plan, what is not said any more, and why. What a look has only just found, or another version of the rules, is not asked about. Moved occasions are followed in place. */
    Map<Long, Release> untrue(Handle h, Collection<Long> ids, Instant now) {
        Map<Long, Release> untrue = new HashMap<>();
        List<Found> found = ids.isEmpty() ? List.of() : h.createQuery(FOUND).bindArray("ids", Long.class, ids).bind("fresh", now.minus(FRESH)).map(ConstructorMapper.of(Found.class)).list();
        if (!found.isEmpty()) {
            FieldCatalogue fields = catalogue.now();
            List<LocalDays> places = AudienceDesk.places(h);
            found.stream().collect(Collectors.groupingBy(Found::automationId, TreeMap::new, Collectors.toList()))
                .forEach((id, plans) -> shelf.find(h, id).ifPresent(a -> judge(h, a, fields, places, plans, untrue, now)));
        }
        return untrue;
    }

    private static void judge(Handle h, AudienceAutomation automation, FieldCatalogue fields, List<LocalDays> places, List<Found> plans, Map<Long, Release> untrue, Instant now) {
        if (!Judge.of(automation.audience(), fields).isEmpty()) {
            plans.forEach(p -> untrue.put(p.id(), new Release.No("HELD", Reason.INTERNAL_ERROR, "rules")));  // such as a field that was removed
            return;
        }
        Map<Long, String> moved = new LinkedHashMap<>();
        for (Answer a : answers(h, automation, fields, places, plans)) {
            if (!a.holds()) {
                untrue.put(a.id(), new Release.No("CANCELLED", a.own() != null && !a.own().equals(a.occurrence()) ? Reason.SUPERSEDED : Reason.NO_LONGER_MEANT, null));
            } else if (!a.entry().equals(a.occurrence())) {
                moved.put(a.id(), a.entry());
            }
        }
        if (!moved.isEmpty()) {
            Set<Long> followed = h.createQuery(MOVE).bindArray("ids", Long.class, moved.keySet()).bindArray("entries", String.class, moved.values()).bind("now", now)
                .bind("ahead", TimeToLive.BEFORE_APPOINTMENT.toSeconds()).mapTo(Long.class).set();
            moved.keySet().stream().filter(id -> !followed.contains(id)).forEach(id -> untrue.put(id, new Release.No("CANCELLED", Reason.SUPERSEDED, null)));
        }
    }

    private static List<Answer> answers(Handle h, AudienceAutomation automation, FieldCatalogue fields, List<LocalDays> places, List<Found> plans) {
        Set<Long> meant = AudienceSearch.meant(h, automation, AudienceRuns.ALL);
        Map<Moment, List<Found>> moments = plans.stream().collect(Collectors.groupingBy(p -> new Moment(p.asked(), p.since()), LinkedHashMap::new, Collectors.toList()));
        Map<String, Alike> bySql = new LinkedHashMap<>();
        List<Answer> answers = new ArrayList<>();
        moments.forEach((moment, asked) -> {
            List<Statement> statements = AudienceQuery.compile(automation.audience(), fields, places, meant, moment);
            if (statements.isEmpty()) {
                asked.forEach(p -> answers.add(new Answer(p.id(), null, null, false, null)));  // no location is left
                return;
            }
            Alike alike = bySql.computeIfAbsent(statements.stream().map(Statement::sql).collect(Collectors.joining(" union all ")), sql -> new Alike());
            Map<String, Object> values = new TreeMap<>();
            statements.forEach(s -> values.putAll(s.values()));
            asked.forEach(p -> {
                alike.plans().add(p.id());
                alike.which().add(alike.values().size());
            });
            alike.values().add(values);
        });
        Optional<Statement> own = AudienceQuery.entry(automation.audience(), fields);
        bySql.forEach((sql, alike) -> answers.addAll(ask(h, sql, alike, own)));
        return answers;
    }

    /** Values that the moments have in common are bound, the others are columns. */
    private static List<Answer> ask(Handle h, String sql, Alike alike, Optional<Statement> own) {
        Map<String, Object> first = alike.values().get(0);
        List<String> differ = first.keySet().stream().filter(name -> alike.values().stream().anyMatch(v -> !v.get(name).equals(first.get(name)))).toList();
        String arrays = differ.stream().map(name -> ", :" + name).collect(Collectors.joining("", ":moments", ""));
        String names = differ.stream().map(name -> ", " + name).collect(Collectors.joining("", "n", ""));
        String here = PARAMETER.matcher(sql).replaceAll(m -> Matcher.quoteReplacement(differ.contains(m.group(1)) ? "p." + m.group(1) : m.group()));
        // a message about a person is true while the rules mean that person, whichever of their objects says so
        String same = own.isPresent() ? " and m.subject_type = p.subject_type and m.subject_id = p.subject_id" : "";
        Query query = h.createQuery(ASK.formatted(arrays, names, here, same, own.map(s -> "select e.entry from (" + s.sql() + ") e where p.subject_type = e.subject_type and e.subject_id = p.subject_id")
                .orElse("select null::text entry")))
            .bindArray("plans", Long.class, alike.plans()).bindArray("which", Integer.class, alike.which())
            .bindArray("moments", Integer.class, IntStream.range(0, alike.values().size()).boxed().toList());
        first.forEach((name, value) -> {
            if (differ.contains(name)) {
                query.bindArray(name, value.getClass(), alike.values().stream().map(v -> v.get(name)).toList());
            } else {
                query.bind(name, value);
            }
        });
        own.ifPresent(s -> s.bind(query));
        return query.map(ConstructorMapper.of(Answer.class)).list();
    }
}
