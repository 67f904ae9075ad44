package org.carillon.delivery.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.carillon.Seeded;
import org.carillon.TestDatabase;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Postmarks;
import org.carillon.delivery.Returned;
import org.carillon.delivery.Returned.Kind;
import org.carillon.shop.Seals;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReturnReaderTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private final Postmarks marks = new Postmarks(new Seals(DATABASE.jdbi()),
        name -> Optional.ofNullable(java.util.Map.of("carillon.bounce.domain", "bounce.garage.example", "carillon.publicUrl", "https://garage.example/").get(name)));

    private Returned read(String letter) {
        try {
            return ReturnReader.read(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(letter.getBytes(StandardCharsets.UTF_8))), marks, Instant.EPOCH);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test @DisplayName("MSG-13: more than 100 returned letters of known servers, each classed right and led back to its message")
    void classesWhatServersSend() {
        List<BounceSamples.Sample> samples = BounceSamples.all();
        List<String> wrong = new ArrayList<>();
        String path = marks.returnPath(42);
        for (BounceSamples.Sample sample : samples) {
            Returned returned = read(sample.letter().replace("%s", path));
            if (returned.kind() != sample.kind()) {
                wrong.add(sample.name() + ": " + returned);
            }
            boolean about = returned.mark().equals(Optional.of(new Postmarks.Mark(Postmarks.Kind.BOUNCE, 42)));
            if (!about && !sample.name().equals("mailing list")) {
                wrong.add(sample.name() + " is not led back");
            }
        }
        assertTrue(samples.size() >= 100, samples.size() + " samples");
        assertEquals(List.of(), wrong, wrong.size() + " of " + samples.size());
    }

    @Test @DisplayName("MSG-13: a bounce with a forged token is about no message")
    void leavesForgeriesAlone() {
        for (BounceSamples.Sample sample : BounceSamples.all()) {
            assertEquals(Optional.empty(), read(sample.letter().replace("%s", "bounce+" + "0123456789abcdef".repeat(3) + "@bounce.garage.example")).mark(), sample.name());
        }
    }

    @Test @DisplayName("LAW-13, LAW-17: a reply is what the person wrote above the quotation; mail to the unsubscribe address stops")
    void readsWhatPeopleWrite() {
        String head = "From: Rose Cote <Rose@Home.example>\r\nTo: garage@garage.example\r\nSubject: Re: Rabais\r\nIn-Reply-To: <1b4e@garage.example>\r\nMessage-ID: <r1@home.example>\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
        Returned stop = read(head + "STOP\r\n\r\nLe lun. 23 nov. 2026 à 10:00, Garage <garage@garage.example> a écrit :\r\n> Rabais\r\n> https://garage.example/x\r\n");
        assertEquals(List.of(Kind.REPLY, "STOP", "rose@home.example", List.of("1b4e@garage.example"), "r1@home.example"),
            List.of(stop.kind(), stop.text(), stop.from(), stop.references(), stop.providerId()));
        assertEquals("Merci, à demain.\n\nRose", read(head + "Merci, à demain.\r\n\r\nRose\r\n\r\nOn Mon, Nov 23, 2026 at 10:00 AM Garage <garage@garage.example> wrote:\r\n> Rabais\r\n").text());
        assertEquals("Non merci", read(head.replace("text/plain", "text/html") + "<div>Non merci</div><blockquote><div>-----Message d'origine-----</div>Rabais</blockquote>").text());
        String stopAddress = marks.unsubscribe(42).get(1).replaceAll("mailto:|\\?.*", "");
        Returned mailto = read("From: rose@home.example\r\nTo: " + stopAddress + "\r\nSubject: unsubscribe\r\nAuto-Submitted: auto-generated\r\n\r\n");
        assertEquals(Kind.STOP, mailto.kind());
        assertEquals(42, mailto.mark().orElseThrow().messageId());
    }

    @Test @DisplayName("MSG-14: what another Carillon sends, automatic answers and lists are never taken for a person's")
    void neverWritesToMachines() throws Exception {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        Letter.of(Session.getInstance(new Properties()), new Outgoing(UUID.randomUUID(), 7, 1, "garage@garage.example", "Autre <autre@autre.example>",
            new Outgoing.Mail(UUID.randomUUID() + "@autre.example", "Courriel de Rose", "Un client a répondu", ""), Duration.ofHours(1), 0), "", Instant.EPOCH).writeTo(raw);
        assertEquals(Kind.AUTOMATIC, read(raw.toString(StandardCharsets.UTF_8)).kind());
        for (String header : List.of("Return-Path: <>", "Precedence: bulk", "X-Auto-Response-Suppress: All", "List-Id: <l.example>", "Auto-Submitted: auto-replied; owner-email=x")) {
            assertEquals(Kind.AUTOMATIC, read(header + "\r\nFrom: rose@home.example\r\nTo: garage@garage.example\r\nSubject: STOP\r\n\r\nSTOP\r\n").kind(), header);
        }
        assertEquals(Kind.REPLY, read("Auto-Submitted: no\r\nReturn-Path: <rose@home.example>\r\nFrom: rose@home.example\r\nTo: garage@garage.example\r\n\r\nSTOP\r\n").kind());
    }

    @Test @DisplayName("SEC-09: broken letters are read or refused, never more")
    void standsBrokenLetters() {
        List<BounceSamples.Sample> samples = BounceSamples.all();
        Seeded.run(100, random -> {
            StringBuilder letter = new StringBuilder(Seeded.oneOf(random, samples).letter().replace("%s", marks.returnPath(42)));
            for (int i = random.nextInt(12); i >= 0; i--) {
                int at = random.nextInt(letter.length());
                switch (random.nextInt(3)) {
                    case 0 -> letter.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> letter.delete(at, Math.min(letter.length(), at + random.nextInt(60)));
                    default -> letter.insert(at, letter.substring(at, Math.min(letter.length(), at + 40)));
                }
            }
            try {
                read(letter.toString());
            } catch (IllegalStateException refused) {
                assertTrue(refused.getCause() instanceof jakarta.mail.MessagingException || refused.getCause() instanceof java.io.IOException, String.valueOf(refused.getCause()));
            }
        });
    }
}
