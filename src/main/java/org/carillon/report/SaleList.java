package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Vehicles sold to a customer, the last one first. */
@ApplicationScoped
public class SaleList {

    /** @param deliveredOn null while it is open; {@code condition} NEW, USED or null */
    public record Row(long id, String ref, String vehicle, String condition, LocalDate deliveredOn, String location) { }

    private final Jdbi jdbi;

    protected SaleList() { this(null); }

    @Inject
    public SaleList(Jdbi jdbi) { this.jdbi = jdbi; }

    public List<Row> of(Scope scope, long customerId, int most) {
        return jdbi.withHandle(h -> h.createQuery("select s.id, s.ref, concat_ws(' ', nullif(s.vehicle_make, ''), nullif(s.vehicle_model, ''), s.vehicle_year) vehicle, "
                + "s.vehicle_condition condition, s.delivered_on, l.name \"location\" from sale s join location l on l.id = s.location_id "
                + "where s.customer_id = :customer and (:all or s.location_id = any(:locations)) order by s.delivered_on desc nulls first, s.id desc limit :most")
            .bind("customer", customerId).bind("all", scope.all()).bind("locations", scope.ids()).bind("most", most).map(ConstructorMapper.of(Row.class)).list());
    }
}
