package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import org.carillon.fact.Channel;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** How many customers of a location, or of all in the scope, a channel reaches; each of the others is counted once, under the first reason that holds. */
@ApplicationScoped
public class Reach {

    public record Count(int customers, int withoutAddress, int withoutConsent, int optedOut) implements Serializable {

        public int unreachable() { return withoutAddress + withoutConsent + optedOut; }
    }

    private static final String USABLE = """
        (select %1$s address from %2$s a where a.customer_id = c.id and a.problem is null%3$s order by a.position limit 1)""";

    private final Jdbi jdbi;

    protected Reach() { this(null); }

    @Inject
    public Reach(Jdbi jdbi) { this.jdbi = jdbi; }

    public Count of(Scope scope, long locationId, Channel channel) { return count(scope, locationId, channel); }

    /** Of all locations in the scope. */
    public Count of(Scope scope, Channel channel) { return count(scope, null, channel); }

    private Count count(Scope scope, Long locationId, Channel channel) {
        boolean sms = channel == Channel.SMS;
        String usable = USABLE.formatted(sms ? "a.e164" : "a.address", sms ? "customer_phone" : "customer_email", sms ? " and a.sms_able" : "");
        return locationId != null && !scope.allows(locationId) ? new Count(0, 0, 0, 0) : jdbi.withHandle(h -> h.createQuery("""
            select count(*)::int customers, (count(*) filter (where u.address is null))::int without_address,
              (count(*) filter (where u.address is not null and not c.%1$s))::int without_consent,
              (count(*) filter (where u.address is not null and c.%1$s and x.id is not null))::int opted_out
            from customer c
            left join lateral %2$s u on true
            left join suppression x on x.channel = :channel and x.address = u.address and x.released_at is null and x.scope = 'ALL'
            where (c.location_id = :location or :location::bigint is null and (:all or c.location_id = any(:locations)))""".formatted(sms ? "sms_consent" : "email_consent", usable))
            .bind("channel", channel).bind("location", locationId).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Count.class)).one());
    }
}
