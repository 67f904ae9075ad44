package org.carillon.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.carillon.shop.WallTime;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Appointments are at local times (REL-43): when a location's zone changes, the instants derived from them follow. */
@ApplicationScoped
public class StartTimes {

    private final Jdbi jdbi;

    protected StartTimes() { this(null); }

    @Inject
    public StartTimes(Jdbi jdbi) { this.jdbi = jdbi; }

    public void derive(long location, ZoneId zone) {
        jdbi.useHandle(h -> {
            List<String> walls = h.createQuery("select start_local from appointment where location_id = :location union select end_local from appointment where location_id = :location "
                + "and end_local is not null").bind("location", location).mapTo(String.class).list();
            Instant[] instants = walls.stream().map(w -> WallTime.at(LocalDateTime.parse(w), zone)).toArray(Instant[]::new);
            update(h, location, walls, instants);
        });
    }

    /** Both in one statement: an end never lies before its start, not even meanwhile. */
    private static void update(Handle h, long location, List<String> walls, Instant[] instants) {
        h.createUpdate("""
                with w as (select * from unnest(:walls, :instants) w (wall, at))
                update appointment a set start_at = s.at, end_at = e.at from w s, (select wall, at from w union all select null, null) e
                 where a.location_id = :location and s.wall = a.start_local and e.wall is not distinct from a.end_local
                   and (a.start_at <> s.at or a.end_at is distinct from e.at)""")
            .bindArray("walls", String.class, walls).bindArray("instants", Instant.class, List.of(instants)).bind("location", location).execute();
    }
}
