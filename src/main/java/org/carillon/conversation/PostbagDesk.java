package org.carillon.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;
import org.carillon.customer.Suppressions;
import org.carillon.delivery.Postbag;
import org.carillon.delivery.Returned;
import org.carillon.delivery.Returns;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.PublicUrl;
import org.carillon.fact.Reason;
import org.carillon.plan.Answers;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes what comes back by e-mail, each letter in one transaction. A reply that is a stop word and nothing else stops like a text does (LAW-13); what
 * else a known customer writes is kept on their card and passed on to the shop. Nothing is ever answered by e-mail, and nothing that a machine sent
 * is passed on, so that no two systems write to each other for ever (MSG-14).
 */
@ApplicationScoped
public class PostbagDesk implements Postbag {

    static final String ROUTE = "mail";

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Returns returns;
    private final UnsubscribeDesk unsubscribe;
    private final Suppressions suppressions;
    private final Answers answers;
    private final String publicUrl;

    protected PostbagDesk() { this(null, null, null, null, null, null, ""); }

    @Inject
    public PostbagDesk(Jdbi jdbi, ApplicationClock clock, Returns returns, UnsubscribeDesk unsubscribe, Suppressions suppressions, Answers answers, Config config) {
        this(jdbi, clock, returns, unsubscribe, suppressions, answers, config.getOptionalValue("carillon.publicUrl", String.class).orElse(""));
    }

    PostbagDesk(Jdbi jdbi, ApplicationClock clock, Returns returns, UnsubscribeDesk unsubscribe, Suppressions suppressions, Answers answers, String publicUrl) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.returns = returns;
        this.unsubscribe = unsubscribe;
        this.suppressions = suppressions;
        this.answers = answers;
        this.publicUrl = PublicUrl.slashed(publicUrl);
    }

    @Override @Transactional(TxType.REQUIRES_NEW)
    public void receive(Returned letter) {
        switch (letter.kind()) {
            // without a genuine token nobody knows what it is about, or it is forged
            case HARD, SOFT, COMPLAINT -> letter.mark().ifPresent(mark -> returns.record(mark.messageId(), letter.kind(), letter.status()));
            case STOP -> letter.mark().flatMap(mark -> unsubscribe.find(mark.messageId())).ifPresent(sent -> unsubscribe.stop(sent, false));
            case REPLY -> jdbi.useHandle(h -> reply(h, letter));
            case AUTOMATIC -> { }
        }
    }

    private void reply(Handle h, Returned letter) {
        Optional<Writer> known = Writer.of(h, letter);
        if (known.isEmpty() || !isNew(h, letter)) {
            return;
        }
        Writer writer = known.get();
        Correspondent who = new Correspondent(letter.from(), false, writer.locationId(), writer.customerId(), writer.aboutId(), writer.offer());
        Shopfront shop = Shopfront.of(h, who);
        Reading read = ReplyClassifier.read(letter.text());
        // START by e-mail is no consent to texts, and HELP has no answer here: people read both
        Reading reading = read == Reading.OPT_IN || read == Reading.HELP ? Reading.TEXT : read;
        if (reading.stops()) {
            boolean offers = shop != null && "AS_ASKED".equals(shop.stopScope()) && writer.offer();
            suppressions.stop(Channel.EMAIL, letter.from(), offers ? Suppressions.Scope.MARKETING : Suppressions.Scope.ALL, Reason.OPTED_OUT, ReplyClassifier.words(letter.text()), "customer");
        }
        boolean forwarded = reading.forPeople() && shop != null && !shop.forwardTo().isBlank() && !shop.forwardTo().equalsIgnoreCase(letter.from());
        long id = store(h, letter, writer, reading, forwarded);
        if (forwarded) {
            answers.forward(forward(id, letter, who, reading, shop));
        }
    }

    /** By its Message-ID; two that come at once wait for each other. */
    private static boolean isNew(Handle h, Returned letter) {
        h.createQuery("select pg_advisory_xact_lock(hashtextextended(:from, 25))").bind("from", letter.from()).mapTo(String.class).findOne();
        return letter.providerId().isEmpty() || !h.createQuery("select exists (select 1 from inbound_message where route = :route and provider_id = :id)")
            .bind("route", ROUTE).bind("id", letter.providerId()).mapTo(Boolean.class).one();
    }

    private long store(Handle h, Returned letter, Writer writer, Reading reading, boolean forwarded) {
        return h.createQuery("insert into inbound_message (route, provider_id, sender, recipient, text, received_at, location_id, customer_id, about_id, reading, forwarded) "
                + "values (:route, :providerId, :sender, :to, :text, :at, :location, :customer, :about, :reading, :forwarded) returning id")
            .bind("route", ROUTE).bind("providerId", letter.providerId().isEmpty() ? null : letter.providerId()).bind("sender", letter.from()).bind("to", letter.to())
            .bind("text", letter.text()).bind("at", clock.now()).bind("location", writer.locationId()).bind("customer", writer.customerId()).bind("about", writer.aboutId())
            .bind("reading", reading).bind("forwarded", forwarded).mapTo(Long.class).one();
    }

    private Answers.Forward forward(long id, Returned letter, Correspondent who, Reading reading, Shopfront shop) {
        String from = shop.customer().isBlank() ? who.number() : shop.customer() + " (" + who.number() + ")";
        String link = who.customerId() == null || publicUrl.isEmpty() ? "" : "\n\n" + shop.say("forward.link").replace("{link}", publicUrl + "customer/view.xhtml?id=" + who.customerId());
        return new Answers.Forward(id, shop.id(), shop.forwardTo(), shop.mailFrom(), shop.say("mail.subject").replace("{from}", from),
            shop.say("mail." + (reading == Reading.TEXT ? "TEXT" : "TEXT_STOP")) + "\n\n" + shop.say("forward.from").replace("{from}", from) + "\n\n" + letter.text() + link);
    }

    /** Whoever we wrote to, or whose card has the address; a stranger's letter is nobody's. */
    record Writer(Long customerId, long locationId, Long aboutId, boolean offer) {

        static Optional<Writer> of(Handle h, Returned letter) {
            return letter.from().isEmpty() ? Optional.empty() : h.createQuery("""
                select m.customer_id, m.location_id, m.id, m.purpose = 'MARKETING' from message m where m.recipient = :from and m.channel = 'EMAIL' and m.customer_id is not null
                 order by m.mail_message_id = any(:references) desc, m.id desc limit 1""").bind("from", letter.from()).bind("references", letter.references().toArray(String[]::new))
                .map((r, x) -> new Writer(r.getLong(1), r.getLong(2), r.getLong(3), r.getBoolean(4))).findOne()
                .or(() -> h.createQuery("select c.id, c.location_id from customer_email e join customer c on c.id = e.customer_id where lower(e.address) = :from order by c.id desc limit 1")
                    .bind("from", letter.from()).map((r, x) -> new Writer(r.getLong(1), r.getLong(2), null, false)).findOne());
        }
    }
}
