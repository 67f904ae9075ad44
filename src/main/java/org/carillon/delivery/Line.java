package org.carillon.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One gateway's line on this node: keeps its window full, turn after turn, until nothing is due. Where it has several connections, a turn begins while
 * another one commits; the room that each was given counts as taken, so that all of them together never have more than a window under way. Answers and
 * turns come in from other threads and wait in a queue; everything else belongs to the one thread that drains. Outcomes that cannot be written stay here,
 * at most a window of them, and are tried again, one turn at a time, before anything else leaves (REL-12).
 */
final class Line {

    private sealed interface News permits Answer, Done { }

    private record Answer(long messageId, int claimSeq, int partNo, Submission submission) implements News {

        Answer(Claimed message, Departures.Piece piece, Submission submission) { this(message.messageId(), message.claimSeq(), piece.partNo(), submission); }

        boolean isFor(Flight flight) { return flight.message().messageId() == messageId && flight.message().claimSeq() == claimSeq; }
    }

    /**
     * A turn that began and has not ended.
     *
     * @param recording flights whose outcomes it writes
     * @param room      of the window, given to it
     * @param plenty    how many turns had found more to do when it began
     * @param number    of its beginning
     */
    private record Underway(Turn turn, List<Flight> recording, int room, boolean single, boolean look, boolean reachable, int plenty, long number) {

        /** Of the window: until its commit what it records is SENDING, from then on what leaves, and never both. */
        int holds() { return Math.max(room, recording.stream().mapToInt(Flight::parts).sum()); }
    }

    /** Null result: it failed. */
    private record Done(Underway turn, Turn.Result result, RuntimeException failure) implements News { }

    private static final Logger LOG = System.getLogger(Line.class.getName());
    private static final Answer RING = new Answer(0, 0, 0, null);
    private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LOOK_AT_ROUTE = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long TIDY = TimeUnit.SECONDS.toNanos(30);
    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(500);
    /** So many times as long as it waits for an answer, a line still listens for one that is missing; a gateway that owes it then never gives it. */
    private static final int LISTENS = 5;
    /** Submits at once while a sender is suspected (REL-19). */
    private static final int CAREFUL = 5;
    /** Failed turns in a row, after which outcomes are written one by one to find the one that cannot be. */
    private static final int ONE_BY_ONE = 3;

    private final Gateway gateway;
    private final List<Turn> turns;
    private final Executor executor;
    private final Node node;
    private final Double configured;
    private final BlockingQueue<News> answers = new LinkedBlockingQueue<>();
    private final Set<Underway> underway = new LinkedHashSet<>();
    private final List<Done> done = new ArrayList<>();
    private final Map<Long, Flight> flying = new HashMap<>();
    private final List<Flight> landed = new ArrayList<>();
    private final List<Flight> givenUp = new ArrayList<>();
    private final List<Long> unwritable = new ArrayList<>();
    private final Meter meter = new Meter();
    private final Caution caution = new Caution();
    private List<Claimed> buffer = List.of();
    private Node.Life owner;
    private int plenty;
    /** A turn failed and may have committed; one that succeeds beside it settles nothing. */
    private boolean doubtful;
    private int failures;
    private long looked;
    private long tidied = System.nanoTime() - 2 * TIDY;
    private volatile boolean stopping;
    private volatile boolean paused;

    /**
     * @param turns    each with a connection of its own; how many may be under way at once
     * @param executor runs them where there are several; a single one runs on the thread that drains
     */
    Line(Gateway gateway, List<Turn> turns, Executor executor, Node node, Double configured) {
        this.gateway = gateway;
        this.turns = List.copyOf(turns);
        this.executor = executor;
        this.node = node;
        this.configured = configured;
    }

    Gateway gateway() { return gateway; }

    /** New work may be there: a line that waits for answers looks again at once. */
    void ring() { answers.offer(RING); }

    /** Paused by a person: what is under way is recorded, nothing more is claimed. */
    void pause(boolean on) {
        paused = on;
        ring();
    }

    /** Claims nothing more; the drain ends when the last answer is recorded. */
    void stop() {
        stopping = true;
        ring();
    }

