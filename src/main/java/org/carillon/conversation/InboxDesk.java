package org.carillon.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Optional;
import org.carillon.customer.ConsentLedger;
import org.carillon.customer.ConsentStatement;
import org.carillon.customer.Suppressions;
import org.carillon.delivery.InboundText;
import org.carillon.delivery.Inbox;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.PublicUrl;
import org.carillon.fact.Reason;
import org.carillon.plan.Answers;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes what customers write: the text, the stop that it asks for, the answer and the mail to the shop are one transaction, and the provider is
 * told that we have it after its commit (REL-24, LAW-14).
 */
@ApplicationScoped
public class InboxDesk implements Inbox {

    private static final Duration SAME = Duration.ofSeconds(30);
    private static final Actor CUSTOMER = new Actor("customer", "reply");

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Suppressions suppressions;
    private final ConsentLedger consents;
    private final Answers answers;
    private final AppointmentReplies appointments;
    private final String publicUrl;

    protected InboxDesk() { this(null, null, null, null, null, null, (String) null); }

    @Inject
    public InboxDesk(Jdbi jdbi, ApplicationClock clock, Suppressions suppressions, ConsentLedger consents, Answers answers, AppointmentReplies appointments, Config config) {
        this(jdbi, clock, suppressions, consents, answers, appointments, config.getOptionalValue("carillon.publicUrl", String.class).orElse(""));
    }

