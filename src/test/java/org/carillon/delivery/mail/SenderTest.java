package org.carillon.delivery.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Refused;
import org.carillon.shop.MailSender;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a location may give as its sender is what a letter can carry. */
class SenderTest {

    private static Letter from(String sender) throws Refused {
        return Letter.of(Session.getInstance(new Properties()), new Outgoing(UUID.randomUUID(), 1, 1, "anne@home.example", sender,
            new Outgoing.Mail(UUID.randomUUID() + "@garage.example", "Prêt", "Bonjour", ""), Duration.ofHours(1), 0), "usual@garage.example", Instant.EPOCH);
    }

    @ParameterizedTest @ValueSource(strings = {"rosemont@garage.example", "Garage <rosemont@garage.example>", "Garage Léo & fils <o'neil+x@a-b.garage.example>",
        "Garage St. Denis inc. <a.b@garage.example>", "\"Garage, Léo (Rosemont)\" <rosemont@garage.example>", "L’atelier #1 <atelier@garage.example>", "<rosemont@garage.example>"})
    void acceptsWhatALetterCanCarry(String sender) throws Exception {
        assertTrue(MailSender.writable(sender));
        String address = sender.replaceAll(".*<|>", "");
        assertTrue(from(sender).getFrom()[0].toString().contains(address), sender);
    }

    @ParameterizedTest @ValueSource(strings = {"a@garage.example, b@garage.example", "Garage, Léo <rosemont@garage.example>", "Garage: a@garage.example;", ".a@garage.example",
        "a..b@garage.example", "a@-garage.example", "a@garage..example", "léo@garage.example", "\"a b\"@garage.example", "a@garage.example\nBcc: x@y.example"})
    void refusesWhatALetterRefuses(String sender) {
        assertEquals(false, MailSender.writable(sender));
        assertThrows(Refused.class, () -> from(sender), sender);
    }
}
