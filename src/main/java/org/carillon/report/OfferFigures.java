package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** How each location's offers by e-mail are received (LAW-18). */
@ApplicationScoped
public class OfferFigures {

    /**
     * Of the last thousand offers since they were last let go.
     *
     * @param since offers are held since then; null: they are not
     * @param held  what waits for that
     */
    public record Row(long locationId, String location, String zone, int sent, int complaints, int bounces, Instant since, long held) {

        /** A share of what was sent, in percent; 0 where nothing was. */
        public double percent(int part) { return sent == 0 ? 0 : 100.0 * part / sent; }
    }

    private final Jdbi jdbi;

    protected OfferFigures() { this(null); }

    @Inject
    public OfferFigures(Jdbi jdbi) { this.jdbi = jdbi; }

    /** How many locations have their offers on hold. */
    public int holds(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select count(*) from marketing_hold where released_at is null and (:all or location_id = any(:locations))")
            .bind("all", scope.all()).bind("locations", scope.ids()).mapTo(Integer.class).one());
    }

    public List<Row> rows(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select l.id location_id, l.name as location, l.zone, x.sent, x.complaints, x.bounces, mh.since, "
                + "(select count(*) from planned_notification p where p.location_id = l.id and p.state = 'HELD' and p.reason = 'MARKETING_HELD') "
                + "+ (select count(*) from message_due d where d.location_id = l.id and d.state = 'HELD' and d.reason = 'MARKETING_HELD') held "
                + "from location l cross join lateral (select * from offer_record(l.id)) x left join marketing_hold mh on mh.location_id = l.id and mh.released_at is null "
                + "where l.active and (:all or l.id = any(:locations)) order by mh.since, l.name")
            .bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Row.class)).list());
    }
}
