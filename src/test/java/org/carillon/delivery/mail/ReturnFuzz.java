package org.carillon.delivery.mail;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Properties;
import org.carillon.delivery.Postmarks;
import org.carillon.delivery.Returned;

/** MSG-13: whatever lies in the mailbox, it is read or left, and never more than a person can read is kept. */
class ReturnFuzz {

    @FuzzTest
    void aLetterIsReadOrLeft(byte[] letter) {
        try {
            Returned returned = ReturnReader.read(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(letter)), Postmarks.NONE,
                Instant.parse("2026-11-23T08:00:00Z"));
            assertNotNull(returned.kind());
            assertTrue(returned.mark().isEmpty(), "nobody made a mark");
            assertTrue(returned.text().length() <= 4_000);
        } catch (MessagingException | IOException e) {
            // left, and said so
        }
    }
}