    /** Until nothing is due or the route is closed. Answers the number of submits. One thread at a time. */
    synchronized int drain() {
        int submitted = 0;
        boolean due = true;
        caution.doubt();  // what is known of the route may have changed since the last drain
        Duration pause = Duration.ZERO;
        while (due && room() > 0 || !landed.isEmpty() || !flying.isEmpty() || !underway.isEmpty() || !givenUp.isEmpty() && !stopping) {
            due |= collect(!mayBegin() || landed.isEmpty() && !(due && room() > 0) ? IDLE : !landed.isEmpty() ? 0 : pause.toNanos());
            for (Done turn : List.copyOf(done)) {
                done.remove(turn);
                underway.remove(turn.turn());
                if (ended(turn)) {
                    submitted += submit(turn.result());
                    // what it was given no room for is plenty, too: another turn may have looked into the queue meanwhile and found nothing
                    plenty += turn.result().more() || !turn.result().buffer().isEmpty() ? 1 : 0;
                    // who was given no room has not looked whether there is more
                    due = turn.result().more() || due && (turn.turn().room() == 0 || !underway.isEmpty() || plenty > turn.turn().plenty());
                    pause = turn.result().pause();
                } else if (failures > 5 && landed.isEmpty() && flying.isEmpty() && underway.isEmpty()) {
                    return submitted;  // the database is away and nothing is owed to it: the next poll tries again
                } else {
                    sleep(Math.min(2_000, 50L << Math.min(failures, 6)));
                }
            }
            Node.Life life = node.life().orElse(null);
            boolean open = !stopping && !paused && life != null && !node.held() && gateway.health().open();
            if (!open) {
                due = false;
            }
            if (!due) {
                giveBack();
            }
            if ((!landed.isEmpty() || due && room() > 0) && mayBegin()) {
                begin(life, open);
            }
        }
        giveBack();
        return submitted;
    }

    private int room() {
        return (caution.careful() ? Math.min(CAREFUL, gateway.window()) : gateway.window()) - flying.values().stream().mapToInt(Flight::parts).sum() - givenUp.stream().mapToInt(Flight::missing).sum()
            - underway.stream().mapToInt(Underway::holds).sum();
    }

    /** What one of several turns takes of the window at most. */
    private int share() { return Math.max(1, (gateway.window() + turns.size() - 1) / turns.size()); }

    /** Beside another only where it has enough to do, and never while something is wrong or is to be tidied up. */
    private boolean mayBegin() {
        return underway.isEmpty() || underway.size() < turns.size() && failures == 0 && !untidy() && done.isEmpty() && Math.max(landed.size(), room()) * 2 >= share();
    }

    private boolean untidy() { return failures > 0 || doubtful || System.nanoTime() - tidied > TIDY; }

    /** Takes news off the queue, waiting for the first at most so long, and gathers what comes with it. True when the bell rang. */
    private boolean collect(long wait) {
        boolean rung = false;
        try {
            for (News news = answers.poll(done.isEmpty() ? wait : 0, TimeUnit.NANOSECONDS); news != null; news = answers.poll(gather(), TimeUnit.NANOSECONDS)) {
                rung |= news == RING;
                if (news instanceof Done turn) {
                    done.add(turn);
                } else {
                    land((Answer) news);
                }
            }
        } catch (InterruptedException e) {
            stopping = true;  // the flag is not set again: the answers that are on their way must still be awaited and written
        }
        List.copyOf(flying.values()).stream().filter(flight -> flight.lost(deadlines().answer())).forEach(flight -> {
            flight.giveUp();
            flying.remove(flight.message().messageId());
            landed.add(flight);
            givenUp.add(flight);
        });
        givenUp.removeIf(flight -> flight.missing() == 0 || flight.lost(deadlines().answer().multipliedBy(LISTENS)));
        return rung;
    }

    private Deadlines deadlines() { return turns.get(0).deadlines(); }

    /** A commit for one answer is dear: while more are about to land, wait a moment. */
    private long gather() { return landed.isEmpty() || flying.isEmpty() || !done.isEmpty() || landed.size() * 2 >= share() ? 0 : GATHER; }

    private void land(Answer answer) {
        Flight flight = flying.get(answer.messageId());
        if (flight == null || !answer.isFor(flight)) {
            givenUp.stream().filter(answer::isFor).findFirst().ifPresent(given -> landLate(given, answer));
        } else {
            flight.answer(answer.partNo(), answer.submission());
            if (flight.landed()) {
                flying.remove(answer.messageId());
                landed.add(flight);
            }
        }
    }

    /** Evidence (T20): the provider's word on what is unknown by now, though not to be taken for the word on a resend. */
    private void landLate(Flight given, Answer answer) {
        if (landed.contains(given)) {
            given.correct(answer.partNo(), answer.submission());
        } else {
            given.late(answer.partNo(), answer.submission()).ifPresent(landed::add);
        }
    }

    private void begin(Node.Life life, boolean open) {
        boolean reachable = false;
        owner = life == null ? owner : life;
        boolean single = failures >= ONE_BY_ONE && !landed.isEmpty();
        List<Flight> recording = single ? List.of(landed.get(0)) : List.copyOf(landed);
        boolean look = caution.slow() || System.nanoTime() - looked > LOOK_AT_ROUTE;
        Turn turn = idle();
        int room = open && !single ? Math.max(0, turns.size() == 1 ? room() : Math.min(room(), share())) : 0;
        RuntimeException untidy = null;
        try {
            if (underway.isEmpty() && untidy()) {
                tidy(turn);
                reachable = true;
            }
        } catch (RuntimeException e) {
            untidy = e;
        }
        Underway begun = new Underway(turn, recording, room, single, look, reachable, plenty, caution.begin());
        landed.removeAll(recording);
        underway.add(begun);
        if (untidy != null) {
            done.add(new Done(begun, null, untidy));
            return;
        }
        looked = look ? System.nanoTime() : looked;
        Turn.Order order = new Turn.Order(owner, gateway.route(), recording, buffer, room, configured, meter.lastSecond(), look);
        buffer = List.of();
        if (turns.size() == 1) {
            done.add(run(begun, order));
        } else {
            executor.execute(() -> answers.add(run(begun, order)));
        }
    }

