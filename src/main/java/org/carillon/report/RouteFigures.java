package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What goes through a route, for whoever looks after it: counts, refusals and tests, never a customer's text. */
@ApplicationScoped
public class RouteFigures {

    private static final int LAST = 10;
    private static final int TRIALS = 5;
    /** Older ones were hardly accepted just now. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    /** @param recipient whole: whoever shows it masks it */
    public record Refusal(Instant at, String verdict, String code, String detail, String recipient) { }

    /**
     * One test of a route.
     *
     * @param path the states it went through, in order, separated by commas
     */
    public record Trial(long messageId, Instant at, String staffName, boolean characters, String channel, String recipient, String text, int segments, boolean ucs2, String alphabet,
                        String state, String reason, boolean live, String path) {

        public List<String> steps() { return Arrays.asList(path.split(",")); }

        public Look look() { return Look.ofMessage(state); }
    }

    /** What somebody changed. @param detail names of settings, or codes of routes */
    public record Action(Instant at, String actor, String action, String detail) { }

    public record Place(long id, String code, String name, String country) { }

    private final Jdbi jdbi;

    protected RouteFigures() { this(null); }

    @Inject
    public RouteFigures(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Messages of a route that are not settled yet, by state. */
    public Map<String, Long> live(String route) {
        return new TreeMap<>(jdbi.withHandle(h -> h.createQuery("select state, count(*) from message_due where route = :route group by state").bind("route", route)
            .map((r, c) -> Map.entry(r.getString(1), r.getLong(2))).list()).stream().collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Messages that the provider took and whose receipt may still come; it comes by this route or not at all. @param since when receipts of older ones are not waited for any more */
    public long awaited(String route, Instant since) {
        return jdbi.withHandle(h -> h.createQuery("select count(*) from message where created_at > :created and state = 'ACCEPTED' and accepted_at > :since and route = :route")
            .bind("created", since.minus(LONGEST_LIFE)).bind("since", since).bind("route", route).mapTo(Long.class).one());
    }

    /** The last attempts that the provider did not accept, the newest first. */
    public List<Refusal> refusals(String route) {
        return jdbi.withHandle(h -> h.createQuery("select o.ended_at as \"at\", o.verdict, o.code, o.detail, m.recipient from attempt_outcome o join message m on m.id = o.message_id "
            + "where o.route = :route and o.verdict <> 'ACCEPTED' order by o.ended_at desc limit :limit").bind("route", route).bind("limit", LAST)
            .map(ConstructorMapper.of(Refusal.class)).list());
    }

    /** The last tests, the newest first. */
    public List<Trial> trials(String route) {
        return jdbi.withHandle(h -> h.createQuery("""
            select t.message_id, t.at, t.staff_name, t.characters, m.channel, m.recipient, m.text, m.segments, m.ucs2, m.alphabet, m.state, m.reason, m.live,
                   (select string_agg(e.to_state, ',' order by e.id) from message_event e where e.message_id = m.id) as path
              from route_trial t join message_now m on m.id = t.message_id where t.route = :route order by t.message_id desc limit :limit""")
            .bind("route", route).bind("limit", TRIALS).map(ConstructorMapper.of(Trial.class)).list());
    }

    /** The last changes of a route, the newest first. */
    public List<Action> actions(String route) {
        return jdbi.withHandle(h -> h.createQuery("select at, actor, action, detail from route_action where route = :route order by id desc limit :limit").bind("route", route)
            .bind("limit", LAST).map(ConstructorMapper.of(Action.class)).list());
    }

    /** Locations that routes are chosen for. */
    public List<Place> places() {
        return jdbi.withHandle(h -> h.createQuery("select id, code, name, country from location where active order by code").map(ConstructorMapper.of(Place.class)).list());
    }
}
