package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.fact.ApplicationClock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a starting node settles about routes, and which of them run. */
@ApplicationScoped
public class RouteShelf {

    private static final Logger LOG = System.getLogger(RouteShelf.class.getName());

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final RouteTable table;
    private final Gateways gateways;
    private final SecretBox secrets;

    protected RouteShelf() { this(null, null, null, null, null); }

    @Inject
    public RouteShelf(Jdbi jdbi, ApplicationClock clock, RouteTable table, Gateways gateways, SecretBox secrets) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.table = table;
        this.gateways = gateways;
        this.secrets = secrets;
    }

    /** Which of the environment's routes it configures; and what was sealed with an old key is sealed with the present one. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void settle() {
        jdbi.useHandle(h -> {
            RouteTable.lock(h);
            int changed = 0;
            for (Route route : table.present(h).routes().values()) {
                if (route.builtIn() && route.present() != gateways.configured(route.code())) {
                    changed += h.execute("update route set present = ? where code = ?", !route.present(), route.code());
                }
                if (route.sealed() != null && secrets.hasKey() && !secrets.isPresent(route.sealed())) {
                    changed += reseal(h, route);
                }
            }
            if (changed > 0) {
                RouteTable.changed(h);
            }
        });
    }

    private int reseal(Handle h, Route route) {
        if (!secrets.opens(route.sealed())) {
            LOG.log(Level.WARNING, "the secrets of route " + route.code() + " were sealed with a key that is not here: enter them again, or give the key as carillon.secrets.oldKey");
            return 0;
        }
        store(h, route.code(), secrets.seal(route.code(), secrets.open(route.code(), route.sealed())));
        h.execute("insert into route_action (at, actor, route, action) values (?, 'carillon', ?, 'RESEALED')", clock.now(), route.code());
        LOG.log(Level.INFO, "the secrets of route " + route.code() + " are sealed with the present key");
        return 1;
    }

    static void store(Handle h, String route, Route.Sealed sealed) {
        h.createUpdate("update route set sealed = decode(:text, 'base64'), nonce = decode(:nonce, 'base64'), key_id = :key where code = :route")
            .bind("text", sealed == null ? null : sealed.text()).bind("nonce", sealed == null ? null : sealed.nonce()).bind("key", sealed == null ? null : sealed.keyId())
            .bind("route", route).execute();
    }

    /** As this node last saw them. */
    public boolean leaving(Collection<String> routes) { return routes.stream().anyMatch(code -> table.named(code).map(Route::deleted).orElse(true)); }

    /** By code: those that are not deleted, and those that messages still wait on. Asked every ten seconds, so in no transaction of its own. */
    public Map<String, Route> running() {
        return jdbi.withHandle(h -> {
            Map<String, Route> routes = new LinkedHashMap<>(table.present(h).routes());
            if (routes.values().stream().anyMatch(Route::deleted)) {
                List<String> used = h.createQuery("select r.code from route r where r.deleted_at is not null and exists (select from message_due d where d.route = r.code)").mapTo(String.class).list();
                routes.values().removeIf(route -> route.deleted() && !used.contains(route.code()));
            }
            return routes;
        });
    }
}
