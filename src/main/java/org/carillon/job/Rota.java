package org.carillon.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/** What one node does for all: whoever asks first when it is time does it, and the others find it done. Held by nobody, so that no dead node holds it. */
@ApplicationScoped
public class Rota {

    /** One statement: whether it was taken, and when it is time again either way. */
    private static final String TAKE = "with taken as (insert into rota (task, next_at) values (:task, :next) on conflict (task) do update set next_at = excluded.next_at where rota.next_at <= :now returning next_at) "
        + "select exists (select from taken) as taken, coalesce((select next_at from taken), (select next_at from rota where task = :task), :now) as again";

    private final Jdbi jdbi;
    /** Until when nobody need ask: a time only ever moves on. */
    private final Map<String, Instant> quiet = new ConcurrentHashMap<>();

    protected Rota() { this(null); }

    @Inject
    public Rota(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Whether the caller does it now. @param next when it is time again */
    public boolean takes(String task, Instant now, Instant next) { return takes(task, now, next, null); }

    /** @param first when it is time for the first time ever; null: now */
    public boolean takes(String task, Instant now, Instant next, Instant first) {
        if (now.isBefore(quiet.getOrDefault(task, Instant.MIN))) {
            return false;
        }
        if (first != null) {
            jdbi.useHandle(h -> h.createUpdate("insert into rota (task, next_at) values (:task, :first) on conflict do nothing").bind("task", task).bind("first", first).execute());
        }
        return jdbi.withHandle(h -> h.createQuery(TAKE).bind("task", task).bind("now", now).bind("next", next).map((r, c) -> {
            quiet.put(task, r.getTimestamp("again").toInstant());
            return r.getBoolean("taken");
        }).one());
    }
}
