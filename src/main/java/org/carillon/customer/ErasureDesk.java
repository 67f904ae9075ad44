package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.shop.Person;
import org.jdbi.v3.core.Jdbi;

/**
 * Erases a person, at once and for good (LAW-20): what they are called, how they are reached, what they wrote and what was written to them. What
 * remains says nothing about anybody: that an order of some car was closed on some day. Their stop remains under a hash, and the proof of consent.
 */
@ApplicationScoped
public class ErasureDesk {

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Customers customers;
    private final ConsentWatch watch;

    protected ErasureDesk() { this(null, null, null, null); }

    @Inject
    public ErasureDesk(Jdbi jdbi, ApplicationClock clock, Customers customers, ConsentWatch watch) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.customers = customers;
        this.watch = watch;
    }

    /** @throws Invalid where the role may not, the customer is not there for this person, or is erased already */
    @Transactional
    public void erase(Person by, long customerId) {
        if (!by.role().editsLocations()) {
            throw new Invalid(null, "erasure.role");
        }
        if (customers.find(by.scope(), customerId).isEmpty()) {
            throw Invalid.unknown("customer", customerId);
        }
        if (!erase(customerId, by.actor().name())) {
            throw new Invalid(null, "erasure.done");
        }
    }

    private static final String ANSWERS = """
        delete from inbox_event e where exists (select from (
            select '"ref":' || to_json(ref)::text word from customer where id = :id
            union all select '"ref":' || to_json(ref)::text from work_order where customer_id = :id
            union all select '"ref":' || to_json(ref)::text from lead where customer_id = :id
            union all select '"ref":' || to_json(ref)::text from appointment where customer_id = :id
            union all select '"ref":' || to_json(ref)::text from sale where customer_id = :id
            union all select raw from customer_phone where customer_id = :id and length(raw) > 5
            union all select raw from customer_email where customer_id = :id and length(raw) > 5) w where position(w.word in e.response_body) > 0)""";

    /** Whatever waits for them stops first. What the interface answered about them can be asked again without it: what a PUT states, it may state again. */
    boolean erase(long customerId, String actor) {
        for (Channel channel : Channel.values()) {
            watch.withdrawn(customerId, channel, actor);
        }
        watch.erased(customerId, actor);
        jdbi.useHandle(h -> h.createUpdate(ANSWERS).bind("id", customerId).execute());
        return jdbi.withHandle(h -> h.createQuery("select erase_customer(:id, :actor, :now)").bind("id", customerId).bind("actor", actor).bind("now", clock.now()).mapTo(Boolean.class).one());
    }
}
