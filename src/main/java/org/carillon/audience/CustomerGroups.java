package org.carillon.audience;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.carillon.fact.Category;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** All customer groups, and the field by which rules ask for them: {@code customer.group}, compared with a group's reference. */
@ApplicationScoped
public class CustomerGroups implements FieldSource {

    static final String FIELD = Category.CUSTOMER.code() + ".group";

    /** Stored rules say the unit of every number, so that no field need be known to read them. */
    private static final FieldCatalogue NO_FIELDS = new FieldCatalogue(List.of());
    private static final RowMapper<CustomerGroup> ROW = (r, c) -> new CustomerGroup(r.getLong("id"), r.getString("ref"), r.getString("name"),
        r.getString("audience") == null ? null : AudienceJson.parse(r.getString("audience"), null, NO_FIELDS), r.getInt("version"));

    private final Jdbi jdbi;

    protected CustomerGroups() { this(null); }

    @Inject
    public CustomerGroups(Jdbi jdbi) { this.jdbi = jdbi; }

    /** By name. */
    public List<CustomerGroup> all() { return jdbi.withHandle(h -> h.createQuery("select id, ref, name, audience::text, version from customer_group order by lower(name)").map(ROW).list()); }

    public Optional<CustomerGroup> find(long id) {
        return jdbi.withHandle(h -> h.createQuery("select id, ref, name, audience::text, version from customer_group where id = :id").bind("id", id).map(ROW).findOne());
    }

    @Override public boolean changes() { return true; }

    @Override public List<Field> fields() { return List.of(Field.asked("group", FieldType.CODE, new InGroup(this::all))); }
}
