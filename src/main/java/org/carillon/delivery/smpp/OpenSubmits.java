package org.carillon.delivery.smpp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Phase;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdict;
import org.carillon.delivery.Verdicts;

/** The submits of one session that wait for an answer. Each ends exactly once: by its answer, its timeout or the session's end. */
final class OpenSubmits {

    /** A submit: nothing of it is on the wire while WAITING, and it may be there from WRITING on. */
    final class Open {

        private enum Stage { WAITING, WRITING, WRITTEN, ENDED }

        private final Outgoing outgoing;
        private final int sequence;
        private final Consumer<Submission> outcome;
        private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
        private volatile long since = System.nanoTime();

        private Open(int sequence, Outgoing outgoing, Consumer<Submission> outcome) {
            this.sequence = sequence;
            this.outgoing = outgoing;
            this.outcome = outcome;
        }

        /** False where it has ended before: then nothing may be written. */
        boolean startWriting() {
            since = System.nanoTime();
            return stage.compareAndSet(Stage.WAITING, Stage.WRITING);
        }

        void written() { stage.compareAndSet(Stage.WRITING, Stage.WRITTEN); }

        /** False where it has ended before. */
        boolean end(Submission submission) {
            open.remove(sequence, this);
            if (stage.getAndSet(Stage.ENDED) == Stage.ENDED) return false;
            outcome.accept(submission);
            return true;
        }

        /** Ends it without an answer. */
        void giveUp(String code, String detail) {
            if (stage.compareAndSet(Stage.WAITING, Stage.ENDED)) {
                open.remove(sequence, this);
                outcome.accept(new Submission(verdicts.judge(Protocol.SMPP, Phase.BIND, code), "", null, detail + ", nothing was written"));
            } else {
                end(new Submission(verdicts.judge(Protocol.SMPP, Phase.SUBMIT, code), "", null, detail));
            }
        }
    }

    private static final int KEPT_LATE = 10_000;

    private final Map<Integer, Open> open = new ConcurrentHashMap<>();
    private final Map<Integer, Outgoing> timedOut = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override protected boolean removeEldestEntry(Map.Entry<Integer, Outgoing> eldest) { return size() > KEPT_LATE; }
    });
    private final Verdicts verdicts;
    private final ReceiptIds ids;
    private final long timeoutNanos;
    private final BiConsumer<Outgoing, String> lateYes;

    /** @param lateYes told of a yes that came after the timeout, with the provider's id: evidence for T12 */
    OpenSubmits(Verdicts verdicts, ReceiptIds ids, long timeoutNanos, BiConsumer<Outgoing, String> lateYes) {
        this.verdicts = verdicts;
        this.ids = ids;
        this.timeoutNanos = timeoutNanos;
        this.lateYes = lateYes;
    }

    Open add(int sequence, Outgoing outgoing, Consumer<Submission> outcome) {
        Open one = new Open(sequence, outgoing, outcome);
        open.put(sequence, one);
        return one;
    }

    boolean isEmpty() { return open.isEmpty(); }

    /** The verdict, or null where no submit of ours has this sequence number. */
    Verdict answered(int sequence, Phase phase, int status, String messageId) {
        String code = Verdicts.code(status);
        Verdict verdict = verdicts.judge(Protocol.SMPP, phase, code);
        String id = verdict == Verdict.ACCEPTED && !messageId.isEmpty() ? ids.ofAnswer(messageId) : null;
        Open one = open.get(sequence);
        if (one != null && one.end(new Submission(verdict, code, id, phase == Phase.NACK ? "generic_nack" : ""))) return verdict;
        Outgoing late = timedOut.remove(sequence);
        if (late != null && id != null) lateYes.accept(late, id);
        return late == null ? null : verdict;
    }

    /** Ends what has waited too long; true where one of them is still stuck in its write, so that the session is of no use any more. */
    boolean sweep() {
        boolean stuck = false;
        for (Open one : open.values()) {
            if (System.nanoTime() - one.since < timeoutNanos) continue;
            stuck |= one.stage.get() == Open.Stage.WRITING;
            timedOut.put(one.sequence, one.outgoing);
            one.giveUp(Verdicts.TIMEOUT, "no answer in time");
        }
        return stuck;
    }

    void cutAll() {
        for (Open one : open.values()) one.giveUp(Verdicts.CUT, "the session ended");
    }
}
