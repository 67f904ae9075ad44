package org.carillon.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mail provider's side as Jakarta Mail sees it. */
class MailServerTest {

    private Simulator simulator;

    @BeforeEach
    void start() throws IOException { simulator = Simulator.start(Simulator.Settings.anyPorts()); }

    @AfterEach
    void stop() throws IOException { simulator.close(); }

    @Test
    void keepsWhatWasHandedOver() throws Exception {
        send("sophie@example.ca", "Votre véhicule est prêt", "Bonjour,\n.une ligne avec un point\n« À demain »");
        Mail mail = simulator.mailboxes().receivedBy("SOPHIE@example.ca").get(0);
        assertEquals("Votre véhicule est prêt", mail.subject());
        assertEquals("Bonjour,\n.une ligne avec un point\n« À demain »", mail.text().replace("\r", "").strip());
        assertEquals("garage@example.ca", mail.from());
        assertTrue(mail.messageId().matches("<.+@.+>"));
        assertTrue(mail.headers().stream().anyMatch(header -> header.startsWith("Subject: =?UTF-8?")));
    }

    @Test
    void refusesARecipientAsTheFaultWants() throws Exception {
        fault("{'kind':'mail','when':'rcpt','status':550,'text':'5.1.1 nobody here','to':'gone@example.ca'}");
        MessagingException refused = assertThrows(MessagingException.class, () -> send("gone@example.ca", "a", "b"));
        assertTrue(String.valueOf(refused.getNextException()).contains("550 5.1.1 nobody here"));
        send("here@example.ca", "a", "b");
        assertEquals(1, simulator.mailboxes().receivedBy("here@example.ca").size());
    }

    @Test
    void canCutTheLineAfterTheFinalDot() throws Exception {
        fault("{'kind':'mail_disconnect','when':'body','times':1}");
        assertThrows(MessagingException.class, () -> send("here@example.ca", "a", "b"));
        assertEquals(1, simulator.mailboxes().receivedBy("here@example.ca").size());
    }

    @Test
    void takesCredentialsAndManyMailsOnOneConnection() throws Exception {
        Session session = session();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", simulator.smtp().port(), "garage", "secret");
            for (int i = 0; i < 200; i++) {
                MimeMessage message = message(session, "a" + i + "@example.ca", "n° " + i, "x");
                transport.sendMessage(message, message.getAllRecipients());
            }
        }
        assertEquals(200, simulator.mailboxes().find(mail -> true).size());
        assertEquals(1, simulator.smtp().connections());
    }

    private void fault(String json) {
        simulator.faults().add(Fault.of(Json.createReader(new StringReader(json.replace('\'', '"'))).readObject()));
    }

    private void send(String to, String subject, String text) throws MessagingException { Transport.send(message(session(), to, subject, text)); }

    private Session session() {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(simulator.smtp().port()));
        return Session.getInstance(properties);
    }

    private static MimeMessage message(Session session, String to, String subject, String text) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom("garage@example.ca");
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        message.setText(text, "UTF-8");
        return message;
    }
}
