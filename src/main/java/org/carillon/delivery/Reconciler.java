package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.carillon.fact.ApplicationClock;

/**
 * Asks providers that tell what they were given about unknown outcomes, before any of them is sent again (reliability.md 1.5): found is proof that
 * it was taken (T12), not found that it was not (T13). The provider is asked between two transactions, never inside one.
 */
@ApplicationScoped
public class Reconciler {

    /** What a provider answers. */
    sealed interface Answer {

        record Told(List<Listing.Listed> listed) implements Answer { }

        /** The provider did not tell; {@code passing}: it may do so later. */
        record Untold(boolean passing) implements Answer { }
    }

    private final Doubts doubts;
    private final ApplicationClock clock;
    private final Supplier<Map<String, Listing>> listings;

    protected Reconciler() { this(null, null, (Supplier<Map<String, Listing>>) null); }

    @Inject
    public Reconciler(Doubts doubts, ApplicationClock clock, Routing routing) { this(doubts, clock, routing::listings); }

    Reconciler(Doubts doubts, ApplicationClock clock, Supplier<Map<String, Listing>> listings) {
        this.doubts = doubts;
        this.clock = clock;
        this.listings = listings;
    }

    /** One batch; call again while it answers more than 0. Blocks as long as the providers do. */
    public int reconcile() {
        Map<String, Listing> asked = listings.get();
        if (asked.isEmpty()) {
            return 0;
        }
        List<Doubts.Doubt> open = doubts.take(asked.keySet(), clock.now());
        open.forEach(doubt -> doubts.settle(doubt, ask(doubt, asked.get(doubt.route())), clock.now()));
        return open.size();
    }

    private static Answer ask(Doubts.Doubt doubt, Listing listing) {
        try {
            return new Answer.Told(listing.since(doubt.recipient(), doubt.since()));
        } catch (Listing.Unlisted e) {
            return new Answer.Untold(e.passing());
        }
    }

    /** The provider's id of this text; empty where it is not listed. @param others ids in the list that are known to be other messages' */
    static Optional<String> find(String text, List<Listing.Listed> listed, Set<String> others) {
        return listed.stream().filter(one -> !others.contains(one.providerId()) && same(one.text(), text)).map(Listing.Listed::providerId).findFirst();
    }

    /** Providers put plain signs in the place of others (“ becomes "), trim and fold blanks: letters and figures stay. */
    private static boolean same(String one, String other) {
        String a = bare(one), b = bare(other);
        return a.isEmpty() || b.isEmpty() ? one.strip().equals(other.strip()) : a.equals(b);
    }

    private static String bare(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("[^\\p{L}\\p{N}]+", "").toLowerCase(Locale.ROOT);
    }

    /** Routes whose unknown outcomes are settled here. */
    static Supplier<Set<String>> routes(Routing routing) { return () -> routing.listings().keySet(); }

    /** How long a provider that does not answer is asked again before the policy decides without it. */
    static Instant patience(Instant unknownSince, Deadlines deadlines) { return unknownSince.plus(deadlines.grace().multipliedBy(6)); }
}
