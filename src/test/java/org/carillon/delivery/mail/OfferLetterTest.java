package org.carillon.delivery.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.carillon.TestDatabase;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Postmarks;
import org.carillon.shop.Seals;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OfferLetterTest {

    private static final Map<String, String> GIVEN = Map.of("carillon.publicUrl", "https://garage.example", "carillon.bounce.domain", "Bounce.Garage.example");
    private final Postmarks marks = new Postmarks(new Seals(TestDatabase.fresh().jdbi()), name -> Optional.ofNullable(GIVEN.get(name)));

    private Letter letter(boolean offer, String text) throws Exception {
        return Letter.of(Session.getInstance(new Properties()), new Outgoing(UUID.randomUUID(), 42, 1, "anne@home.example", "Garage <garage@garage.example>",
            new Outgoing.Mail(UUID.randomUUID() + "@garage.example", "Rabais", text, "", offer), Duration.ofHours(1), 0), "", marks, Instant.EPOCH);
    }

    @Test @DisplayName("LAW-17: an offer carries List-Unsubscribe by https and mailto, and List-Unsubscribe-Post; nothing else does")
    void saysHowToStop() throws Exception {
        Letter offer = letter(true, "Rabais");
        String header = offer.getHeader("List-Unsubscribe", null).replaceAll("\\s", "");
        assertTrue(header.matches("<https://garage\\.example/hooks/unsubscribe/[0-9a-f]{48}>,<mailto:bounce-stop\\+[0-9a-f]{48}@bounce\\.garage\\.example\\?subject=unsubscribe>"), header);
        assertEquals("List-Unsubscribe=One-Click", offer.getHeader("List-Unsubscribe-Post", null));
        Letter plain = letter(false, "Prêt");
        assertNull(plain.getHeader("List-Unsubscribe", null));
        assertNull(plain.getHeader("List-Unsubscribe-Post", null));
    }

    @Test @DisplayName("LAW-17: an offer that nobody could stop does not leave")
    void refusesAnOfferWithoutAWayOut() {
        Outgoing offer = new Outgoing(UUID.randomUUID(), 42, 1, "anne@home.example", "Garage <garage@garage.example>", new Outgoing.Mail(UUID.randomUUID() + "@garage.example", "Rabais", "Rabais", "", true),
            Duration.ofHours(1), 0);
        assertThrows(org.carillon.delivery.Refused.class, () -> Letter.of(Session.getInstance(new Properties()), offer, "", Instant.EPOCH));
    }

    @Test @DisplayName("MSG-13: every letter has a return path of its own, which only we can make and which leads back to its message")
    void comesBackToItsMessage() throws Exception {
        String path = letter(false, "Prêt").getEnvelopeFrom();
        assertTrue(path.matches("bounce\\+[0-9a-f]{48}@bounce\\.garage\\.example"), path);
        assertTrue(path.indexOf('@') <= 64);
        assertEquals(Optional.of(new Postmarks.Mark(Postmarks.Kind.BOUNCE, 42)), marks.find("Delivered-To: " + path));
        assertEquals(Optional.empty(), marks.find(path.replaceAll("[1-9a-f](?=@)", "x").replace("0@", "1@").replace("x@", "0@")));
        assertEquals(Optional.empty(), marks.find(path.replace("bounce+", "bounce-stop+")), "a return path stops nothing");
    }

    @Test @DisplayName("LAW-17, SEC-09: the link of the text can be pressed on, and nothing else of it becomes a link or a tag")
    void linksOnlyTheWayOut() throws Exception {
        String link = marks.page(42, "fr");
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        Letter letter = letter(true, "<script>x</script> https://evil.example/open/unsubscribe.xhtml?l=fr&t=1\n\nPour ne plus recevoir nos offres par courriel : " + link);
        letter.writeTo(raw);
        String html = (String) ((jakarta.mail.Multipart) letter.getContent()).getBodyPart(1).getContent();
        assertTrue(html.contains("<a href=\"" + link.replace("&", "&amp;") + "\">"), html);
        assertEquals(1, html.split("<a ", -1).length - 1, html);
        assertTrue(!html.contains("<script"), raw.toString(StandardCharsets.UTF_8));
    }
}
