package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Opens, changes, pauses and closes routes, and says who takes which. Operators look after them; whom Carillon calls is for administrators to say
 * (SEC-11). Secrets are written and never read: what is left empty stays as it is (SEC-26).
 */
@ApplicationScoped @Transactional
public class RouteDesk {

    /** @param settings as typed, by name; {@code secrets} likewise, an empty one is kept */
    public record Draft(String name, Map<String, String> settings, Map<String, String> secrets) { }

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final RouteTable table;
    private final Gateways gateways;
    private final SecretBox box;

    protected RouteDesk() { this(null, null, null, null, null); }

    @Inject
    public RouteDesk(Jdbi jdbi, ApplicationClock clock, RouteTable table, Gateways gateways, SecretBox box) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.table = table;
        this.gateways = gateways;
        this.box = box;
    }

    /** Whether this installation can keep secrets at all. */
    public boolean keepsSecrets() { return box.hasKey(); }

    /** @throws Invalid about {@code code}, {@code name} or a setting */
    public void open(Person by, String code, Protocol protocol, Draft draft) {
        administrator(by, "code");
        GatewayMaker maker = gateways.maker(protocol).orElseThrow(() -> Invalid.unknown("route", protocol));
        String key = Objects.toString(code, "").strip();
        if (!key.matches("[a-z][a-z0-9-]{0,19}")) {
            throw new Invalid("code", "route.code");
        }
        jdbi.useHandle(h -> {
            RouteTable.lock(h);
            if (table.present(h).routes().containsKey(key)) {
                throw new Invalid("code", "route.taken", key);
            }
            Map<String, String> settings = RouteForm.judged(maker, draft, Map.of(), Set.of(), gateways.heeded(), by);
            Map<String, String> secrets = RouteForm.given(maker, draft);
            Route.Sealed sealed = secrets.isEmpty() ? null : seal(key, secrets);
            h.createUpdate("insert into route (code, channel, protocol, name, settings, changed_at, changed_by) values (:code, :channel, :protocol, :name, :settings::jsonb, :now, :by)")
                .bind("code", key).bind("channel", maker.channel()).bind("protocol", protocol).bind("name", RouteForm.name(draft)).bind("settings", RouteTable.json(settings))
                .bind("now", clock.now()).bind("by", by.actor().name()).execute();
            RouteShelf.store(h, key, sealed);
            done(h, by, key, "CREATED", String.join(", ", settings.keySet()));
        });
    }

    /** @param shown the version that the form showed: a change made since then is reported, not overwritten */
    public void change(Person by, String code, int shown, Draft draft) {
        lookingAfter(by);
        jdbi.useHandle(h -> {
            Route route = current(h, code, shown);
            if (route.builtIn()) {
                throw new Invalid(null, "route.builtIn");
            }
            GatewayMaker maker = gateways.maker(route.protocol()).orElseThrow(() -> Invalid.unknown("route", code));
            Map<String, String> hidden = route.sealed() != null && box.opens(route.sealed()) ? box.open(code, route.sealed()) : Map.of();
            Map<String, String> settings = RouteForm.judged(maker, draft, route.settings(), hidden.keySet(), gateways.heeded(), by);
            Map<String, String> fresh = RouteForm.given(maker, draft);
            if (RouteForm.moved(maker, route.settings(), settings)) {
                // who changes the address must know the secrets: they would be handed to whoever is there
                hidden.keySet().stream().filter(name -> !fresh.containsKey(name)).findFirst().ifPresent(name -> {
                    throw new Invalid(name, "route.secretAgain");
                });
            }
            Set<String> changed = new TreeSet<>(fresh.keySet());
            Set<String> names = new HashSet<>(settings.keySet());
            names.addAll(route.settings().keySet());
            names.stream().filter(name -> !Objects.equals(settings.get(name), route.settings().get(name))).forEach(changed::add);
            h.createUpdate("update route set name = :name, settings = :settings::jsonb, version = version + 1, changed_at = coalesce(changed_at, :now), changed_by = :by where code = :code")
                .bind("name", RouteForm.name(draft)).bind("settings", RouteTable.json(settings)).bind("now", clock.now()).bind("by", by.actor().name()).bind("code", code).execute();
            if (!fresh.isEmpty()) {
                Map<String, String> all = new TreeMap<>(hidden);
                all.putAll(fresh);
                RouteShelf.store(h, code, seal(code, all));
            }
            done(h, by, code, "CHANGED", String.join(", ", changed));
        });
    }

    /** It takes nothing more; what waits for it takes another way, what was begun there is finished there. */
    public void remove(Person by, String code, int shown) {
        administrator(by, null);
        jdbi.useHandle(h -> {
            Route route = current(h, code, shown);
            if (route.builtIn()) {
                throw new Invalid(null, "route.builtIn");
            }
            h.execute("delete from route_choice where route = ?", code);
            h.createUpdate("update route set deleted_at = :now, paused_at = null, paused_by = null, version = version + 1, changed_by = :by where code = :code")
                .bind("now", clock.now()).bind("by", by.actor().name()).bind("code", code).execute();
            done(h, by, code, "DELETED", "");
        });
    }

    /** Nothing more leaves by it until it is resumed (T19). */
    public void pause(Person by, String code) { pause(by, code, clock.now()); }

    public void resume(Person by, String code) { pause(by, code, null); }

    private void pause(Person by, String code, Instant since) {
        lookingAfter(by);
        jdbi.useHandle(h -> {
            RouteTable.lock(h);
            if (!table.present(h).routes().containsKey(code)) {
                throw Invalid.unknown("route", code);
            }
            int changed = h.createUpdate("update route set paused_at = :since, paused_by = :pausedBy, version = version + 1, changed_by = :by where code = :code and (paused_at is null) = :pause and deleted_at is null")
                .bind("since", since).bind("pausedBy", since == null ? null : by.actor().name()).bind("by", by.actor().name()).bind("pause", since != null).bind("code", code).execute();
            if (changed == 1) {
                done(h, by, code, since == null ? "RESUMED" : "PAUSED", "");
            }
        });
    }

    /**
     * Which routes messages of this case take, in order; none takes the list away.
     *
     * @param shown the routes that the form showed before: a change made since then is reported
     */
    public void choose(Person by, Choices.Case at, List<String> shown, List<String> routes) {
        lookingAfter(by);
        if (at.country() != null && (at.channel() != Channel.SMS || !COUNTRIES.contains(at.country()))) {
            throw new Invalid("country", "route.choice", at.country());
        }
        jdbi.useHandle(h -> {
            RouteTable.lock(h);
            RouteTable.Present present = table.present(h);
            if (!present.choices().lists().getOrDefault(at, List.of()).equals(shown)) {
                throw new Invalid(null, "changed.meanwhile");
            }
            for (String code : routes) {
                Route route = present.routes().get(code);
                if (route == null || route.deleted() || route.channel() != at.channel()) {
                    throw new Invalid("first", "route.choice", code);
                }
            }
            if (new HashSet<>(routes).size() < routes.size()) {
                throw new Invalid("second", "route.twice");
            }
            h.createUpdate("delete from route_choice where channel = :channel and location_id is not distinct from :location and country is not distinct from :country")
                .bind("channel", at.channel()).bind("location", at.location()).bind("country", at.country()).execute();
            for (int i = 0; i < routes.size(); i++) {
                h.createUpdate("insert into route_choice (channel, location_id, country, rank, route) values (:channel, :location, :country, :rank, :route)").bind("channel", at.channel())
                    .bind("location", at.location()).bind("country", at.country()).bind("rank", i + 1).bind("route", routes.get(i)).execute();
            }
            done(h, by, routes.isEmpty() ? RouteTable.builtIn(at.channel()) : routes.get(0), "CHOSEN",
                at.channel() + " " + (at.location() == null ? "*" : at.location()) + " " + (at.country() == null ? "*" : at.country()) + ": " + String.join(", ", routes));
        });
    }

    private Route current(Handle h, String code, int shown) {
        RouteTable.lock(h);
        Route route = table.present(h).routes().get(code);
        if (route == null || route.deleted()) {
            throw Invalid.unknown("route", code);
        }
        if (route.version() != shown) {
            throw new Invalid(null, "changed.meanwhile");
        }
        return route;
    }

    private void done(Handle h, Person by, String code, String action, String detail) {
        h.execute("insert into route_action (at, actor, route, action, detail) values (?, ?, ?, ?, ?)", clock.now(), by.actor().name(), code, action, detail);
        RouteTable.changed(h);
    }

    private Route.Sealed seal(String code, Map<String, String> secrets) {
        if (!box.hasKey()) {
            throw new Invalid(secrets.keySet().iterator().next(), "route.noKey");
        }
        return box.seal(code, secrets);
    }

    private static void lookingAfter(Person by) {
        if (!by.role().looksAfterRoutes()) {
            throw new Invalid(null, "route.desk");
        }
    }

    private static void administrator(Person by, String field) {
        if (by.role() != Role.ADMINISTRATOR) {
            throw new Invalid(field, "route.address");
        }
    }
}
