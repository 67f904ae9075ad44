package org.carillon.fault;

import java.time.Duration;

/** What a {@link FaultProxy} does to a link. The names are those of the trade (Toxiproxy). */
sealed interface Toxic {

    /** Everything passes. */
    Toxic NONE = new None();

    record None() implements Toxic { }

    /** Every piece that passes waits, on average so long, up to twice that. */
    record Latency(Duration by) implements Toxic { }

    /** What is sent disappears and nobody is told: no RST, no FIN, and a connect succeeds. */
    record Blackhole() implements Toxic { }

    /** Every connection is reset as soon as it sends. */
    record Reset() implements Toxic { }

    /** A hang-up is passed on late; the other side goes on talking to nobody. */
    record SlowClose(Duration by) implements Toxic { }

    /** After so many octets in either direction, counted from when the toxic came, the connection is reset: in the middle of a PDU. */
    record Limit(long octets) implements Toxic { }

    /** Nobody listens any more: a connect is refused, what is open is reset. */
    record Refuse() implements Toxic { }

    /** Octets a second in each direction of each connection. */
    record Bandwidth(long perSecond) implements Toxic { }
}
