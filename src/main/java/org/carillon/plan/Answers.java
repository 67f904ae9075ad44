package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Routing;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.carillon.template.Alphabet;
import org.carillon.template.CleanText;
import org.carillon.template.SmsMode;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Automatic answers and what is passed on to the shop: due now, queued in the transaction of the text that called for them, within the caps (REL-54). */
@ApplicationScoped
public class Answers {

    private static final Duration LIFE = Duration.ofMinutes(10);  // REL-50
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration SAME_TEXT = Duration.ofMinutes(10);
    private static final Duration FORWARD_LIFE = Duration.ofDays(3);

    /** @param to E.164; {@code sender} our number that was written to, or the location's own sender */
    public record Answer(long inboundId, long locationId, Long customerId, String to, String sender, String text, boolean confirmsStop) { }

    /** An e-mail to the shop's own people about a text; never to a customer (P-23). */
    public record Forward(long inboundId, long locationId, String to, String from, String subject, String text) { }

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Outbox outbox;
    private final Routing routing;

    protected Answers() { this(null, null, null, null); }

    @Inject
    public Answers(Jdbi jdbi, ApplicationClock clock, Outbox outbox, Routing routing) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
        this.routing = routing;
    }

    /** Why no automatic answer may leave to this number now; empty where one may. The number stays locked until the transaction ends. */
    public Optional<Reason> refusal(String to, String text, boolean confirmsStop) {
        return jdbi.withHandle(h -> {
            h.createQuery("select pg_advisory_xact_lock(hashtextextended(:to, 54))").bind("to", to).mapTo(String.class).findOne();
            Instant now = clock.now();
            if (!confirmsStop && suppressed(h, to)) {
                return Optional.of(Reason.OPTED_OUT);
            }
            List<Instant> before = sent(h, to, List.of(), now.minus(DAY));
            if (before.size() >= most(h) && !confirmsStop) {
                return Optional.of(Reason.ANSWERED_ENOUGH);
            }
            return sent(h, to, asSent(text), now.minus(SAME_TEXT)).isEmpty() ? Optional.empty() : Optional.of(Reason.DUPLICATE_TEXT);
        });
    }

    private static boolean suppressed(Handle h, String to) {
        return h.createQuery("select exists (select 1 from suppression where channel = 'SMS' and address = :to and scope = 'ALL' and released_at is null)")
            .bind("to", to).mapTo(Boolean.class).one();
    }

    private static int most(Handle h) { return h.createQuery("select cap_answers_day from company").mapTo(Integer.class).findOne().orElse(3); }

    /** @param texts one of which it was; empty for any */
    private static List<Instant> sent(Handle h, String to, List<String> texts, Instant since) {
        return h.createQuery("select created_at from message where recipient = :to and answers is not null and created_at > :since and (cardinality(:texts::text[]) = 0 or text = any(:texts))")
            .bind("to", to).bind("since", since).bindArray("texts", String.class, texts).mapTo(Instant.class).list();
    }

    /** As a text is stored, whatever alphabet the route had that it took then. */
    private static List<String> asSent(String text) { return Stream.of(Alphabet.values()).map(alphabet -> plain(text, alphabet)).distinct().toList(); }

    private static String plain(String text, Alphabet alphabet) { return SmsMode.TYPO.apply(CleanText.of(text), alphabet); }

    public void send(Answer answer) {
        SmsTerms terms = routing.sms(answer.locationId(), answer.to());
        outbox.answer(new NewMessage(null, 0, 0, null, answer.locationId(), answer.customerId(), null, null, Channel.SMS, Purpose.TRANSACTIONAL, answer.to(),
            answer.sender(), "", plain(answer.text(), terms.alphabet()), clock.now().plus(LIFE), false, terms), answer.inboundId(), answer.confirmsStop());
    }

    /** Does not count as an SMS (GC-08). */
    public void forward(Forward mail) {
        outbox.answer(new NewMessage(null, 0, 0, null, mail.locationId(), null, null, null, Channel.EMAIL, Purpose.TRANSACTIONAL, mail.to(), mail.from(),
            mail.subject().replaceAll("\\s+", " "), mail.text(), clock.now().plus(FORWARD_LIFE), false), mail.inboundId(), false);
    }
}
