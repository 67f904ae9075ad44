package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The active locations, for choosing among them. */
@ApplicationScoped
public class Places {

    private final Jdbi jdbi;

    protected Places() { this(null); }

    @Inject
    public Places(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Those that the scope allows, by name. */
    public List<Place> in(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select id, code, name, zone from location where active and (:all or id = any(:locations)) order by name, id")
            .bind("all", scope.all()).bind("locations", scope.ids())
            .map((row, ctx) -> new Place(row.getLong("id"), row.getString("code"), row.getString("name"), ZoneId.of(row.getString("zone")))).list());
    }
}
