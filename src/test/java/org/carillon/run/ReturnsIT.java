package org.carillon.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Postmarks;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.shop.Seals;
import org.carillon.simulator.Mail;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Letters leave over SMTP, and what comes back is fetched over IMAP: the whole way, on a running node. */
class ReturnsIT {

    private final Stack stack = Stack.get();

    @Test @DisplayName("MSG-13, LAW-13, LAW-18: bounce, complaint and STOP by e-mail, from the mailbox to the message and the suppression")
    void heedsWhatComesBack() throws Exception {
        Mail nobody = letter(Purpose.TRANSACTIONAL);
        Mail full = letter(Purpose.TRANSACTIONAL);
        Mail spam = letter(Purpose.MARKETING);
        Mail stop = letter(Purpose.REMINDER);
        assertTrue(nobody.from().matches("bounce\\+[0-9a-f]{48}@bounce\\.example\\.com"), nobody.from());
        stack.simulator().returns().bounce(nobody, "5.1.1", "550 5.1.1 User unknown");
        stack.simulator().returns().bounce(full, "5.2.2", "552 5.2.2 Mailbox full");
        stack.simulator().returns().complain(spam);
        stack.simulator().returns().answer(stop, "Désabonner");
        await(() -> stack.simulator().returns().waiting() == 0);
        assertEquals("UNDELIVERED ALL ADDRESS_BOUNCED", standing(nobody));
        assertEquals("UNDELIVERED", standing(full));
        assertEquals("ACCEPTED MARKETING COMPLAINED", standing(spam));
        assertEquals("ACCEPTED ALL OPTED_OUT", standing(stop));
    }

    private String standing(Mail mail) {
        return stack.jdbi().withHandle(h -> h.createQuery("select concat_ws(' ', m.state, s.scope, s.reason) from message_now m left join suppression s on s.channel = 'EMAIL' and s.address = m.recipient "
            + "and s.released_at is null where m.recipient = :to").bind("to", mail.to().get(0)).mapTo(String.class).one());
    }

    private Mail letter(Purpose purpose) throws Exception {
        String to = UUID.randomUUID() + "@home.example";
        Jdbi jdbi = stack.jdbi();
        ApplicationClock clock = new ApplicationClock(jdbi);
        Postmarks marks = new Postmarks(new Seals(jdbi), name -> Optional.ofNullable(stack.settings().get(name)));
        jdbi.useTransaction(h -> {
            long place = h.createQuery("insert into location (code, name, zone, country, language, quiet_from, quiet_to, active) values (gen_random_uuid()::text, 'Sans nuit', 'UTC', 'CA', 'fr', '00:00', '00:00', "
                + "false) returning id").mapTo(Long.class).one();  // an offer waits for the end of the night
            long customer = h.createQuery("insert into customer (location_id, ref, name, language, email_consent, marketing_consent, created_at) values (?, gen_random_uuid()::text, 'Rose Côté', 'fr', true, true, now()) "
                + "returning id").bind(0, place).mapTo(Long.class).one();
            new Outbox(jdbi, clock, marks).enqueue(List.of(new NewMessage(null, 0, 0, null, place, customer, null, null, Channel.EMAIL, purpose, to, "garage@garage.example", "Objet", "Bonjour",
                clock.now().plus(Duration.ofHours(1)), false)));
        });
        await(() -> !stack.simulator().mailboxes().receivedBy(to).isEmpty());
        Mail mail = stack.simulator().mailboxes().receivedBy(to).get(0);
        await(() -> standing(mail).equals("ACCEPTED"));
        return mail;
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertTrue(condition.getAsBoolean());
    }
}
