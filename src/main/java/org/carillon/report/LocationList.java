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
                      String emailFrom, String replyEmail, boolean active, int notifications) implements Serializable { }

    private final Jdbi jdbi;

    protected LocationList() { this(null); }

    @Inject
    public LocationList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** A location whose texts can be answered, and the answers reach nobody's mailbox. */
    public record Unheard(String code, String name) { }

    /** Of those that are open and text their customers of themselves. */
    public List<Unheard> unheard(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select l.code, l.name from location l where l.active and l.reply_email = '' and l.sms_sender !~ '[A-Za-z]' and (:all or l.id = any(:locations)) "
                + "and exists (select from automation a where a.state = 'ACTIVE' and not a.deleted and a.channels like '%SMS%' "
                + "and (a.everywhere or exists (select from automation_location al where al.automation_id = a.id and al.location_id = l.id))) order by l.name, l.id")
            .bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Unheard.class)).list());
    }

    public List<Row> all(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("""
            select l.id, l.code, l.name, l.zone, l.country, l.language, l.opening_hours, l.holidays, l.sms_sender, l.email_from, l.reply_email, l.active,
              (select count(*)::int from automation a join automation_location al on al.automation_id = a.id
               where al.location_id = l.id and not a.deleted and a.state = 'ACTIVE' and a.trigger_kind in ('ON_EVENT', 'AROUND_DATE')) notifications
            from location l where (:all or l.id = any(:locations)) order by l.name, l.id""")
            .bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).map(ConstructorMapper.of(Row.class)).list());
    }
}
