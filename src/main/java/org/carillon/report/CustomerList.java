package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Customers by name: visible at home and wherever there is an order of theirs (SEC-13). */
@ApplicationScoped
public class CustomerList {

    /** @param smsAble whether {@code phone} takes an SMS; {@code suppressed} whether one of the contacts must not be written to */
    public record Row(long id, String name, String language, String phone, boolean smsAble, String email, boolean smsConsent, boolean emailConsent,
                      boolean suppressed, String vehicles, String location) { }

    /** A customer to choose. */
    public record Pick(long id, String name, String phone, String vehicles) implements java.io.Serializable { }

    /** Condition on alias c; the same as {@code customer.Customers.VISIBLE}, which this package may not know.
     * {@code offset 0} keeps PostgreSQL from reading all orders of the locations into a hash table for one page of a list. */
    static final String VISIBLE = "(:all or c.location_id = any(:locations) or exists (select 1 from work_order vo where vo.customer_id = c.id and vo.location_id = any(:locations) offset 0) "
        + "or exists (select 1 from lead vl where vl.customer_id = c.id and vl.location_id = any(:locations) offset 0) "
        + "or exists (select 1 from appointment va where va.customer_id = c.id and va.location_id = any(:locations) offset 0))";

    private static final String FROM_THERE = "(:afterId::bigint is null or (c.name, c.id) > (:afterName, :afterId::bigint))";

    /** In the order of names, whoever is not visible is passed over: fast where that is few, or little fits what was typed. */
    private static final String PASSING_OVER = "select c.* from customer c where " + VISIBLE + " and (:text::text is null or c.search_text like :text) and " + FROM_THERE
        + " order by c.name, c.id limit :limit";

    /** The customers at home at each location by its own index, and the few that have an order, a lead or an appointment there. */
    private static final String GATHERING = "select c.* from (select home.id from unnest(:locations) l (id) cross join lateral (select c.id from customer c where c.location_id = l.id and "
        + FROM_THERE + " order by c.name, c.id limit :limit) home union select customer_id from work_order where location_id = any(:locations) "
        + "union select customer_id from lead where location_id = any(:locations) union select customer_id from appointment where location_id = any(:locations)) v join customer c on c.id = v.id where " + FROM_THERE + " order by c.name, c.id limit :limit";

    /** So many orders, leads and appointments are few. */
    private static final int FEW = 5_000;

    private final Jdbi jdbi;

    protected CustomerList() { this(null); }

    @Inject
    public CustomerList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** By name; {@code after} is the {@link Part#next} of the part before. */
    public Part<Row> read(Scope scope, String typed, String after) {
        String[] cursor = after == null || !after.matches("\\d{1,18}\\..*") ? new String[] {null, null} : after.split("\\.", 2);
        List<Row> rows = jdbi.withHandle(h -> h.createQuery("""
            select c.id, c.name, c.language, p.raw phone, coalesce(p.sms_able, false) sms_able, e.raw email, c.sms_consent, c.email_consent,
                   exists (select 1 from suppression s where s.released_at is null and (s.channel = 'SMS' and s.address in (select e164 from customer_phone where customer_id = c.id)
                     or s.channel = 'EMAIL' and s.address in (select lower(address) from customer_email where customer_id = c.id))) suppressed,
                   (select string_agg(concat_ws(' ', nullif(v.make, ''), nullif(v.model, ''), v.year), ', ' order by v.id) from vehicle v where v.customer_id = c.id) vehicles,
                   l.name location
              from (%s) c
              join location l on l.id = c.location_id
              left join lateral (select raw, sms_able from customer_phone where customer_id = c.id order by sms_able desc, position limit 1) p on true
              left join lateral (select raw from customer_email where customer_id = c.id order by (address is null), position limit 1) e on true
             order by c.name, c.id""".formatted(scope.all() || Asked.pattern(typed) != null || !hasFew(h, scope) ? PASSING_OVER : GATHERING))
            .bind("all", scope.all()).bind("locations", scope.ids()).bind("text", Asked.pattern(typed)).bind("afterId", cursor[0] == null ? null : Long.valueOf(cursor[0]))
            .bind("afterName", cursor[1]).bind("limit", Part.SIZE + 1).map(ConstructorMapper.of(Row.class)).list());
        boolean more = rows.size() > Part.SIZE;
        List<Row> shown = more ? rows.subList(0, Part.SIZE) : rows;
        return new Part<>(shown, more ? shown.get(Part.SIZE - 1).id() + "." + shown.get(Part.SIZE - 1).name() : null);
    }

    private static boolean hasFew(Handle h, Scope scope) {
        return h.createQuery("select (select count(*) from (select from work_order where location_id = any(:locations) limit :most) o) "
                + "+ (select count(*) from (select from lead where location_id = any(:locations) limit :most) d) "
                + "+ (select count(*) from (select from appointment where location_id = any(:locations) limit :most) a)")
            .bind("locations", scope.ids()).bind("most", FEW + 1).mapTo(Integer.class).one() <= FEW;
    }

    private static final String PICK = "select c.id, c.name, (select raw from customer_phone where customer_id = c.id order by sms_able desc, position limit 1) phone, "
        + "(select string_agg(concat_ws(' ', nullif(v.make, ''), nullif(v.model, ''), v.year), ', ' order by v.id) from vehicle v where v.customer_id = c.id) vehicles "
        + "from customer c where " + VISIBLE;

    /** The first few whose name, number, e-mail, vehicle or plate fits what was typed. */
    public List<Pick> suggest(Scope scope, String typed) {
        return jdbi.withHandle(h -> h.createQuery(PICK + " and (:text::text is null or c.search_text like :text) order by c.name, c.id limit 8")
            .bind("all", scope.all()).bind("locations", scope.ids()).bind("text", Asked.pattern(typed)).map(ConstructorMapper.of(Pick.class)).list());
    }

    public Optional<Pick> pick(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery(PICK + " and c.id = :id").bind("all", scope.all()).bind("locations", scope.ids()).bind("id", id)
            .map(ConstructorMapper.of(Pick.class)).findOne());
    }
}
