package org.carillon.delivery;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.carillon.fact.Channel;

/** One route to a provider. Implementations know a protocol and nothing of messages' states. */
public interface Gateway {

    /** The route's name, such as {@code smpp} or {@code smtp}: stored with attempts and receipts. */
    String route();

    Channel channel();

    /** Never blocks. A route that is not configured is not open and not suspended. */
    RouteHealth health();

    /** The provider's {@code host:port}, without any secret; empty where the route is not configured. */
    default String peer() { return ""; }

    /** Whether a message that brings no sender of its own can leave. */
    default boolean hasSender() { return true; }

    /** What becomes of a text on this route; of SMS only. */
    default SmsTerms smsTerms() { return SmsTerms.USUAL; }

    /** What the provider was given, where it tells: asked before an unknown outcome is decided on. */
    default Optional<Listing> listing() { return Optional.empty(); }

    /** How many submits may be under way at once on this node (REL-15). */
    int window();

    /**
     * Submits one part. Returns at once or blocks only while the window is full; the stage always completes, within the route's response
     * timeout, and never exceptionally: every outcome is a {@link Submission}. Nothing is written after {@link Outgoing#writeBefore()} has
     * passed on the monotonic clock: then the outcome is NOT_SENT (T6).
     */
    CompletionStage<Submission> submit(Outgoing outgoing);

    /** Since when the provider cannot be reached or refuses us, though it may be tried now and then; null while all is well. */
    default Instant troubledSince() { return health().open() ? null : health().since(); }

    /** Ends in peace: waits a while for the answers of what is on the wire. */
    default void stop() { }
}
