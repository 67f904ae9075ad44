package org.carillon.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.carillon.customer.EmailAddress;
import org.carillon.customer.PhoneNumber;
import org.carillon.customer.PhoneProblem;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.shop.Person;
import org.jdbi.v3.core.Handle;

/** What all messages have in common that somebody of ours sends to try something: to whom, and how many. */
final class Trials {

    /** An hour that one person may send: a test costs what a message costs. */
    static final int AN_HOUR = 10;
    static final Duration LIFE = Duration.ofHours(1);

    private Trials() { }

    /**
     * @param country in which a number without one is read, null where only the only one of all locations would do
     * @throws Invalid about the field {@code to}
     */
    static String recipient(Handle h, Channel channel, String to, String country) { return channel == Channel.SMS ? number(h, to, country) : address(to); }

    /** Of the route, null for that of a text. */
    static void keep(Handle h, long messageId, String route, boolean characters, Person by, Instant now) {
        h.execute("insert into route_trial (message_id, route, characters, staff_id, staff_name, at) values (?, ?, ?, ?, ?, ?)", messageId, route, characters, by.id(), by.name(), now);
    }

    /** Counted under a lock on the person, so that two windows do not spend the same test. */
    static void spend(Handle h, Person by, Instant now) {
        h.createQuery("select id from staff where id = :id for update").bind("id", by.id()).mapTo(Long.class).findOne();
        int spent = h.createQuery("select count(*) from route_trial where staff_id = :id and at > :since").bind("id", by.id())
            .bind("since", now.minus(Duration.ofHours(1))).mapTo(Integer.class).one();
        if (spent >= AN_HOUR) {
            throw new Invalid("to", "route.tooMany", AN_HOUR);
        }
    }

    /** In a country where we are. */
    private static String number(Handle h, String to, String country) {
        List<String> countries = h.createQuery("select distinct country from location where active order by 1").mapTo(String.class).list();
        PhoneNumber number = PhoneNumber.parse(to, country != null ? country : countries.size() == 1 ? countries.get(0) : null, Set.copyOf(countries));
        if (!number.smsAble()) {
            throw number.problem() == PhoneProblem.COUNTRY_NOT_ALLOWED ? new Invalid("to", "route.country", number.raw())
                : new Invalid("to", "phone." + number.problem(), number.raw(), String.join(", ", countries));
        }
        return number.e164();
    }

    private static String address(String to) {
        EmailAddress address = EmailAddress.parse(to);
        if (!address.usable()) {
            throw new Invalid("to", "email.invalid", address.raw());
        }
        return address.address();
    }
}
