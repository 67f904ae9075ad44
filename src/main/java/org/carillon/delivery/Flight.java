package org.carillon.delivery;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A message between its committed attempt and its recorded outcome. Belongs to one line and its thread. */
final class Flight {

    private final Claimed message;
    private final Map<Integer, Departures.Piece> pieces = new TreeMap<>();
    private final Map<Integer, Submission> answers = new TreeMap<>();
    private final Set<Integer> missing = new HashSet<>();
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

    boolean lost(Duration patience) { return System.nanoTime() - departed > patience.toNanos(); }

    /** What was not answered is unknown; its answer may still come. */
    void giveUp() {
        pieces.keySet().stream().filter(part -> !answers.containsKey(part)).forEach(missing::add);
        missing.forEach(part -> answers.put(part, Submission.unknown("the gateway did not answer")));
    }

    /** Parts that were given up and still hold their places at the gateway. */
    int missing() { return missing.size(); }

    /** Given up before, and not written yet: the answer is in time after all. */
    void correct(int partNo, Submission submission) {
        if (missing.remove(partNo)) {
            answers.put(partNo, submission);
        }
    }

    /** The answer to a part of what was written as given up: a flight of its own, which the fence will find late. Empty where it was not missing. */
    Optional<Flight> late(int partNo, Submission submission) {
        if (!missing.remove(partNo)) {
            return Optional.empty();
        }
        Flight late = new Flight(new Departures.Departing(message, List.of(pieces.get(partNo))));
        late.answer(partNo, submission);
        return Optional.of(late);
    }

    Map<Integer, Submission> answers() { return answers; }
}
