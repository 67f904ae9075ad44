package org.carillon.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;

/**
 * The circuit breaker of each sender on each route (REL-19): so many equal definite refusals in a row, whoever they are for, and it is the sender
 * that the provider does not want. What it still has to send is held then, instead of failing one by one.
 */
final class SenderRuns {

    static final int LIMIT = 20;
    /** From here on a line has few submits under way, so that few more fail when the limit is reached. */
    static final int SUSPICIOUS = 5;
    /** Of the limit, what a sender has left whom a person let go: still refused, it is held again soon. */
    static final int SECOND_CHANCE = 3;

    /** An old run costs no attention: the next refusal finds it. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    /** @param fresh an acceptance or another code came before: what was counted so far does not count */
    private record Tail(String code, int length, boolean fresh) {

        static final Tail NONE = new Tail(null, 0, false);

        Tail accepted() { return new Tail(null, 0, true); }

        Tail refused(String by) { return by.equals(code) ? new Tail(code, length + 1, fresh) : new Tail(by, 1, fresh || code != null); }
    }

    private SenderRuns() { }

    /** Whether any of these was refused for good. */
    static boolean anyRefused(List<Flight> landed) { return landed.stream().anyMatch(f -> f.answers().values().stream().anyMatch(SenderRuns::refused)); }

    /**
     * Counts; in the order of the senders, so that two nodes never wait for each other.
     *
     * @return the longest run of the route that is not held yet: while there is one, every acceptance counts
     */
    static int count(Handle h, String route, List<Flight> landed, String actor, Instant now) {
        Map<String, Tail> tails = new TreeMap<>();
        landed.forEach(flight -> tails.merge(flight.message().sender(), tail(Tail.NONE, flight), (before, any) -> tail(before, flight)));
        tails.forEach((sender, tail) -> {
            if (tail.length() > 0) {
                lengthen(h, route, sender, tail, actor, now);
            } else if (tail.fresh()) {
                h.execute("delete from sender_run where route = ? and sender = ? and held_at is null", route, sender);
            }
        });
        return h.createQuery("select coalesce(max(length), 0) from sender_run where route = :route and held_at is null and counted_at > :since").bind("route", route).bind("since", now.minus(RECENT)).mapTo(Integer.class).one();
    }

    private static Tail tail(Tail before, Flight flight) {
        List<Submission> answers = new ArrayList<>(flight.answers().values());
        return answers.stream().filter(SenderRuns::refused).findFirst().map(no -> before.refused(Arrivals.clean(no.code())))
            .orElseGet(() -> !answers.isEmpty() && answers.stream().allMatch(s -> s.verdict() == Verdict.ACCEPTED) ? before.accepted() : before);
    }

    private static boolean refused(Submission submission) {
        return submission.verdict() == Verdict.PERMANENT || submission.verdict() == Verdict.BAD_SENDER || submission.verdict() == Verdict.BAD_ADDRESS;
    }

    private static void lengthen(Handle h, String route, String sender, Tail tail, String actor, Instant now) {
        boolean trips = h.createQuery("""
            insert into sender_run as r (route, sender, code, length, counted_at, held_at) values (:route, :sender, :code, :length, :now, case when :length >= :limit then :now::timestamptz end)
            on conflict (route, sender) do update set code = excluded.code, counted_at = excluded.counted_at,
              on_trial = false, length = case when :fresh or r.code <> excluded.code then excluded.length else r.length + excluded.length end,
              held_at = coalesce(r.held_at, case when case when :fresh or r.code <> excluded.code then excluded.length else r.length + excluded.length end >= :limit
                then :now::timestamptz end)
            returning held_at = :now::timestamptz""").bind("route", route).bind("sender", sender).bind("code", tail.code()).bind("length", tail.length())
            .bind("fresh", tail.fresh()).bind("limit", LIMIT).bind("now", now).mapTo(Boolean.class).findOne().orElse(false);
        if (trips) {
            hold(h, route, sender, actor, now);
        }
    }

    /** All that waits in the queue at once. What another node has claimed meets the same guard before it leaves (T6b). */
    private static void hold(Handle h, String route, String sender, String actor, Instant now) {
        h.createUpdate("""
            with held as (update message_due d set state = 'HELD', reason = :reason where message_id = any(array(
                select q.message_id from message_due q join message m on m.id = q.message_id
                 where q.state = 'QUEUED' and q.route = :route and m.sender = :sender
                 order by q.message_id for update of q skip locked)) returning message_id)
            insert into message_event (message_id, from_state, to_state, actor, reason, at) select message_id, 'QUEUED', 'HELD', :actor, :reason, :now from held""")
            .bind("route", route).bind("sender", sender).bind("reason", Reason.SENDER_HELD).bind("actor", actor).bind("now", now).execute();
    }
}
