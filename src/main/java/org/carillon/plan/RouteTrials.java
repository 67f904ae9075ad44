package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Routing;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.shop.Person;
import org.jdbi.v3.core.Jdbi;

/** Tries a route with a message of our own to somebody of ours: through the outbox and the state machine, as every other (MSG-06). */
@ApplicationScoped @Transactional
public class RouteTrials {

    /** Every character that a wrong alphabet, a C string or a lost escape would spoil. */
    public static final String CHARACTERS = "@£$èéùìòÇØøÅå_ΔΦ€{}[]~|^\\";

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
            String recipient = Trials.recipient(h, gateway.channel(), to, null);
            Instant now = clock.now();
            Trials.spend(h, by, now);
            String text = characters && gateway.channel() == Channel.SMS ? CHARACTERS : sentence(route, language);
            long id = outbox.enqueue(new NewMessage(null, 0, 0, null, null, null, null, null, gateway.channel(), Purpose.TRANSACTIONAL, recipient, "",
                gateway.channel() == Channel.SMS ? "" : "fr".equals(language) ? "Essai de Carillon" : "Carillon test", text, now.plus(Trials.LIFE), false, gateway.smsTerms()), route, by.actor().name());
            Trials.keep(h, id, route, text.equals(CHARACTERS), by, now);
            return id;
        });
    }

    /** Of plain letters, one segment on every route. */
    private static String sentence(String route, String language) {
        return "fr".equals(language) ? "Carillon : essai de la route " + route + ". Si vous lisez ceci, elle fonctionne." : "Carillon: test of the route " + route + ". If you read this, it works.";
    }
}
