package org.carillon.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The pace of each route, in the database, so that all nodes together keep it. An unlimited, healthy route is only read. */
final class Routes {

    /** How often a resting route is looked at again. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final String READ = "select * from route_state where route = :route";

    private Routes() { }

    /**
     * Takes what the answers say into account and tells how many submits may leave now.
     *
     * @param configured limit from the configuration, null where none
     * @param lead       how long it takes from {@code now} to the first byte, asked for when the row is locked: others may have had it for long
     */
    static Pace.Permit permit(Handle h, String route, Double configured, Arrivals.Summary summary, double measured, int wanted, Instant now, Supplier<Duration> lead) {
        if (configured == null && !summary.fault() && !summary.throttled()) {
            Pace pace = h.createQuery(READ).bind("route", route).map((r, c) -> read(r)).findOne().orElse(null);
            if (pace == null) {
                h.execute("insert into route_state (route) values (?) on conflict do nothing", route);
                pace = Pace.FREE;
            }
            if (!pace.probing() && pace.rate() == null) {
                return new Pace.Permit(wanted, Duration.ZERO, true);
            }
        }
        Pace pace = locked(h, route).or(() -> {
            h.execute("insert into route_state (route) values (?) on conflict do nothing", route);
            return locked(h, route);
        }).orElseThrow().after(summary, measured, now);
        int submits = pace.closed(now) ? 0 : pace.probing() ? Math.min(1, wanted) : wanted;
        Duration pause = Duration.ZERO;
        Pace.Slots slots = null;
        if (pace.rate() != null || configured != null) {
            double effective = pace.rate() == null ? configured : configured == null ? pace.rate() : Math.min(pace.rate(), configured);
            slots = pace.slots(effective, submits, now, lead.get());
            submits = slots.count();
            pause = Duration.ofMillis(Math.min(1_000, Math.max(5, (long) (1_000 / effective))));
        }
        if (pace.closed(now) && !pace.probing()) {
            pause = Duration.between(now, pace.suspendedUntil()).compareTo(LOOK) < 0 ? Duration.between(now, pace.suspendedUntil()) : LOOK;  // resting
        }
        submits = Math.max(0, submits);
        pace = submits > 0 && pace.probing() ? pace.probed(now) : pace;
        write(h, route, slots == null ? pace : pace.after(slots));
        return new Pace.Permit(submits, pause, false, slots);
    }

    private static Optional<Pace> locked(Handle h, String route) { return h.createQuery(READ + " for update").bind("route", route).map((r, c) -> read(r)).findOne(); }

    /** The last of the reserved instants were not needed after all; a negative number needs more. The row is still locked, so nobody has reserved since. */
    static void giveBack(Handle h, String route, Pace.Slots slots, int unused) {
        if (unused != 0 && (slots.count() > 0 || unused < 0)) {
            h.createUpdate("update route_state set next_at = :next where route = :route").bind("next", slots.next().minus(slots.spacing().multipliedBy(unused))).bind("route", route).execute();
        }
    }

    private static void write(Handle h, String route, Pace p) {
        h.createUpdate("update route_state set rate = :rate, ceiling = :ceiling, slowed_at = :slowed, raised_at = :raised, next_at = :next, "
            + "faults = :faults, suspended_at = :suspended, suspended_until = :until, detail = :detail where route = :route")
            .bind("rate", p.rate()).bind("ceiling", p.ceiling()).bind("slowed", p.slowedAt()).bind("raised", p.raisedAt()).bind("next", p.nextAt())
            .bind("faults", p.faults()).bind("suspended", p.suspendedAt()).bind("until", p.suspendedUntil())
            .bind("detail", p.detail()).bind("route", route).execute();
    }

    private static Pace read(ResultSet r) throws SQLException {
        return new Pace((Double) r.getObject("rate"), (Double) r.getObject("ceiling"), instant(r, "slowed_at"), instant(r, "raised_at"), instant(r, "next_at"),
            r.getInt("faults"), instant(r, "suspended_at"), instant(r, "suspended_until"), r.getString("detail"));
    }

    private static Instant instant(ResultSet r, String column) throws SQLException {
        Timestamp at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
