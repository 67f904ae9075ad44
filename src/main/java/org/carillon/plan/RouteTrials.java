package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.carillon.customer.EmailAddress;
import org.carillon.customer.PhoneNumber;
import org.carillon.customer.PhoneProblem;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Routing;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.shop.Person;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Tries a route with a message of our own to somebody of ours: through the outbox and the state machine, as every other (MSG-06). */
@ApplicationScoped @Transactional
public class RouteTrials {

    /** Every character that a wrong alphabet, a C string or a lost escape would spoil. */
    public static final String CHARACTERS = "@£$èéùìòÇØøÅå_ΔΦ€{}[]~|^\\";
    /** Tests an hour that one person may send: a test costs what a message costs. */
    public static final int AN_HOUR = 10;
    private static final Duration LIFE = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Outbox outbox;
    private final Routing routing;

    protected RouteTrials() { this(null, null, null, null); }

    @Inject
    public RouteTrials(Jdbi jdbi, ApplicationClock clock, Outbox outbox, Routing routing) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
        this.routing = routing;
    }

    /**
     * Answers the message's number.
     *
     * @param to         a number or an e-mail address, as typed
     * @param characters the difficult characters instead of a sentence; of SMS only
     * @param language   of the sentence
     * @throws Invalid about the field {@code to}, or about none
     */
    public long send(Person by, String route, String to, boolean characters, String language) {
        if (!by.role().looksAfterRoutes()) {
            throw new Invalid(null, "route.role");
        }
        Gateway gateway = routing.named(route).orElseThrow(() -> new Invalid(null, "route.absent"));
        return jdbi.inTransaction(h -> {
            String recipient = gateway.channel() == Channel.SMS ? number(h, to) : address(to);
            Instant now = clock.now();
            spend(h, by, now);
            String text = characters && gateway.channel() == Channel.SMS ? CHARACTERS : sentence(route, language);
            long id = outbox.enqueue(new NewMessage(null, 0, 0, null, null, null, null, null, gateway.channel(), Purpose.TRANSACTIONAL, recipient, "",
                gateway.channel() == Channel.SMS ? "" : "fr".equals(language) ? "Essai de Carillon" : "Carillon test", text, now.plus(LIFE), false, gateway.smsTerms()), route, by.actor().name());
            h.execute("insert into route_trial (message_id, route, characters, staff_id, staff_name, at) values (?, ?, ?, ?, ?, ?)", id, route,
                text.equals(CHARACTERS), by.id(), by.name(), now);
            return id;
        });
    }

    /** Counted under a lock on the person, so that two windows do not spend the same test. */
    private static void spend(Handle h, Person by, Instant now) {
        h.createQuery("select id from staff where id = :id for update").bind("id", by.id()).mapTo(Long.class).findOne();
        int spent = h.createQuery("select count(*) from route_trial where staff_id = :id and at > :since").bind("id", by.id())
            .bind("since", now.minus(Duration.ofHours(1))).mapTo(Integer.class).one();
        if (spent >= AN_HOUR) {
            throw new Invalid("to", "route.tooMany", AN_HOUR);
        }
    }

    /** In a country where we are; a number without its country is read there if there is only one. */
    private static String number(Handle h, String to) {
        List<String> countries = h.createQuery("select distinct country from location where active order by 1").mapTo(String.class).list();
        PhoneNumber number = PhoneNumber.parse(to, countries.size() == 1 ? countries.get(0) : null, Set.copyOf(countries));
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

    /** Of plain letters, one segment on every route. */
    private static String sentence(String route, String language) {
        return "fr".equals(language) ? "Carillon : essai de la route " + route + ". Si vous lisez ceci, elle fonctionne." : "Carillon: test of the route " + route + ". If you read this, it works.";
    }
}
