package org.carillon.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** What one node does for all: whoever asks first when it is time does it, and the others find it done. Held by nobody, so that no dead node holds it. */
@ApplicationScoped
public class Rota {

    private final Jdbi jdbi;

    protected Rota() { this(null); }

    @Inject
    public Rota(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Whether the caller does it now. @param next when it is time again */
    public boolean takes(String task, Instant now, Instant next) { return takes(task, now, next, null); }

    /** @param first when it is time for the first time ever; null: now */
    public boolean takes(String task, Instant now, Instant next, Instant first) {
        if (first != null) {
            jdbi.useHandle(h -> h.createUpdate("insert into rota (task, next_at) values (:task, :first) on conflict do nothing").bind("task", task).bind("first", first).execute());
        }
        return jdbi.withHandle(h -> h.createUpdate("insert into rota (task, next_at) values (:task, :next) on conflict (task) do update set next_at = excluded.next_at where rota.next_at <= :now")
            .bind("task", task).bind("now", now).bind("next", next).execute()) > 0;
    }
}
