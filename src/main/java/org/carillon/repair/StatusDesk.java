package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import org.carillon.fact.Actor;
import org.carillon.fact.Invalid;
import org.carillon.shop.Location;
import org.carillon.shop.LocationDesk;
import org.carillon.shop.LocationState;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;

/** Defines order statuses and switches them on per location. */
@ApplicationScoped
public class StatusDesk {

    private OrderStatuses statuses;
    private LocationDesk locations;
    private Jdbi jdbi;

    protected StatusDesk() { }

    @Inject
    public StatusDesk(OrderStatuses statuses, LocationDesk locations, Jdbi jdbi) {
        this.statuses = statuses;
        this.locations = locations;
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

    /** Switches a status on or off for the whole company; its names are left alone. */
    @Transactional
    public void offer(String code, boolean active) {
        OrderStatus status = known(code);
        status.become(status.nameFr(), status.nameEn(), status.group(), active);
        statuses.flush();
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

    /**
     * Opens or changes a location together with the statuses that it uses, exactly these from now on: both or neither.
     *
     * @param shown the {@link Location#version} that the form showed: a change made since then is reported, not overwritten. Null where none was shown
     */
    @Transactional
    public Location put(Scope scope, String code, Integer shown, LocationState state, Collection<String> codes, Actor actor) {
        if (codes == null || codes.isEmpty()) {
            throw new Invalid("statuses", "status.none");
        }
        Location location = locations.put(scope, code, shown, state, actor);
        use(location.id(), codes);
        return location;
    }

    /** A status that the company has switched off is not in any form and stays as it was. */
    private void use(long locationId, Collection<String> codes) {
        jdbi.useHandle(h -> {
            h.createUpdate("delete from location_status where location_id = :location and status_id in (select id from order_status where active)").bind("location", locationId).execute();
            h.createUpdate("insert into location_status (location_id, status_id) select :location, id from order_status where code = any(:codes) on conflict do nothing")
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
