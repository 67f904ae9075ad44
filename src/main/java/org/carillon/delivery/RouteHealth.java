package org.carillon.delivery;

import java.time.Instant;

/**
 * What a route says of itself.
 *
 * @param open      may be given messages now
 * @param suspended a fault that a person must repair (wrong password); shown red
 * @param detail    short, without secrets, numbers or provider banners
 * @param since     since when it is so
 */
public record RouteHealth(boolean open, boolean suspended, String detail, Instant since) {

    /** Nobody has configured it, and nobody misses it. */
    public static final RouteHealth ABSENT = new RouteHealth(false, false, "not configured", Instant.EPOCH);

    public boolean absent() { return equals(ABSENT); }
}
