package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The company's statuses of orders and of leads in their order, with what depends on them. */
@ApplicationScoped
public class StatusList {

    /**
     * @param places        locations that use it; of a lead's status none, it holds everywhere
     * @param notifications that fire when it is reached
     */
    public record Row(String code, String nameFr, String nameEn, String group, boolean active, int places, int notifications) implements Serializable {

        public String name(String language) { return "en".equals(language) ? nameEn : nameFr; }
    }

    private final Jdbi jdbi;

    protected StatusList() { this(null); }

    @Inject
    public StatusList(Jdbi jdbi) { this.jdbi = jdbi; }

    public List<Row> all() {
        return jdbi.withHandle(h -> h.createQuery("""
            select s.code, s.name_fr, s.name_en, s.status_group "group", s.active, (select count(*)::int from location_status l where l.status_id = s.id) places,
              (select count(*)::int from automation a where a.order_status = s.code and not a.deleted) notifications
            from order_status s order by s.position, s.id""").map(ConstructorMapper.of(Row.class)).list());
    }

    public List<Row> leads() {
        return jdbi.withHandle(h -> h.createQuery("""
            select s.code, s.name_fr, s.name_en, s.status_group "group", s.active, 0 places,
              (select count(*)::int from automation a where a.lead_status = s.code and not a.deleted) notifications
            from lead_status s order by s.position, s.id""").map(ConstructorMapper.of(Row.class)).list());
    }
}
