package org.carillon.delivery;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A message between its committed attempt and its recorded outcome. Belongs to one line and its thread. */
final class Flight {

    /** Gateways answer within their own timeouts; this only keeps a broken one from holding a place for ever. */
    private static final long LOST = TimeUnit.MINUTES.toNanos(2);

    private final Claimed message;
    private final Map<Integer, Departures.Piece> pieces = new TreeMap<>();
    private final Map<Integer, Submission> answers = new TreeMap<>();
    private final long departed = System.nanoTime();

    Flight(Departures.Departing departing) {
        message = departing.message();
        departing.pieces().forEach(p -> pieces.put(p.partNo(), p));
    }

    Claimed message() { return message; }

    int parts() { return pieces.size(); }

    /** The low 16 bits of the part's reference: what an SMSC may echo in a receipt. */
    int userRef(int partNo) { return (int) (pieces.get(partNo).wireRef().getLeastSignificantBits() & 0xFFFF); }

    void answer(int partNo, Submission submission) { answers.putIfAbsent(partNo, submission); }

    boolean landed() { return answers.size() == pieces.size(); }

    boolean lost() { return System.nanoTime() - departed > LOST; }

    /** What was not answered is unknown. */
    void giveUp() { pieces.keySet().forEach(part -> answers.putIfAbsent(part, Submission.unknown("the gateway did not answer"))); }

    Map<Integer, Submission> answers() { return answers; }
}
