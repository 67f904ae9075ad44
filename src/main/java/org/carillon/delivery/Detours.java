package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/**
 * What waits for a route that is shut takes the next one of its list, where there is one: only what no provider can have taken, never an unknown
 * outcome or a text of which parts were accepted. What has no other way waits; for a paused route it is held (T19) until the route is resumed.
 */
@ApplicationScoped
public class Detours {

    /** A look that moved nothing is not worth another one while nothing else changed. */
    private record Idle(String situation, long at) { }

    private static final long AGAIN = TimeUnit.SECONDS.toNanos(5);

    private final Map<String, Idle> idle = new ConcurrentHashMap<>();
    private final Jdbi jdbi;
    private final RouteTable table;
    private final DetourStep step;

    protected Detours() { this(null, null, null); }

    @Inject
    public Detours(Jdbi jdbi, RouteTable table, DetourStep step) {
        this.jdbi = jdbi;
        this.table = table;
        this.step = step;
    }

    /** Looks at everything that waits for a route that is shut, once. Returns how many moved, were held or were let go. */
    public int turn() {
        Map<String, RouteTable.Trouble> troubles = jdbi.withHandle(table::troubles);
        String situation = table.present().revision() + " " + troubles;
        int changed = 0;
        for (String route : troubles.keySet()) {
            Idle last = idle.get(route);
            if (last == null || !last.situation().equals(situation) || System.nanoTime() - last.at() > AGAIN) {
                int moved = move(route);
                changed += moved;
                idle.put(route, new Idle(moved == 0 ? situation : "", System.nanoTime()));
            }
            for (int held = DetourStep.TOGETHER; held == DetourStep.TOGETHER; ) {
                held = step.hold(route);
                changed += held;
            }
        }
        for (int resumed = DetourStep.TOGETHER; resumed == DetourStep.TOGETHER; ) {
            resumed = step.resume();
            changed += resumed;
        }
        return changed;
    }

    private int move(String route) {
        int moved = 0;
        for (long after = 0; after >= 0; ) {
            DetourStep.Batch batch = step.batch(route, after);
            moved += batch.moved();
            after = batch.next();
        }
        return moved;
    }
}
