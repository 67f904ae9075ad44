package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.EventType;
import org.carillon.fact.EventsRecorded;
import org.carillon.fact.RecordedEvent;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What the law of Canada makes of a purchase and of an inquiry (CASL, LAW-04): consent to offers for two years and for six months, in the
 * transaction that records them. Elsewhere they make none.
 */
@ApplicationScoped
public class Relationships {

    static final Period PURCHASE = Period.ofYears(2);
    static final Period INQUIRY = Period.ofMonths(6);
    private static final Set<EventType> MAY_BE_A_PURCHASE = Set.of(EventType.ORDER_CLOSED, EventType.ORDER_CREATED);

    /**
     * @param heard when it was bought or asked, or we heard of it
     * @param on    the local day on which it was delivered at the latest, where only that is told
     */
    record Business(long customerId, String basis, Instant heard, LocalDate on, String zone, String language) {

        /** When it was bought or asked; of a sale the earlier of both, so that it is sure not to imply too long. */
        Instant at() {
            Instant delivered = on == null ? heard : on.atStartOfDay(ZoneId.of(zone)).toInstant();
            return delivered.isBefore(heard) ? delivered : heard;
        }

        Instant until() { return at().atZone(ZoneId.of(zone)).plus("PURCHASE".equals(basis) ? PURCHASE : INQUIRY).toInstant(); }
    }

    private final Jdbi jdbi;
    private final ConsentLedger consents;
    private final ApplicationClock clock;

    protected Relationships() { this(null, null, null); }

    @Inject
    public Relationships(Jdbi jdbi, ConsentLedger consents, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.consents = consents;
        this.clock = clock;
    }

    public void note(@Observes EventsRecorded recorded) {
        Long[] orders = subjects(recorded, MAY_BE_A_PURCHASE);
        Long[] leads = subjects(recorded, Set.of(EventType.LEAD_CREATED));
        Long[] sales = subjects(recorded, Set.of(EventType.SALE_RECORDED));
        if (orders.length + leads.length + sales.length == 0) {
            return;
        }
        Instant now = clock.now();
        jdbi.useHandle(h -> business(h, orders, leads, sales).stream().filter(b -> b.until().isAfter(now)).sorted(Comparator.comparing(Business::customerId).thenComparing(Business::at))
            .forEach(b -> consents.imply(h, b, now)));
    }

    /** The orders, leads and sales are others'; what they say of the person are rows that SQL may ask for. */
    private static List<Business> business(Handle h, Long[] orders, Long[] leads, Long[] sales) {
        return h.createQuery("""
            select c.id customer_id, b.basis, b.heard, b."on", l.zone, c.language from (
                select o.customer_id, o.location_id, 'PURCHASE' basis, coalesce(o.closed_at, o.status_changed_at) heard, null::date "on" from work_order o
                 where o.id = any(:orders) and o.status_group = 'CLOSED' and o.kind = 'WORK_ORDER'
                union all
                select d.customer_id, d.location_id, 'INQUIRY', d.created_at, null from lead d where d.id = any(:leads)
                union all
                select s.customer_id, s.location_id, 'PURCHASE', s.created_at, s.delivered_on from sale s where s.id = any(:sales)) b
              join location l on l.id = b.location_id and l.country = 'CA' join company co on co.implied_consent join customer c on c.id = b.customer_id""").bind("orders", orders).bind("leads", leads).bind("sales", sales).map(ConstructorMapper.of(Business.class)).list();
    }

    private static Long[] subjects(EventsRecorded recorded, Set<EventType> types) {
        return recorded.events().stream().map(RecordedEvent::event).filter(e -> types.contains(e.type())).map(e -> e.subject().id()).distinct().toArray(Long[]::new);
    }
}
