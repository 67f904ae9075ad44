package org.carillon.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What automations with an audience are called, for rules that name one by its reference. */
@ApplicationScoped
public class AutomationNames {

    /** @param ref as rules name it, that of a deleted one too */
    public record Named(String ref, String name, boolean deleted) { }

    private final Jdbi jdbi;

    protected AutomationNames() { this(null); }

    @Inject
    public AutomationNames(Jdbi jdbi) { this.jdbi = jdbi; }

    /** By name, deleted ones last; those that hold at a location in the scope (SEC-13). */
    public List<Named> all(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select case when a.deleted then regexp_replace(a.ref, '~[0-9]+$', '') else a.ref end ref, a.name, a.deleted from automation a where a.by_audience "
                + "and (:all or a.everywhere or exists (select from automation_location w where w.automation_id = a.id and w.location_id = any(:locations))) order by a.deleted, lower(a.name), a.id")
            .bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).map(ConstructorMapper.of(Named.class)).list());
    }
}