    InboxDesk(Jdbi jdbi, ApplicationClock clock, Suppressions suppressions, ConsentLedger consents, Answers answers, AppointmentReplies appointments, String publicUrl) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.suppressions = suppressions;
        this.consents = consents;
        this.answers = answers;
        this.appointments = appointments;
        this.publicUrl = PublicUrl.slashed(publicUrl);
    }

    @Override @Transactional(TxType.REQUIRES_NEW)
    public void receive(InboundText text) {
        jdbi.useHandle(h -> (text.piece() == null ? Optional.of(text) : Pieces.add(h, text)).ifPresent(whole -> take(h, whole)));
    }

    /** Hands on what there is of texts whose last piece never came. */
    @Transactional(TxType.REQUIRES_NEW)
    public int stranded() {
        return jdbi.withHandle(h -> {
            var texts = Pieces.stranded(h, clock.now());
            texts.forEach(text -> take(h, text));
            return texts.size();
        });
    }

    private void take(Handle h, InboundText text) {
        Correspondent who = Correspondent.of(h, text);
        if (known(h, text, who.number())) {
            return;
        }
        Reading read = ReplyClassifier.read(text.text());
        Optional<AppointmentReplies.Cancelled> cancelled = read == Reading.OPT_OUT_CANCEL ? appointments.cancel(h, who, CUSTOMER, clock.now()) : Optional.empty();
        Reading reading = cancelled.isPresent() ? Reading.CANCEL_APPOINTMENT : read;
        Shopfront shop = Shopfront.of(h, who);
        boolean again = reading.stops() && !stop(text, who, reading, shop);
        if (reading == Reading.OPT_IN) {
            start(text, who, shop);
        }
        String answer = answer(reading, who, shop);
        Reason silent = answer == null ? null : again ? Reason.OPTED_OUT : !who.readable() || shop == null ? Reason.NUMBER_UNUSABLE
            : answers.refusal(who.number(), answer, reading.stops()).orElse(null);
        boolean news = cancelled.map(AppointmentReplies.Cancelled::now).orElse(true);
        boolean forwarded = reading.forPeople() && news && shop != null && !shop.forwardTo().isBlank();
        long id = store(h, text, who, reading, silent, forwarded);
        if (answer != null && silent == null) {
            answers.send(new Answers.Answer(id, shop.id(), who.customerId(), who.number(), sender(text, shop), answer, reading.stops()));
        }
        if (forwarded) {
            answers.forward(forward(id, text, who, reading, shop));
        }
    }

    /** By the provider's number where it gives one, else by what was written within half a minute; two that come at once wait for each other. */
    private static boolean known(Handle h, InboundText text, String sender) {
        h.createQuery("select pg_advisory_xact_lock(hashtextextended(:from, 25))").bind("from", sender).mapTo(String.class).findOne();
        return h.createQuery("select exists (select 1 from inbound_message where route = :route and provider_id = :id) or :id::text is null and exists (select 1 from inbound_message "
                + "where route = :route and recipient = :to and text = :text and sender = :from and received_at > :since)")
            .bind("route", text.route()).bind("id", text.providerId()).bind("to", text.to()).bind("text", text.text()).bind("from", sender)
            .bind("since", text.at().minus(SAME)).mapTo(Boolean.class).one();
    }

    private static long store(Handle h, InboundText text, Correspondent who, Reading reading, Reason silent, boolean forwarded) {
        return h.createQuery("insert into inbound_message (route, provider_id, sender, recipient, text, received_at, location_id, customer_id, about_id, reading, no_answer, forwarded) "
                + "values (:route, :providerId, :sender, :to, :text, :at, :location, :customer, :about, :reading, :silent, :forwarded) returning id")
            .bind("route", text.route()).bind("providerId", text.providerId()).bind("sender", who.number()).bind("to", text.to()).bind("text", text.text())
            .bind("at", text.at()).bind("location", who.locationId()).bind("customer", who.customerId()).bind("about", who.aboutId())
            .bind("reading", reading).bind("silent", silent).bind("forwarded", forwarded).mapTo(Long.class).one();
    }

    /** LAW-16: everything, or only offers where the company chose to stop what was asked and the last message was one. */
    private boolean stop(InboundText text, Correspondent who, Reading reading, Shopfront shop) {
        Suppressions.Scope scope = offersOnly(who, shop) ? Suppressions.Scope.MARKETING : Suppressions.Scope.ALL;
        return suppressions.stop(Channel.SMS, who.number(), scope, Reason.OPTED_OUT, ReplyClassifier.words(text.text()), CUSTOMER.name());
    }

    private static boolean offersOnly(Correspondent who, Shopfront shop) { return shop != null && "AS_ASKED".equals(shop.stopScope()) && who.aboutOffer(); }

    /** Whoever writes START asks for texts: that is a consent in their own words, and the only thing that lifts their stop (P-12). */
    private void start(InboundText text, Correspondent who, Shopfront shop) {
        suppressions.start(Channel.SMS, who.number(), CUSTOMER.name());
        if (who.customerId() != null && shop != null) {
            consents.record(who.customerId(), new ConsentStatement(true, null, null, text.at(), "REPLY", ReplyClassifier.words(text.text()), "", ""), shop.language(), shop.zone(),
                CUSTOMER, clock.now());
        }
    }

    private static String answer(Reading reading, Correspondent who, Shopfront shop) {
        if (shop == null) {
            return reading == Reading.TEXT || reading == Reading.TEXT_STOP ? null : "";
        }
        return switch (reading) {
            case OPT_OUT, OPT_OUT_CANCEL -> shop.say(offersOnly(who, shop) ? "stop.offers" : "stop");
            case CANCEL_APPOINTMENT -> shop.say("appointment.cancelled");
            case OPT_IN -> shop.say("start");
            case HELP -> shop.say("help");
            case TEXT, TEXT_STOP -> null;
        };
    }

    /** In the name that was written to, where that can be a sender. */
    private static String sender(InboundText text, Shopfront shop) { return text.to().matches("\\+?[0-9]{3,15}") ? text.to() : shop.sender(); }

    private Answers.Forward forward(long id, InboundText text, Correspondent who, Reading reading, Shopfront shop) {
        String from = shop.customer().isBlank() ? who.number() : shop.customer() + " (" + who.number() + ")";
        String link = who.customerId() == null || publicUrl.isEmpty() ? "" : "\n\n" + shop.say("forward.link").replace("{link}", publicUrl + "customer/view.xhtml?id=" + who.customerId());
        return new Answers.Forward(id, shop.id(), shop.forwardTo(), shop.mailFrom(), shop.say("forward.subject").replace("{from}", from),
            shop.say("forward." + reading) + "\n\n" + shop.say("forward.from").replace("{from}", from) + "\n\n" + text.text() + link);
    }
}
