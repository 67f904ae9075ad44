package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The locations with what their list says of them. */
@ApplicationScoped
public class LocationList {

    /** {@code openingHours} and {@code holidays} as stored, for shop.OpeningHours and shop.Holidays. */
    public record Row(long id, String code, String name, String zone, String country, String language, String openingHours, String holidays, String smsSender,
                      String emailFrom, boolean active, int notifications) implements Serializable { }

    private final Jdbi jdbi;

    protected LocationList() { this(null); }

    @Inject
    public LocationList(Jdbi jdbi) { this.jdbi = jdbi; }

    public List<Row> all(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("""
            select l.id, l.code, l.name, l.zone, l.country, l.language, l.opening_hours, l.holidays, l.sms_sender, l.email_from, l.active,
              (select count(*)::int from automation a join automation_location al on al.automation_id = a.id
               where al.location_id = l.id and not a.deleted and a.state = 'ACTIVE' and a.trigger_kind in ('ON_EVENT', 'AROUND_DATE')) notifications
            from location l where (:all or l.id = any(:locations)) order by l.name, l.id""")
            .bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).map(ConstructorMapper.of(Row.class)).list());
    }
}