    /** On any thread. */
    private static Done run(Underway begun, Turn.Order order) {
        try {
            return new Done(begun, begun.turn().take(order), null);
        } catch (RuntimeException e) {
            // what it had claimed is claimed still, or SENDING if it did commit: strays, which are given back before the next turn
            return new Done(begun, null, e);
        }
    }

    private Turn idle() { return turns.stream().filter(turn -> underway.stream().noneMatch(u -> u.turn() == turn)).findFirst().orElseThrow(); }

    /** False where the transaction failed: everything stays as it was and is tried again. */
    private boolean ended(Done turn) {
        Underway begun = turn.turn();
        if (turn.result() != null) {
            List<Claimed> all = new ArrayList<>(turn.result().buffer());
            all.addAll(buffer);
            buffer = all;
        }
        if (turn.failure() == null) {
            failures = begun.single() && !landed.isEmpty() ? failures : 0;
            caution.heed(begun.number(), turn.result().free(), turn.result().careful());
            return true;
        }
        landed.addAll(0, begun.recording());
        failures++;
        doubtful = true;
        LOG.log(failures == 1 ? Level.WARNING : Level.DEBUG, "route " + gateway.route() + ": a turn failed and is tried again", turn.failure());
        if (begun.single() && begun.reachable()) {
            LOG.log(Level.ERROR, "the outcome of message " + begun.recording().get(0).message().messageId() + " cannot be written", turn.failure());
            unwritable.add(begun.recording().get(0).message().messageId());
            landed.remove(0);
        }
        return false;
    }

    /** What the database has of this line and the line does not know, and what the line knows and the database does not take. */
    private void tidy(Turn turn) {
        turn.disown(owner, gateway.route(), known());
        tidied = System.nanoTime();
        doubtful = false;
        if (!unwritable.isEmpty()) {
            try {
                turn.giveUp(owner, unwritable);
                unwritable.clear();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "outcomes that cannot be written stay open", e);  // and hold up nothing else
            }
        }
    }

    private List<Long> known() {
        List<Long> known = new ArrayList<>(unwritable);
        known.addAll(flying.keySet());
        landed.forEach(f -> known.add(f.message().messageId()));
        buffer.forEach(c -> known.add(c.messageId()));
        return known;
    }

    Double configured() { return configured; }

    private int submit(Turn.Result result) {
        int submitted = 0;
        for (Departures.Departing departing : result.departing()) {
            Flight flight = new Flight(departing);
            if (flight.landed()) {
                landed.add(flight);  // every part was taken before
            } else {
                flying.put(flight.message().messageId(), flight);
            }
            for (Departures.Piece piece : departing.pieces()) {
                long at = result.writeAt() + result.spacing() * submitted++;
                if (result.spacing() == 0) {
                    submit(flight.message(), piece, result.now(), result.writeBefore());
                } else {
                    CompletableFuture.delayedExecutor(at - System.nanoTime(), TimeUnit.NANOSECONDS, executor).execute(() -> submit(flight.message(), piece, result, at));
                }
            }
        }
        meter.count(submitted);
        if (submitted > 0) {
            node.submitted(gateway.channel(), result.now());
        }
        return submitted;
    }

    /** At an instant reserved for it (REL-15): too late for that, it goes back to the queue. */
    private void submit(Claimed message, Departures.Piece piece, Turn.Result result, long at) {
        synchronized (gateway) {
            if (System.nanoTime() - at > Pace.TOLERANCE.toNanos()) {
                answers.add(new Answer(message, piece, Submission.notSent("too late for its instant")));
            } else {
                submit(message, piece, result.now(), result.writeBefore());
            }
        }
    }

    private void submit(Claimed message, Departures.Piece piece, Instant now, long writeBefore) {
        if (System.nanoTime() - writeBefore >= 0) {
            answers.add(new Answer(message, piece, Submission.notSent("too late after the commit")));
            return;
        }
        try {
            gateway.submit(Parcel.of(message, piece, now, writeBefore)).whenComplete((submission, failure) ->
                answers.add(new Answer(message, piece, failure == null ? submission : Submission.unknown("the gateway failed"))));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "route " + gateway.route() + " failed on submit", e);
            answers.add(new Answer(message, piece, Submission.unknown("the gateway failed")));
        }
    }

    private void giveBack() {
        if (buffer.isEmpty() || underway.size() == turns.size()) {
            return;  // the loop comes back when a connection is free
        }
        try {
            idle().giveBack(owner, buffer);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "claims could not be given back; their lease runs out", e);
        }
        buffer = List.of();
    }

    private void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            stopping = true;  // the flag is not set again: the answers that are on their way must still be awaited and written
        }
    }
}
