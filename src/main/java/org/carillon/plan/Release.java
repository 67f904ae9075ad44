package org.carillon.plan;

import java.time.Instant;
import org.carillon.delivery.NewMessage;
import org.carillon.fact.Reason;

/** What becomes of a plan whose time has come. */
sealed interface Release {

    record Send(NewMessage message) implements Release { }

    /** Not sent, or not yet: {@code state} is the plan's new state, {@code detail} the field or number that the reason is about. */
    record No(String state, Reason reason, String detail) implements Release { }

    /** Still planned, at another instant. */
    record Later(Instant due, Reason reason) implements Release { }

    /** Planned under an older revision: make it anew first. */
    record Stale() implements Release { }

    static Release skip(Reason reason) { return new No("SKIPPED", reason, null); }
}
