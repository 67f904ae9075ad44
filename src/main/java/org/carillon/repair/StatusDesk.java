package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import org.carillon.fact.Invalid;
import org.jdbi.v3.core.Jdbi;

/** Defines order statuses and switches them on per location. */
@ApplicationScoped
public class StatusDesk {

    private OrderStatuses statuses;
    private Jdbi jdbi;

    protected StatusDesk() { }

    @Inject
    public StatusDesk(OrderStatuses statuses, Jdbi jdbi) {
        this.statuses = statuses;
        this.jdbi = jdbi;
    }

    /** A new status comes last and is switched on everywhere. */
    @Transactional
    public OrderStatus define(String code, String nameFr, String nameEn, StatusGroup group) {
        judgeCode(code);
        if (statuses.find(code).isPresent()) {
            throw new Invalid("code", "status.taken", code);
        }
        List<OrderStatus> all = statuses.all();
        OrderStatus status = OrderStatus.define(code, all.isEmpty() ? 1 : all.get(all.size() - 1).position() + 1);
        become(status, nameFr, nameEn, group, true);
        statuses.add(status);
        jdbi.useHandle(h -> h.execute("insert into location_status (location_id, status_id) select id, ? from location", status.id()));
        return status;
    }

    @Transactional
    public void change(String code, String nameFr, String nameEn, StatusGroup group, boolean active) {
        OrderStatus status = known(code);
        become(status, nameFr, nameEn, group, active);
        statuses.flush();
        jdbi.useHandle(h -> h.execute("update work_order set status_group = ? where status = ? and status_group <> ?", group.name(), code, group.name()));
    }

    /** Moves a status one place up (-1) or down (+1) in every list. */
    @Transactional
    public void move(String code, int by) {
        List<OrderStatus> all = statuses.all();
        int from = all.indexOf(known(code));
        int to = from + Integer.signum(by);
        if (to >= 0 && to < all.size()) {
            int position = all.get(from).position();
            all.get(from).moveTo(all.get(to).position());
            all.get(to).moveTo(position);
        }
    }

    /** Exactly these statuses are used at the location from now on. */
    @Transactional
    public void use(long locationId, Collection<String> codes) {
        if (codes.isEmpty()) {
            throw new Invalid("statuses", "status.none");
        }
        jdbi.useHandle(h -> {
            h.createUpdate("delete from location_status where location_id = :location").bind("location", locationId).execute();
            h.createUpdate("insert into location_status (location_id, status_id) select :location, id from order_status where code = any(:codes)")
                .bind("location", locationId).bindArray("codes", String.class, List.copyOf(codes)).execute();
        });
    }

    private OrderStatus known(String code) { return statuses.find(code).orElseThrow(() -> Invalid.unknown("status", code)); }

    private static void become(OrderStatus status, String nameFr, String nameEn, StatusGroup group, boolean active) {
        status.become(name("nameFr", nameFr), name("nameEn", nameEn), group, active);
    }

    /** Codes of order and lead statuses alike. */
    static void judgeCode(String code) {
        if (code == null || !code.matches("[A-Z0-9_]{1,30}")) {
            throw new Invalid("code", "status.code");
        }
    }

    static String name(String field, String name) {
        if (name == null || name.isBlank()) {
            throw new Invalid(field, "required");
        }
        return name.strip();
    }
}
