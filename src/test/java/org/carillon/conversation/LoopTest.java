package org.carillon.conversation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.TestDatabase;
import org.carillon.customer.ConsentLedger;
import org.carillon.customer.ConsentWatch;
import org.carillon.customer.Suppressions;
import org.carillon.delivery.InboundText;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Routing;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Reason;
import org.carillon.plan.Answers;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MSG-14: two Carillons that face each other, each with the other as a customer, or as a stranger. */
class LoopTest {

    private static final TestDatabase HERE = TestDatabase.fresh(), THERE = TestDatabase.fresh();
    private static final String OURS = "+15145550100", THEIRS = "+15145550199";

    private Instant now = Instant.parse("2026-11-22T15:00:00Z");

    /** One house. What it hears comes from the other's number. */
    private final class End {

        private final Jdbi jdbi;
        private final String mine, others;
        private final InboxDesk desk;
        private int passedOn;

        End(TestDatabase database, String mine, String others, boolean customer, String language) {
            this.jdbi = database.emptied().jdbi();
            this.mine = mine;
            this.others = others;
            ApplicationClock clock = new ApplicationClock(jdbi) {
                @Override public Instant now() { return now; }
            };
            Outbox outbox = new Outbox(jdbi, clock);
            ConsentWatch watch = new ConsentWatch() {
                @Override public void withdrawn(long customerId, Channel channel, String actor) { outbox.withdrawn(customerId, channel, actor); }

                @Override public void given(long customerId, Channel channel) { }

                @Override public void stopped(Channel channel, String address, boolean offersOnly, Reason reason, String actor) { outbox.suppress(channel, address, offersOnly, reason, actor); }
            };
            desk = new InboxDesk(jdbi, clock, new Suppressions(jdbi, clock, watch), new ConsentLedger(jdbi, watch), new Answers(jdbi, clock, outbox, new Routing(Stream::of)), new AppointmentReplies(null), "https://shop.test/") {
                @Override public void receive(InboundText text) { jdbi.useTransaction(h -> super.receive(text)); }
            };
            jdbi.useHandle(h -> {
                h.execute("insert into company (name, default_language) values ('Garage', ?)", language);
                long location = h.createQuery("insert into location (code, name, zone, country, language, sms_sender, phone) values ('L', 'Garage', 'America/Toronto', 'CA', ?, ?, '514 555-0100') returning id")
                    .bind(0, language).bind(1, mine).mapTo(Long.class).one();
                if (customer) {
                    long id = h.createQuery("insert into customer (location_id, ref, name, language, sms_consent, created_at) values (?, 'C-1', 'The others', ?, true, now()) returning id")
                        .bind(0, location).bind(1, language).mapTo(Long.class).one();
                    h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 1, ?, ?, true)", id, others, others);
                }
            });
        }

        void hears(String text) { desk.receive(new InboundText("smpp", null, others, mine, text, null, now)); }

        List<String> answers() { return jdbi.withHandle(h -> h.createQuery("select text from message where answers is not null and channel = 'SMS' order by id").mapTo(String.class).list()); }

        /** True where there was something to say. */
        boolean passOnTo(End other) {
            List<String> fresh = answers().subList(passedOn, answers().size());
            fresh.forEach(other::hears);
            passedOn += fresh.size();
            return !fresh.isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}, customers: {1}, {2}, a round takes {3} s")
    @CsvSource({"STOP, true, fr, 5", "STOP, true, fr, 700", "HELP, true, en, 5", "AIDE, true, fr, 700", "HELP, false, en, 700", "START, true, en, 700", "START, false, fr, 5", "Bonjour, true, fr, 5"})
    @DisplayName("MSG-14: they fall silent after three answers at most on either side")
    void fallSilent(String first, boolean customers, String language, int seconds) {
        End here = new End(HERE, OURS, THEIRS, customers, language), there = new End(THERE, THEIRS, OURS, customers, language);
        here.hears(first);
        there.hears(first);
        int rounds = 0;
        while (here.passOnTo(there) | there.passOnTo(here)) {
            now = now.plusSeconds(seconds);  // also longer than the same text again within ten minutes is held back
            assertTrue(++rounds < 20, "they still talk: " + here.answers());
        }
        assertTrue(here.answers().size() <= 3 && there.answers().size() <= 3, () -> here.answers() + " " + there.answers());
    }
}
