package org.carillon.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.carillon.fact.ApplicationClock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * One turn of a line, in one transaction: record the outcomes that came in, claim what is due, write the attempts of what leaves next. Commits
 * per message is the number that counts, so the three are fused. No network call here. Not a bean: each line has a connection of its own, so
 * that it can still write what came in while the server is being stopped.
 */
public class Turn {

    /**
     * @param landed     flights whose answers are all there
     * @param buffer     claimed before and still waiting for room
     * @param room       submits that the window has room for
     * @param configured limit of the route, submits a second, null where none
     * @param measured   submits of the last second
     * @param lookAtRoute whether the route's pace is read again; between two looks an unlimited route is taken to be so still
     */
    public record Order(Node.Life owner, String route, List<Flight> landed, List<Claimed> buffer, int room, Double configured, double measured,
                        boolean lookAtRoute) { }

    /**
     * @param now         instant of the turn
     * @param writeBefore monotonic time after which none of the departing may be written (T6)
     * @param more        there may be more to claim
     * @param free        the route is neither limited nor closed
     * @param pause       how long the route's pace asks to wait; zero where it does not
     * @param careful     a sender is about to be held: few submits at once
     * @param writeAt     monotonic time of the first submit, the others follow in steps of {@code spacing}; each may be late by {@link Pace#TOLERANCE}, or is not
     *                    written. Meaningless where the spacing is 0
     */
    public record Result(Instant now, List<Departures.Departing> departing, List<Claimed> buffer, long writeBefore, boolean more, boolean free,
                         Duration pause, boolean careful, long writeAt, long spacing) { }

    private static final Duration WRITE_WITHIN = Duration.ofSeconds(5);
    private static final int MOST = 200;
    private static final Duration LONGEST_LEAD = Duration.ofSeconds(3);

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final BadAddresses badAddresses;
    private final Deadlines deadlines;
    private final Shares shares = new Shares();
    /** How long it took lately from a permit to the end of its commit, in nanoseconds. */
    private long lead = Duration.ofMillis(10).toNanos();

