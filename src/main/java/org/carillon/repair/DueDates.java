package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.carillon.shop.Location;
import org.carillon.shop.WallTime;
import org.jdbi.v3.core.Jdbi;

/** Due dates are local (REL-43): when a location's zone changes, the instants derived from them follow. */
@ApplicationScoped
public class DueDates {

    private final Jdbi jdbi;

    protected DueDates() { this(null); }

    @Inject
    public DueDates(Jdbi jdbi) { this.jdbi = jdbi; }

    public void derive(Location location) { derive(location.id(), location.zone()); }

    public void derive(long location, ZoneId zone) {
        jdbi.useHandle(h -> {
            // every wall time once: many orders are due at the same one
            List<String> walls = h.createQuery("select distinct due_local from work_order where location_id = :location and due_local is not null")
                .bind("location", location).mapTo(String.class).list();
            h.createUpdate("update work_order o set due_at = w.at from unnest(:walls, :instants) w (wall, at) where o.location_id = :location and o.due_local = w.wall and o.due_at <> w.at")
                .bindArray("walls", String.class, walls).bindArray("instants", Instant.class, walls.stream().map(w -> WallTime.at(LocalDateTime.parse(w), zone)).toList())
                .bind("location", location).execute();
        });
    }
}
