package org.carillon.fact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;

/**
 * The one clock that decides (reliability.md 1.2): the database's time plus the stored test offset, carried on by the monotonic clock between
 * two readings. A node's own wall clock decides nothing.
 */
@ApplicationScoped
public class ApplicationClock {

    private record Reading(Instant at, long nanos) { }

    private final Jdbi jdbi;
    private final AtomicReference<Reading> last = new AtomicReference<>();

    protected ApplicationClock() { this(null); }

    @Inject
    public ApplicationClock(Jdbi jdbi) { this.jdbi = jdbi; }

    /** The present instant, in microseconds as PostgreSQL keeps them. */
    public Instant now() {
        Reading reading = last.get();
        return reading == null ? refresh() : at(reading);
    }

    /** Reads the database's time again; the heartbeat and the poll do it, and the test clock's notification. */
    public Instant refresh() {
        Reading reading = jdbi.withHandle(h -> {
            long before = System.nanoTime();  // after the connection was had, so that waiting for one does not count
            Instant read = h.createQuery("select clock_timestamp() + offset_ms * interval '1 ms' from application_clock").mapTo(Instant.class).one();
            return new Reading(read, before + (System.nanoTime() - before) / 2);
        });
        last.set(reading);
        return at(reading);
    }

    /** A reading that came with another statement, such as the poll's, taken when {@link System#nanoTime()} was {@code nanos}. */
    public void heard(Instant read, long nanos) { last.set(new Reading(read, nanos)); }

    private static Instant at(Reading reading) {
        Instant now = reading.at().plusNanos(System.nanoTime() - reading.nanos());
        return now.minusNanos(now.getNano() % 1_000);
    }
}
