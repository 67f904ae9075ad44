package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Routing;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.shop.Person;
import org.carillon.template.Translation;
import org.jdbi.v3.core.Jdbi;

/**
 * Sends a text that is being written to somebody of ours, as the customer beside it would get it (KI-11): through the outbox and the state machine, over the
 * route of that customer's location. It is about no customer, so nobody's consent or cap is touched.
 */
@ApplicationScoped @Transactional
public class TextTrials {

    private record Senders(String sms, String email) { }

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Outbox outbox;
    private final Routing routing;
    private final Samples samples;

    protected TextTrials() { this(null, null, null, null, null); }

    @Inject
    public TextTrials(Jdbi jdbi, ApplicationClock clock, Outbox outbox, Routing routing, Samples samples) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
        this.routing = routing;
        this.samples = samples;
    }

    /**
     * Answers the message's number.
     *
     * @param to         a number or an e-mail address, as typed
     * @param words      by language
     * @param signed     with the name of the shop and how to stop
     * @param reader     whose facts it is filled with
     * @param locationId whose sender and route it takes; the reader's
     * @throws Invalid about the field {@code to}, or about none where there is no text, or not a whole one
     */
    public long send(Person by, Channel channel, String to, Map<String, Translation> words, Purpose purpose, boolean signed, Samples.Reader reader, long locationId) {
        if (!by.scope().allows(locationId)) {
            throw Invalid.unknown("location", locationId);
        }
        Optional<Samples.Shown> shown = samples.show(words, purpose, signed, reader, channel);
        if (shown.isEmpty()) {
            throw new Invalid(null, "trial.noText");
        }
        if (shown.get().missing() != null) {
            throw new Invalid("to", "trial.missing", shown.get().missing());
        }
        if (shown.get().text().isEmpty()) {
            throw new Invalid("to", "trial.tooLong", shown.get().segments());
        }
        return jdbi.inTransaction(h -> {
            String recipient = Trials.recipient(h, channel, to, reader.country());
            Instant now = clock.now();
            Trials.spend(h, by, now);
            Senders senders = h.createQuery("select coalesce(sms_sender, ''), coalesce(email_from, '') from location where id = :id").bind("id", locationId)
                .map((r, c) -> new Senders(r.getString(1), r.getString(2))).one();
            boolean sms = channel == Channel.SMS;
            long id = outbox.enqueue(List.of(new NewMessage(null, 0, 0, null, locationId, null, null, null, channel, Purpose.TRANSACTIONAL, recipient, sms ? senders.sms() : senders.email(),
                shown.get().subject(), shown.get().text(), now.plus(Trials.LIFE), false, sms ? routing.sms(locationId, recipient) : SmsTerms.USUAL)), by.actor().name()).get(0);
            Trials.keep(h, id, null, false, by, now);
            return id;
        });
    }
}
