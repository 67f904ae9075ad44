package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.delivery.RouteTable.Trouble;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.carillon.template.SmsText;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** The transactions of {@link Detours}: lock some of what waits, and move, hold or queue it. */
@ApplicationScoped
public class DetourStep {

    static final int TOGETHER = 500;
    private static final Logger LOG = System.getLogger(DetourStep.class.getName());
    /** A suspended route is left to the message that tries it for so long. */
    private static final Duration TRIAL = Duration.ofSeconds(10);

    private record Waiting(long messageId, MessageState state, Channel channel, Long location, Purpose purpose, String recipient, String text, int segments, LongMessages longMessages, boolean inParts, boolean hasSender) { }

    private record Move(Waiting message, String to, SmsTerms terms, SmsText counted) { }

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final RouteTable table;
    private final Routing routing;

    protected DetourStep() { this(null, null, null, null); }

    @Inject
    public DetourStep(Jdbi jdbi, ApplicationClock clock, RouteTable table, Routing routing) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.table = table;
        this.routing = routing;
    }

    /** @param next the number after which to go on; -1 at the end */
    public record Batch(int moved, long next) { }

    /** One step over what waits for the route. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Batch batch(String route, long after) {
        return jdbi.inTransaction(h -> {
            Instant now = clock.now();
            RouteTable.Present present = table.present(h);
            Map<String, Trouble> troubles = table.troubles(h);
            Trouble trouble = troubles.get(route);
            if (trouble == null || trouble.mayBeTried(now) && trouble.until().plus(TRIAL).isAfter(now) || !hasOtherWay(present, troubles, route)) {
                return new Batch(0, -1);
            }
            List<Waiting> waiting = lock(h, route, after);
            List<Move> moves = new ArrayList<>();
            for (Waiting message : waiting) {
                List<String> ranked = Routing.ranked(present, message.channel(), message.location(), message.recipient());
                boolean gone = trouble.kind() == Trouble.Kind.DELETED || trouble.kind() == Trouble.Kind.ABSENT;
                Stream.concat(ranked.stream().filter(to -> !troubles.containsKey(to)), gone ? ranked.stream().filter(troubles::containsKey) : Stream.empty()).filter(to -> !to.equals(route))
                    .map(to -> move(message, to)).flatMap(Optional::stream).findFirst().ifPresent(moves::add);
            }
            write(h, route, moves, trouble.kind(), now);
            return new Batch(moves.size(), waiting.size() < TOGETHER ? -1 : waiting.get(waiting.size() - 1).messageId());
        });
    }

    /** Some list leads round it, so that it is worth looking. */
    private static boolean hasOtherWay(RouteTable.Present present, Map<String, Trouble> troubles, String code) {
        Route from = present.routes().get(code);
        if (from == null) {
            return false;
        }
        boolean gone = from.deleted() || !from.present();
        return Stream.concat(present.choices().lists().values().stream(), Stream.of(present.ranked(from.channel(), null, null)))
            .anyMatch(list -> (gone || list.contains(code)) && list.stream().anyMatch(to -> !to.equals(code) && (gone || !troubles.containsKey(to))));
    }

    /** Nothing that was ever taken, in part or perhaps; not the test of a route, which is to try that one. */
    private static List<Waiting> lock(Handle h, String route, long after) {
        return h.createQuery("select d.message_id, d.state, m.channel, m.location_id, m.purpose, m.recipient, m.text, m.segments, m.long_messages, "
                + "exists (select from message_part p where p.message_id = m.id) as in_parts, coalesce(m.sender, '') from message_due d join message m on m.id = d.message_id "
                + "where d.route = :route and d.message_id > :after and (d.state in ('QUEUED', 'RETRY_WAIT') and d.priority in (0, 1, 2) or d.state = 'HELD' and d.reason = 'ROUTE_PAUSED') "
                + "and d.resends = 0 and m.location_id is not null and not exists (select from message_part p where p.message_id = m.id and p.state <> 'OPEN') "
                + "and not exists (select from attempt_outcome o where o.message_id = m.id and o.verdict = 'UNKNOWN') "
                + "order by d.message_id for update of d skip locked limit " + TOGETHER).bind("route", route).bind("after", after)
            .map((r, c) -> new Waiting(r.getLong(1), MessageState.valueOf(r.getString(2)), Channel.valueOf(r.getString(3)), (Long) r.getObject(4), Purpose.valueOf(r.getString(5)),
                r.getString(6), r.getString(7), r.getInt(8), LongMessages.valueOf(r.getString(9)), r.getBoolean(10), !r.getString(11).isBlank())).list();
    }

    /** Empty where it does not fit on the other route, or would have no sender there: the provider would refuse it for good. */
    private Optional<Move> move(Waiting message, String to) {
        if (!message.hasSender() && !routing.named(to).map(Gateway::hasSender).orElse(true)) {
            LOG.log(Level.DEBUG, "message {0} does not take route {1}: neither has a sender", message.messageId(), to);
            return Optional.empty();
        }
        SmsTerms terms = message.channel() == Channel.SMS ? routing.terms(to).orElse(null) : null;
        boolean whole = message.longMessages() == LongMessages.PAYLOAD;
        if (terms == null && message.channel() == Channel.SMS) {
            return Optional.empty();  // nobody here knows what the route would make of it
        }
        if (terms == null || (terms.longMessages() == LongMessages.PAYLOAD) == whole) {
            return Optional.of(new Move(message, to, null, null));  // it keeps the terms it was counted under (ADR 0013)
        }
        SmsText counted = SmsText.of(message.text(), terms.alphabet());
        boolean fits = counted.segments() <= Math.max(message.segments(), message.purpose().maxSegments());
        return !fits || whole && message.inParts() && counted.segments() > 1 ? Optional.empty() : Optional.of(new Move(message, to, terms, counted));
    }

    private static void write(Handle h, String from, List<Move> moves, Trouble.Kind why, Instant now) {
        if (moves.isEmpty()) {
            return;
        }
        Map<Long, String> inParts = new LinkedHashMap<>();
        moves.stream().filter(m -> m.counted() != null && m.counted().segments() > 1 && m.terms().longMessages() != LongMessages.PAYLOAD)
            .forEach(m -> inParts.put(m.message().messageId(), m.message().recipient()));
        Map<Long, Integer> references = Enqueuing.references(h, inParts);
        for (Move move : moves) {
            if (move.counted() != null) {
                recount(h, move, references.getOrDefault(move.message().messageId(), 0));
            }
        }
        h.createUpdate("""
            with t as (select * from unnest(:ids, :tos) as t(id, route)),
              d as (update message_due d set route = t.route, state = case d.state when 'HELD' then 'QUEUED' else d.state end, next_attempt_at = case d.state when 'RETRY_WAIT' then least(d.next_attempt_at, :now) when 'HELD' then greatest(d.next_attempt_at, :now) else d.next_attempt_at end,
                      reason = case d.state when 'HELD' then null else d.reason end from t where d.message_id = t.id),
              m as (update message m set route = t.route from t where m.id = t.id),
              e as (insert into message_event (message_id, from_state, to_state, actor, reason, at) select id, 'HELD', 'QUEUED', 'carillon', 'ROUTE_PAUSED', :now from t where id = any(:held))
            insert into message_detour (message_id, at, from_route, to_route, reason) select id, :now, :from, route, :why from t""")
            .bind("ids", Columns.longs(moves, m -> m.message().messageId())).bind("tos", Columns.texts(moves, Move::to))
            .bind("held", moves.stream().filter(m -> m.message().state() == MessageState.HELD).map(m -> m.message().messageId()).toArray(Long[]::new))
            .bind("from", from).bind("why", why).bind("now", now).execute();
        moves.stream().map(Move::to).distinct().forEach(to -> h.createQuery("select pg_notify('" + Outbox.DUE + "', :to)").bind("to", to).mapTo(String.class).findOne());
    }

    /** Few: only where one route takes texts whole and the other in parts. */
    private static void recount(Handle h, Move move, int reference) {
        long id = move.message().messageId();
        h.createUpdate("update message set alphabet = :alphabet, long_messages = :long, segments = :segments, ucs2 = :ucs2 where id = :id").bind("alphabet", move.terms().alphabet())
            .bind("long", move.terms().longMessages()).bind("segments", Math.max(1, move.counted().segments())).bind("ucs2", move.counted().ucs2()).bind("id", id).execute();
        if (move.counted().segments() > 1 && move.terms().longMessages() != LongMessages.PAYLOAD) {
            for (int i = 0; i < move.counted().segments(); i++) {
                h.execute("insert into message_part (message_id, part_no, text, concat_ref) values (?, ?, ?, ?)", id, i + 1, move.counted().parts().get(i), reference);
            }
        }
    }

    /** What waits for a paused route and found no other way (T19). */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int hold(String route) {
        return jdbi.inTransaction(h -> change(h.createQuery("select d.message_id, d.next_attempt_at, coalesce(r.paused_by, '') as actor from message_due d join route r on r.code = d.route "
            + "where d.route = :route and r.paused_at is not null and d.state = 'QUEUED' and d.priority in (0, 1, 2) order by d.message_id for update of d skip locked limit " + TOGETHER).bind("route", route),
            h, MessageState.HELD));
    }

    /** What was held for routes that are not paused any more is queued again, as due now and in its old order; the line's rate paces it (T19). */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int resume() {
        return jdbi.inTransaction(h -> change(h.createQuery("select d.message_id, d.next_attempt_at, r.changed_by as actor from message_due d join route r on r.code = d.route "
            + "where d.state = 'HELD' and d.reason = 'ROUTE_PAUSED' and r.paused_at is null order by d.message_id for update of d skip locked limit " + TOGETHER), h, MessageState.QUEUED));
    }

    private record Held(long messageId, Instant due, String actor) { }

    private int change(Query locked, Handle h, MessageState to) {
        Instant now = clock.now();
        List<Held> held = locked.map((r, c) -> new Held(r.getLong(1), r.getTimestamp(2).toInstant(), r.getString(3))).list();
        Map<String, List<Ledger.Moved>> byActor = new HashMap<>();
        for (int i = 0; i < held.size(); i++) {
            Held one = held.get(i);
            // a backlog is what an outage left; this was somebody's will, so it comes back as due now
            Instant due = to == MessageState.HELD || one.due().isAfter(now) ? one.due() : now.plusNanos(i * 1_000L);
            byActor.computeIfAbsent(one.actor(), actor -> new ArrayList<>()).add(new Ledger.Moved(one.messageId(), to, due, 0, 0, Reason.ROUTE_PAUSED));
        }
        byActor.forEach((actor, rows) -> Ledger.move(h, rows, actor.isEmpty() ? "carillon" : actor, now));
        if (to == MessageState.QUEUED && !held.isEmpty()) {
            h.execute("select pg_notify('" + Outbox.DUE + "', '')");
        }
        return held.size();
    }
}
