package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import org.carillon.fact.Invalid;

/** Defines order types and what their form shows. Orders keep their type and what they hold when it changes. */
@ApplicationScoped
public class OrderTypeDesk {

    private OrderTypes types;

    protected OrderTypeDesk() { }

    @Inject
    public OrderTypeDesk(OrderTypes types) { this.types = types; }

    /** A new type comes last. */
    @Transactional
    public OrderType define(String code, String nameFr, String nameEn, Set<FormField> shown) {
        if (code == null || !code.matches("[A-Z0-9_]{1,30}")) {
            throw new Invalid("code", "type.code");
        }
        if (types.find(code).isPresent()) {
            throw new Invalid("code", "type.taken", code);
        }
        List<OrderType> all = types.all();
        OrderType type = OrderType.define(code, all.isEmpty() ? 1 : all.get(all.size() - 1).position() + 1);
        become(type, nameFr, nameEn, shown);
        type.prefer(all.isEmpty());
        types.add(type);
        return type;
    }

    /** {@code version} is the one that the form showed: a change made since then is reported, not overwritten. */
    @Transactional
    public void change(String code, int version, String nameFr, String nameEn, Set<FormField> shown) {
        OrderType type = known(code);
        if (version != type.version()) {
            throw new Invalid("type", "changed.meanwhile");
        }
        become(type, nameFr, nameEn, shown);
        types.flush();
    }

    /** Whether new orders may be given this type; the preferred one always may. */
    @Transactional
    public void offer(String code, boolean active) {
        OrderType type = known(code);
        if (!active && type.preferred()) {
            throw new Invalid("type", "type.default");
        }
        type.offer(active);
        types.flush();
    }

    /** From now on this type stands where none is named. */
    @Transactional
    public void prefer(String code) {
        OrderType type = known(code);
        types.preferred().ifPresent(before -> before.prefer(false));
        types.flush();  // there is never a moment with two
        type.offer(true);
        type.prefer(true);
        types.flush();
    }

    private OrderType known(String code) { return types.find(code).orElseThrow(() -> Invalid.unknown("type", code)); }

    private static void become(OrderType type, String nameFr, String nameEn, Set<FormField> shown) {
        if (nameFr == null || nameFr.isBlank()) {
            throw new Invalid("nameFr", "required");
        }
        if (nameEn == null || nameEn.isBlank()) {
            throw new Invalid("nameEn", "required");
        }
        type.become(nameFr.strip(), nameEn.strip(), shown);
    }
}
