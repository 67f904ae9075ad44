package org.carillon.conversation;

import java.util.Optional;
import java.util.Set;
import org.carillon.customer.PhoneNumber;
import org.carillon.delivery.InboundText;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Who wrote, and to which shop.
 *
 * @param number      E.164 where it can be read, else as given
 * @param readable    whether it is a number that can be answered; short codes and names are not (MSG-14)
 * @param locationId  null where nobody knows; likewise the customer and the last message of ours
 */
record Correspondent(String number, boolean readable, Long locationId, Long customerId, Long aboutId, boolean aboutOffer) {

    private record Last(long id, long locationId, Long customerId, boolean offer) { }

    private record Known(long customerId, long locationId) { }

    /** The newest message of a shop's to that number says most, unless it never left (a route's test is no shop's); else the shop whose number was written to, and the card that has the number. */
    static Correspondent of(Handle h, InboundText text) {
        String country = country(h, text.to());
        PhoneNumber parsed = PhoneNumber.parse(text.from(), country, Set.of("*"));
        String number = parsed.e164() == null ? text.from() : parsed.e164();
        Optional<Last> last = h.createQuery("select id, location_id, customer_id, purpose = 'MARKETING' offer from message where recipient = :number and channel = 'SMS' "
                + "and answers is null and location_id is not null and coalesce(state, '') not in ('CANCELLED', 'SUPPRESSED', 'EXPIRED', 'FAILED') order by id desc limit 1").bind("number", number).map(ConstructorMapper.of(Last.class)).findOne();
        Optional<Long> shop = h.createQuery("select id from location where " + SENDER + " order by (id = :last) desc, active desc, id limit 1").bind("to", text.to())
            .bind("last", last.map(Last::locationId).orElse(-1L)).mapTo(Long.class).findOne();
        Optional<Known> known = h.createQuery("select c.id customer_id, c.location_id from customer_phone p join customer c on c.id = p.customer_id where p.e164 = :number "
                + "order by (c.id = :last) desc, (c.location_id = :shop) desc, c.id desc limit 1").bind("number", number)
            .bind("last", last.map(Last::customerId).orElse(-1L)).bind("shop", shop.orElse(-1L)).map(ConstructorMapper.of(Known.class)).findOne();
        return new Correspondent(number, parsed.e164() != null, shop.or(() -> last.map(Last::locationId)).or(() -> known.map(Known::locationId)).orElse(null),
            known.map(Known::customerId).orElse(null), last.map(Last::id).orElse(null), last.map(Last::offer).orElse(false));
    }

    private static final String SENDER = "sms_sender <> '' and regexp_replace(sms_sender, '[^0-9A-Za-z]', '', 'g') = regexp_replace(:to, '[^0-9A-Za-z]', '', 'g')";

    /** National numbers are read as the country of the shop that was written to. */
    private static String country(Handle h, String to) {
        return h.createQuery("select country from location where " + SENDER + " limit 1").bind("to", to).mapTo(String.class).findOne()
            .or(() -> h.createQuery("select min(country) from location having count(distinct country) = 1").mapTo(String.class).findOne()).orElse(null);
    }
}
