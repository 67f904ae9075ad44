package org.carillon.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One gateway's line on this node: keeps its window full, one turn after the other, until nothing is due. Answers come in on the gateway's
 * threads and wait in a queue; everything else belongs to the one thread that drains. Outcomes that cannot be written stay here, at most a
 * window of them, and are tried again before anything else leaves (REL-12).
 */
final class Line {

    private record Answer(long messageId, int claimSeq, int partNo, Submission submission) {

        Answer(Claimed message, Departures.Piece piece, Submission submission) { this(message.messageId(), message.claimSeq(), piece.partNo(), submission); }

        boolean isFor(Flight flight) { return flight.message().messageId() == messageId && flight.message().claimSeq() == claimSeq; }
    }

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
    private final Turn turn;
    private final Node node;
    private final Double configured;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Map<Long, Flight> flying = new HashMap<>();
    private final List<Flight> landed = new ArrayList<>();
    private final List<Flight> givenUp = new ArrayList<>();
    private final List<Long> unwritable = new ArrayList<>();
    private final Meter meter = new Meter();
    private List<Claimed> buffer = List.of();
    private Node.Life owner;
    private int failures;
    private boolean slow = true;
    private boolean careful;
    private long looked;
    private long tidied = System.nanoTime() - 2 * TIDY;
    private volatile boolean stopping;
    private volatile boolean paused;

    Line(Gateway gateway, Turn turn, Node node, Double configured) {
        this.gateway = gateway;
        this.turn = turn;
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
        slow = true;  // what is known of the route may have changed since the last drain
        Duration pause = Duration.ZERO;
        while (due && room() > 0 || !landed.isEmpty() || !flying.isEmpty() || !givenUp.isEmpty() && !stopping) {
            due |= collect(!landed.isEmpty() ? 0 : due && room() > 0 ? pause.toNanos() : IDLE);
            Node.Life life = node.life().orElse(null);
            boolean open = !stopping && !paused && life != null && !node.held() && gateway.health().open();
            if (!open) {
                due = false;
            }
            if (!due) {
                giveBack();
            }
            if (landed.isEmpty() && !(due && room() > 0)) {
                continue;
            }
            Turn.Result result = take(life, open);
            if (result != null) {
                submitted += submit(result);
                due = result.more();
                pause = result.pause();
            } else if (failures > 5 && landed.isEmpty() && flying.isEmpty()) {
                return submitted;  // the database is away and nothing is owed to it: the next poll tries again
            } else {
                sleep(Math.min(2_000, 50L << Math.min(failures, 6)));
            }
        }
        giveBack();
        return submitted;
    }

    private int room() {
        return (careful ? Math.min(CAREFUL, gateway.window()) : gateway.window()) - flying.values().stream().mapToInt(Flight::parts).sum() - givenUp.stream().mapToInt(Flight::missing).sum();
    }

    /** Takes answers off the queue, waiting for the first at most so long, and gathers what comes with it. True when the bell rang. */
    private boolean collect(long wait) {
        boolean rung = false;
        try {
            for (Answer answer = answers.poll(wait, TimeUnit.NANOSECONDS); answer != null; answer = answers.poll(gather(), TimeUnit.NANOSECONDS)) {
                rung |= answer == RING;
                land(answer);
            }
        } catch (InterruptedException e) {
            stopping = true;  // the flag is not set again: the answers that are on their way must still be awaited and written
        }
        List.copyOf(flying.values()).stream().filter(flight -> flight.lost(turn.deadlines().answer())).forEach(flight -> {
            flight.giveUp();
            flying.remove(flight.message().messageId());
            landed.add(flight);
            givenUp.add(flight);
        });
        givenUp.removeIf(flight -> flight.missing() == 0 || flight.lost(turn.deadlines().answer().multipliedBy(LISTENS)));
        return rung;
    }

    /** A commit for one answer is dear: while more are about to land, wait a moment. */
    private long gather() { return landed.isEmpty() || flying.isEmpty() || landed.size() * 2 >= gateway.window() ? 0 : GATHER; }

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

    /** Null when the transaction failed: everything stays as it was and is tried again. */
    private Turn.Result take(Node.Life life, boolean open) {
        boolean reachable = false;
        owner = life == null ? owner : life;
        boolean single = failures >= ONE_BY_ONE && !landed.isEmpty();
        List<Flight> recording = single ? List.of(landed.get(0)) : List.copyOf(landed);
        boolean look = slow || System.nanoTime() - looked > LOOK_AT_ROUTE;
        try {
            if (failures > 0 || System.nanoTime() - tidied > TIDY) {
                tidy();
                reachable = true;
            }
            Turn.Result result = turn.take(new Turn.Order(owner, gateway.route(), recording, buffer,
                open && !single ? Math.max(0, room()) : 0, configured, meter.lastSecond(), look));
            landed.removeAll(recording);
            failures = single && !landed.isEmpty() ? failures : 0;
            buffer = result.buffer();
            looked = look ? System.nanoTime() : looked;
            slow = !result.free();
            careful = result.careful();
            return result;
        } catch (RuntimeException e) {
            failures++;
            LOG.log(failures == 1 ? Level.WARNING : Level.DEBUG, "route " + gateway.route() + ": a turn failed and is tried again", e);
            if (single && reachable) {
                LOG.log(Level.ERROR, "the outcome of message " + recording.get(0).message().messageId() + " cannot be written", e);
                unwritable.add(recording.get(0).message().messageId());
                landed.remove(0);
            }
            return null;
        }
    }

    /** What the database has of this line and the line does not know, and what the line knows and the database does not take. */
    private void tidy() {
        turn.disown(owner, gateway.route(), known());
        tidied = System.nanoTime();
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
                submitted++;
                submit(flight.message(), piece, result.now(), result.writeBefore());
            }
        }
        meter.count(submitted);
        if (submitted > 0) {
            node.submitted(gateway.channel(), result.now());
        }
        return submitted;
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
        if (buffer.isEmpty()) {
            return;
        }
        try {
            turn.giveBack(owner, buffer);
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
