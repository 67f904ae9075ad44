package org.carillon.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a location wants to be told of, and what its people have seen. */
@ApplicationScoped
public class AlertDesk {

    /** Somebody who may be told of a location's alerts. */
    public record Colleague(long id, String name) { }

    private final Jdbi jdbi;
    private final ApplicationClock clock;

    protected AlertDesk() { this(null, null); }

    @Inject
    public AlertDesk(Jdbi jdbi, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Transactional
    public AlertRules rules(Scope scope, long location) {
        refuse(scope, location);
        return jdbi.withHandle(h -> read(h, location));
    }

    /** Who may be chosen: those who work there, and the administrators. */
    @Transactional
    public List<Colleague> colleagues(Scope scope, long location) {
        refuse(scope, location);
        return jdbi.withHandle(h -> h.createQuery("select s.id, s.name from staff s where s.active and (s.role = 'ADMINISTRATOR' or s.role in ('MANAGER', 'ADVISOR') "
                + "and exists (select from staff_location x where x.staff_id = s.id and x.location_id = :location)) order by s.name, s.id")
            .bind("location", location).map((r, x) -> new Colleague(r.getLong(1), r.getString(2))).list());
    }

    /**
     * Holds from the commit on: the next round looks at once; what is switched off ends here.
     *
     * @param rules with the version that the form showed: a change made since then is reported, not overwritten
     * @throws Invalid also where a recipient does not work there
     */
    @Transactional
    public void set(Scope scope, AlertRules rules) {
        refuse(scope, rules.locationId());
        Set<Long> strangers = new HashSet<>(rules.recipients());
        colleagues(scope, rules.locationId()).forEach(c -> strangers.remove(c.id()));
        if (!strangers.isEmpty()) {
            throw new Invalid("recipients", "alert.recipients");
        }
        Instant now = clock.now();
        jdbi.useHandle(h -> {
            int changed = rules.version() == 0
                ? h.createUpdate("insert into alert_place (location_id, next_at) values (:location, :next) on conflict do nothing")
                    .bind("location", rules.locationId()).bind("next", rules.anyActive() ? now : null).execute()
                : h.createUpdate("update alert_place set next_at = :next, version = version + 1 where location_id = :location and version = :version")
                    .bind("location", rules.locationId()).bind("next", rules.anyActive() ? now : null).bind("version", rules.version()).execute();
            if (changed == 0) {
                throw new Invalid(null, "conflict");
            }
            store(h, rules, now);
        });
    }

    private static void store(Handle h, AlertRules rules, Instant now) {
        for (AlertRule rule : rules.rules()) {
            h.createUpdate("insert into alert_rule as r (location_id, kind, active, open_hours, since) values (:location, :kind, :active, :hours, :now) "
                    + "on conflict (location_id, kind) do update set active = excluded.active, open_hours = excluded.open_hours, "
                    + "since = case when r.active then r.since else excluded.since end")
                .bind("location", rules.locationId()).bind("kind", rule.kind()).bind("active", rule.active()).bind("hours", rule.openHours()).bind("now", now).execute();
        }
        h.createUpdate("delete from alert_recipient where location_id = :location").bind("location", rules.locationId()).execute();
        h.createUpdate("insert into alert_recipient select :location, unnest(:staff)").bind("location", rules.locationId()).bind("staff", rules.recipients().toArray(Long[]::new)).execute();
        String[] off = rules.rules().stream().filter(rule -> !rule.active()).map(rule -> rule.kind().name()).toArray(String[]::new);
        h.createUpdate("update alert set ended_at = :now where id in (select id from alert where location_id = :location and kind = any(:off) and ended_at is null order by id for update)")
            .bind("now", now).bind("location", rules.locationId()).bind("off", off).execute();
    }

    /** For everybody of the location: one person looks after it. Answers how many were new. */
    @Transactional
    public int seen(Scope scope, Collection<Long> alerts, Actor by) {
        return see(scope, "id = any(:ids)", alerts.toArray(Long[]::new), by);
    }

    /** All that is open. */
    @Transactional
    public int allSeen(Scope scope, AlertKind kind, Actor by) {
        return see(scope, "(:ids::text is null or kind = :ids)", kind == null ? null : kind.name(), by);
    }

    private int see(Scope scope, String which, Object ids, Actor by) {
        return jdbi.withHandle(h -> h.createUpdate("update alert set seen_at = :now, seen_by = :by where id in (select id from alert where " + which
                + " and ended_at is null and seen_at is null and (:all or location_id = any(:locations)) order by id for update)")
            .bind("ids", ids).bind("now", clock.now()).bind("by", by.name()).bind("all", scope.all()).bind("locations", scope.ids()).execute());
    }

    private static AlertRules read(Handle h, long location) {
        AlertRules standard = AlertRules.standard(location);
        int version = h.createQuery("select version from alert_place where location_id = :location").bind("location", location).mapTo(Integer.class).findOne().orElse(0);
        Map<AlertKind, AlertRule> said = new EnumMap<>(AlertKind.class);
        h.createQuery("select kind, active, open_hours from alert_rule where location_id = :location").bind("location", location)
            .map((r, x) -> new AlertRule(AlertKind.valueOf(r.getString(1)), r.getBoolean(2), r.getInt(3))).forEach(rule -> said.put(rule.kind(), rule));
        Set<Long> recipients = h.createQuery("select staff_id from alert_recipient where location_id = :location").bind("location", location).mapTo(Long.class).set();
        return new AlertRules(location, standard.rules().stream().map(rule -> said.getOrDefault(rule.kind(), rule)).toList(), recipients, version);
    }

    private static void refuse(Scope scope, long location) {
        if (!scope.allows(location)) {
            throw Invalid.unknown("location", location);
        }
    }
}
