package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDateTime;
import java.util.Map;
import org.carillon.shop.Location;
import org.carillon.shop.WallTime;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Due dates are local (REL-43): when a location's zone changes, the instants derived from them follow. */
@ApplicationScoped
public class DueDates {

    private final Jdbi jdbi;

    protected DueDates() { this(null); }

    @Inject
    public DueDates(Jdbi jdbi) { this.jdbi = jdbi; }

    public void derive(Location location) {
        jdbi.useHandle(h -> {
            Map<Long, LocalDateTime> due = h.createQuery("select id, due_local from work_order where location_id = :location and due_local is not null")
                .bind("location", location.id()).reduceRows(new java.util.HashMap<>(), (map, row) -> {
                    map.put(row.getColumn("id", Long.class), LocalDateTime.parse(row.getColumn("due_local", String.class)));
                    return map;
                });
            PreparedBatch batch = h.prepareBatch("update work_order set due_at = :at where id = :id and due_at <> :at");
            due.forEach((id, local) -> batch.bind("id", id).bind("at", WallTime.at(local, location.zone())).add());
            if (batch.size() > 0) {
                batch.execute();
            }
        });
    }
}
