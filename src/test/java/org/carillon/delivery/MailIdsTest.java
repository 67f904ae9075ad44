package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("MSG-12: a Message-ID ends in the sender's domain")
class MailIdsTest {

    @ParameterizedTest(name = "{0} | {1} | {2} gives {3}")
    @CsvSource({"Garage <garage@shop.test>, x@usual.test, https://carillon.example/, shop.test", "garage@shop.test, '', '', shop.test",
        "'', Carillon <no-reply@usual.test>, https://carillon.example/, usual.test", "'', '', https://carillon.example:8443/app/, carillon.example",
        "'', no address, https://carillon.example/, carillon.example", "'', '', http://localhost:8080/, localhost", "'', '', not a url, localhost", "'', '', '', localhost"})
    void takesTheDomainThatTheLetterComesFrom(String sender, String usualFrom, String publicUrl, String domain) {
        String id = MailIds.of(usualFrom, publicUrl).next(sender);
        assertEquals(domain, id.substring(id.indexOf('@') + 1));
        assertNotEquals(id, MailIds.of(usualFrom, publicUrl).next(sender));
    }

    @Test void givesItToMessagesOfALocationWithoutASenderOfItsOwn() {
        DeliveryFixture shop = new DeliveryFixture();
        NewMessage m = shop.mail("anne@example.test", "x");
        new Outbox(shop.jdbi, shop.clock, MailIds.of("no-reply@usual.test", "")).enqueue(List.of(new NewMessage(null, 1, 1, null, m.locationId(), m.customerId(), m.subject(), null,
            m.channel(), m.purpose(), m.recipient(), "", m.subjectLine(), m.text(), m.expiresAt(), false)));
        assertEquals(1, shop.count("select count(*) from message where mail_message_id like '%@usual.test'"));
    }
}
