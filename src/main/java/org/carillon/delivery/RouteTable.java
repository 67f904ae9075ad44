package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carillon.fact.Channel;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Routes and choices as stored, read again only when their revision has moved. */
@ApplicationScoped
public class RouteTable {

    /** The PostgreSQL channel that tells nodes of changed routes; a hint only. */
    public static final String CHANGED = "carillon_route";

    /** @param routes by code, deleted ones too */
    public record Present(long revision, Map<String, Route> routes, Choices choices) {

        /**
         * The routes a message may take, in order. Where nobody has chosen, the environment's route, or, where it names no provider, those of the
         * pages: what was added is used beside the environment's only where somebody says so.
         */
        public List<String> ranked(Channel channel, Long location, String country) {
            return choices.of(channel, location, country).orElseGet(() -> usual(channel));
        }

        private List<String> usual(Channel channel) {
            List<Route> all = routes.values().stream().filter(route -> route.channel() == channel && !route.deleted()).toList();
            List<String> environment = all.stream().filter(Route::builtIn).filter(Route::present).map(Route::code).toList();
            List<String> pages = all.stream().filter(route -> !route.builtIn()).map(Route::code).toList();
            return !environment.isEmpty() ? environment : !pages.isEmpty() ? pages : List.of(builtIn(channel));
        }
    }

    /** What is wrong with a route for all nodes. @param until of a suspended one: when a message may try it */
    public record Trouble(Kind kind, Instant until) {

        public enum Kind { DELETED, ABSENT, PAUSED, SUSPENDED, CLOSED }

        /** One message is to try it. */
        boolean mayBeTried(Instant now) { return kind == Kind.SUSPENDED && until != null && !until.isAfter(now); }
    }

    private final Jdbi jdbi;
    private volatile Present cached;

    protected RouteTable() { this(null); }

    @Inject
    public RouteTable(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Name of the environment's route of this channel. */
    public static String builtIn(Channel channel) { return channel == Channel.SMS ? "smpp" : "smtp"; }

    /** As this node last saw it: at most a few seconds old. */
    public Present present() {
        Present known = cached;
        return known != null ? known : jdbi.withHandle(this::present);
    }

    /** As it is now; for whoever looks at it. */
    public Present fresh() { return jdbi.withHandle(this::present); }

    /** As it is now, in the caller's transaction. */
    public Present present(Handle h) {
        long revision = h.createQuery("select revision from route_revision").mapTo(Long.class).findOne().orElse(0L);
        Present known = cached;
        return known != null && known.revision() == revision ? known : read(h, revision);
    }

    /** What is wrong now, by route; those that are well are left out. */
    public Map<String, Trouble> troubles(Handle h) {
        return h.createQuery("select code, trouble, suspended_until from route_now where trouble is not null").map((r, c) -> Map.entry(r.getString(1),
            new Trouble(Trouble.Kind.valueOf(r.getString(2)), r.getTimestamp(3) == null ? null : r.getTimestamp(3).toInstant()))).collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** Every change ends with this: nodes hear of it, and two changes come one after the other. Call it first. */
    static void lock(Handle h) {
        h.createQuery("select revision from route_revision for update").mapTo(Long.class).findOne();
    }

    static void changed(Handle h) {
        h.execute("update route_revision set revision = revision + 1");
        h.execute("select pg_notify('" + CHANGED + "', '')");
    }

    private Present read(Handle h, long revision) {
        Map<String, Route> routes = new LinkedHashMap<>();
        h.createQuery("select code, name, channel, protocol, built_in, present, settings, encode(sealed, 'base64') as sealed, encode(nonce, 'base64') as nonce, key_id, "
            + "paused_at is not null as paused, deleted_at is not null as deleted, version from route order by not built_in, changed_at, code").map((r, c) -> route(r)).forEach(route -> routes.put(route.code(), route));
        Map<Choices.Case, List<String>> lists = new LinkedHashMap<>();
        h.createQuery("select channel, location_id, country, route from route_choice order by channel, location_id nulls last, country nulls last, rank")
            .map((r, c) -> Map.entry(new Choices.Case(Channel.valueOf(r.getString(1)), (Long) r.getObject(2), r.getString(3)), r.getString(4)))
            .forEach(row -> lists.computeIfAbsent(row.getKey(), at -> new ArrayList<>()).add(row.getValue()));
        Present read = new Present(revision, routes, new Choices(lists));
        cached = read;
        return read;
    }

    private static Route route(ResultSet r) throws SQLException {
        String sealed = r.getString("sealed");
        return new Route(r.getString("code"), r.getString("name"), Channel.valueOf(r.getString("channel")), Protocol.valueOf(r.getString("protocol")), r.getBoolean("built_in"),
            r.getBoolean("present"), settings(r.getString("settings")), sealed == null ? null : new Route.Sealed(plain(sealed), plain(r.getString("nonce")), r.getString("key_id")),
            r.getBoolean("paused"), r.getBoolean("deleted"), r.getInt("version"));
    }

    /** PostgreSQL breaks Base64 into lines. */
    private static String plain(String base64) { return base64.replace("\n", ""); }

    static Map<String, String> settings(String json) {
        Map<String, String> settings = new TreeMap<>();
        try (var reader = Json.createReader(new StringReader(json))) {
            var object = reader.readObject();
            object.keySet().forEach(name -> settings.put(name, object.getString(name)));
        }
        return settings;
    }

    static String json(Map<String, String> settings) {
        var object = Json.createObjectBuilder();
        new TreeMap<>(settings).forEach(object::add);
        return object.build().toString();
    }

    public Optional<Route> named(String code) { return Optional.ofNullable(present().routes().get(code)); }
}
