package org.carillon.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.random.RandomGenerator;
import org.carillon.fact.Reason;

/**
 * What the answers to one attempt make of the message (T7 to T11). Pure. The worst part decides: a definite no over an unknown outcome over
 * waiting over accepted (REL-25).
 *
 * @param next    when it may be tried again, or when the policy decides on UNKNOWN; null where it is settled
 * @param counted attempts to add
 * @param alarm   a person should look at it
 */
record Judgement(MessageState to, Instant next, int counted, Reason reason, boolean alarm) {

    /** Vague temporary refusals are believed this often. */
    static final int FEW = 3;
    private static final Duration MAILBOX = Duration.ofHours(72);
    /** From this claim on a throttled message goes behind the others: it may be the only one that is throttled. */
    private static final int PATIENCE = 3;
    private static final Duration BREATH = Duration.ofSeconds(1);

    private record Part(int weight, Judgement judgement) { }

    /** @param vague attempts refused vaguely until now, with this one */
    static Judgement of(Claimed message, Collection<Verdict> verdicts, int vague, Instant now, Duration grace, RandomGenerator random) {
        Part worst = new Part(0, new Judgement(MessageState.ACCEPTED, null, 0, null, false));
        for (Verdict verdict : verdicts) {
            Part part = part(message, verdict, vague, now, grace, random);
            worst = part.weight() > worst.weight() ? part : worst;
        }
        return worst.judgement();
    }

    /** Whether {@link #of} must be told of earlier vague refusals: else there cannot have been enough of them. */
    static boolean countsVague(Claimed message, Collection<Verdict> verdicts) { return verdicts.contains(Verdict.TEMPORARY_FEW) && message.attempts() + 1 >= FEW; }

    private static Part part(Claimed message, Verdict verdict, int vague, Instant now, Duration grace, RandomGenerator random) {
        RetryPolicy policy = RetryPolicy.of(message.channel());
        return switch (verdict) {
            case ACCEPTED -> new Part(0, new Judgement(MessageState.ACCEPTED, null, 0, null, false));
            // the message keeps its place; the route is slowed or closed
            case THROTTLE -> again(message, message.claimSeq() < PATIENCE ? message.nextAttemptAt() : soon(now, random), Reason.THROTTLED);
            case QUEUE_FULL -> again(message, latest(message, now.plus(policy.delay(message.claimSeq() - 1, random))), Reason.TEMPORARY_REFUSAL);
            case ROUTE_FAULT -> again(message, message.nextAttemptAt(), Reason.ROUTE_CLOSED);
            case SESSION, NOT_SENT -> again(message, soon(now, random), Reason.ROUTE_CLOSED);
            case TEMPORARY -> later(message, policy.most(), now, policy, random);
            case TEMPORARY_FEW -> later(message, vague >= FEW ? 0 : policy.most(), now, policy, random);
            case MAILBOX_FULL -> later(message, now.isBefore(message.createdAt().plus(MAILBOX)) ? policy.most() : 0, now, policy, random);
            case UNKNOWN -> new Part(3, new Judgement(MessageState.UNKNOWN, now.plus(grace), 1, Reason.UNKNOWN_OUTCOME, false));
            case PERMANENT -> failed(Reason.PERMANENT_REFUSAL);
            case BAD_ADDRESS -> failed(Reason.ADDRESS_UNUSABLE);
            case OPTED_OUT -> failed(Reason.OPTED_OUT);
            case BAD_SENDER -> failed(Reason.SENDER_REFUSED);
        };
    }

    /** Not counted (T10). After an unknown outcome it waits where a receipt of that attempt can still reach it (T12). */
    private static Part again(Claimed message, Instant next, Reason reason) {
        return new Part(1, new Judgement(message.doubted() ? MessageState.RETRY_WAIT : MessageState.QUEUED, next, 0, reason, false));
    }

    private static Part later(Claimed message, int most, Instant now, RetryPolicy policy, RandomGenerator random) {
        if (message.attempts() + 1 >= most) {
            return new Part(4, new Judgement(MessageState.FAILED, null, 1, Reason.ATTEMPTS_EXHAUSTED, true));
        }
        return new Part(2, new Judgement(MessageState.RETRY_WAIT, latest(message, now.plus(policy.delay(message.attempts(), random))), 1,
            Reason.TEMPORARY_REFUSAL, false));
    }

    /** Never beyond the expiry: it is then that the sweeper closes it. */
    private static Instant latest(Claimed message, Instant next) { return next.isBefore(message.expiresAt()) ? next : message.expiresAt(); }

    private static Instant soon(Instant now, RandomGenerator random) { return now.plus(BREATH).plusMillis(random.nextLong(1_000)); }

    private static Part failed(Reason reason) { return new Part(4, new Judgement(MessageState.FAILED, null, 1, reason, false)); }
}