    /** @param jdbi of whoever drains: each call is one transaction of its own */
    public Turn(Jdbi jdbi, ApplicationClock clock, BadAddresses badAddresses, Deadlines deadlines) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.badAddresses = badAddresses;
        this.deadlines = deadlines;
    }

    Deadlines deadlines() { return deadlines; }

    public Result take(Order order) {
        long began = System.nanoTime();
        Instant now = clock.now();
        long[] permitted = {began};
        Result result = jdbi.inTransaction(h -> {
            Arrivals.Summary summary = Arrivals.record(h, order.owner(), order.route(), order.landed(), now, deadlines, badAddresses);
            int refusals = order.lookAtRoute() || SenderRuns.anyRefused(order.landed()) ? SenderRuns.count(h, order.route(), order.landed(), order.owner().actor(), now) : 0;
            Pace.Permit permit = !order.lookAtRoute() && !summary.fault() && !summary.throttled() ? new Pace.Permit(order.room(), Duration.ZERO, true)
                : Routes.permit(h, order.route(), order.configured(), summary, order.measured(), order.room(), now, () -> ahead(began));
            permitted[0] = System.nanoTime();
            return depart(h, order, permit, refusals, now, began);
        });
        lead = Math.max(System.nanoTime() - permitted[0], lead - lead / 8);
        return result;
    }

    /** From the turn's instant to the first byte: what passed already, and what a turn takes from here with something to spare. */
    private Duration ahead(long began) {
        Duration usual = Duration.ofNanos(lead + lead / 4);
        return Duration.ofNanos(System.nanoTime() - began).plus(usual.compareTo(LONGEST_LEAD) < 0 ? usual : LONGEST_LEAD);
    }

    private Result depart(Handle h, Order order, Pace.Permit permit, int refusals, Instant now, long began) {
        List<Claimed> buffer = new ArrayList<>(order.buffer());
        List<Candidate> locked;
        int room = permit.submits();
        if (buffer.isEmpty() && room > 0 && !Claims.ahead(order.route(), shares)) {
            locked = Claims.look(h, order.owner(), order.route(), room, permit.free(), shares, now, deadlines);
        } else {
            List<Claimed> next = claimed(h, order, permit, buffer, now);
            locked = next.isEmpty() ? List.of() : Departures.lock(h, order.owner(), next);
            room = next.isEmpty() ? 0 : Integer.MAX_VALUE;
        }
        boolean some = !locked.isEmpty() || room == Integer.MAX_VALUE;
        List<Departures.Departing> departing = locked.isEmpty() ? List.of() : Departures.clear(h, order.owner(), order.route(), locked, room, now, deadlines);
        if (permit.slots() != null) {
            Routes.giveBack(h, order.route(), permit.slots(), permit.submits() - departing.stream().mapToInt(d -> d.pieces().size()).sum());
        }
        // taken before the commit: whatever the commit costs, no byte is written later than allowed
        boolean held = permit.submits() == 0 && order.room() > 0 && !permit.pause().isZero();
        boolean more = permit.submits() > 0 && (some || !buffer.isEmpty()) || held;  // a closed route ends the drain
        return new Result(now, departing, buffer, System.nanoTime() + WRITE_WITHIN.toNanos(), more, permit.free() && refusals == 0, permit.pause(), refusals >= SenderRuns.SUSPICIOUS,
            permit.slots() == null ? 0 : began + Duration.between(now, permit.slots().first()).toNanos(), permit.slots() == null ? 0 : permit.slots().spacing().toNanos());
    }

    /** From the buffer, after it was filled again where it does not do: each location's own are dear to find, so more are taken than leave at once. */
    private List<Claimed> claimed(Handle h, Order order, Pace.Permit permit, List<Claimed> buffer, Instant now) {
        if (permit.submits() > buffer.size()) {
            // a slow route claims little, so that what is more urgent does not wait behind it and no lease runs out
            boolean slow = !permit.pause().isZero() || permit.submits() < order.room();
            buffer.addAll(Claims.take(h, order.owner(), order.route(), slow ? permit.submits() : ahead(order), permit.free(), shares, now, deadlines));
        }
        List<Claimed> next = new ArrayList<>();
        for (int parts = 0; !buffer.isEmpty() && parts < permit.submits(); parts += next.get(next.size() - 1).parts()) {
            next.add(buffer.remove(0));
        }
        return next;
    }

    /** As much as leaves in about a second: what is claimed stands before whatever more urgent comes next (REL-21). */
    private static int ahead(Order order) { return (int) Math.min(MOST, Math.max(2L * order.room(), Math.round(order.measured()))); }

    /** Gives leases back unused (T5). */
    public void giveBack(Node.Life owner, List<Claimed> claims) {
        Instant now = clock.now();
        jdbi.useTransaction(h -> Claims.giveBack(h, owner, claims, now));
    }

    /** What was submitted and whose outcome cannot be written as it is (T11). */
    public void giveUp(Node.Life owner, List<Long> messageIds) {
        Instant now = clock.now();
        jdbi.useTransaction(h -> Recovery.unknown(h, h.createQuery("select message_id from message_due where owner_node = :node and owner_epoch = :epoch "
            + "and state = 'SENDING' and message_id = any(:ids) order by message_id for update").bind("node", owner.id()).bind("epoch", owner.epoch())
            .bind("ids", messageIds.toArray(Long[]::new)).mapTo(Long.class).list(), "the outcome could not be written", owner.actor(), now, deadlines));
    }

    /**
     * After a turn whose commit may or may not have happened: what this life owns on the route without knowing it was never submitted. Claims
     * go back (T5), attempts end as NOT_SENT (T10). Such a commit may also come long after, from a connection that hung, so it is asked from time
     * to time.
     */
    public void disown(Node.Life owner, String route, List<Long> known) {
        Instant now = clock.now();
        jdbi.useTransaction(h -> {
            List<Long> strays = h.createQuery("select message_id from message_due where owner_node = :node and owner_epoch = :epoch and route = :route "
                + "and state in ('CLAIMED', 'SENDING') and message_id <> all(:known) order by message_id for update").bind("node", owner.id())
                .bind("epoch", owner.epoch()).bind("route", route).bind("known", known.toArray(Long[]::new)).mapTo(Long.class).list();
            h.createUpdate("insert into attempt_outcome (message_id, part_no, claim_seq, route, verdict, detail, ended_at) "
                + "select a.message_id, a.part_no, a.claim_seq, a.route, 'NOT_SENT', 'the commit was not confirmed', :now::timestamptz from attempt a "
                + "join message_due d on d.message_id = a.message_id and d.claim_seq = a.claim_seq where d.state = 'SENDING' and a.message_id = any(:ids) "
                + "on conflict do nothing").bind("now", now).bind("ids", strays.toArray(Long[]::new)).execute();
            Ledger.move(h, strays.stream().map(id -> new Ledger.Moved(id, MessageState.QUEUED, now, 0, 0, null)).toList(), owner.actor(), now);
        });
    }
}
