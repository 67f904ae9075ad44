package org.carillon.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.carillon.audience.CustomerGroup;
import org.carillon.audience.GroupUse;
import org.jdbi.v3.core.Jdbi;

/** Automations whose rules name a customer group. */
@ApplicationScoped
public class GroupsInAutomations implements GroupUse {

    private final Jdbi jdbi;

    protected GroupsInAutomations() { this(null); }

    @Inject
    public GroupsInAutomations(Jdbi jdbi) { this.jdbi = jdbi; }

    @Override public List<String> of(String ref) {
        return jdbi.withHandle(h -> h.createQuery("select a.name from automation a where not a.deleted and a.audience is not null and exists (select from jsonb_array_elements(a.audience) g, "
                + "jsonb_array_elements(g) r where r ->> 'field' = :field and lower(btrim(r ->> 'value')) = :ref) order by 1").bind("field", CustomerGroup.FIELD).bind("ref", ref).mapTo(String.class).list());
    }
}
