package org.carillon.delivery.mail;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Submission;
import org.carillon.delivery.TestTls;
import org.carillon.delivery.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against GreenMail for the good path and a scripted server for every other. */
@Timeout(30)
class MailGatewayTest {

    private static final Instant NOW = Instant.parse("2026-11-22T15:04:05Z");
    private static final String ID = "0b7c1c4e-7d53-4a0f-9b51-6f6b1d1e2f30@garage.example";
    private static final UUID REF = UUID.fromString("6f6b1d1e-0000-4000-8000-00000000abcd");

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private ScriptedMail server;
    private MailGateway gateway;

    @BeforeEach
    void openTheServer() throws IOException { server = new ScriptedMail(); }

    @AfterEach
    void closeAll() throws IOException {
        if (gateway != null) gateway.stop();
        server.close();
        executor.shutdownNow();
    }

    private void start(String... namesAndValues) { start((SSLSocketFactory) SSLSocketFactory.getDefault(), namesAndValues); }

    private void start(SSLSocketFactory tls, String... namesAndValues) {
        Map<String, String> given = new HashMap<>(Map.of("host", "127.0.0.1", "port", "" + server.port(), "tls", "none", "from", "Garage <garage@garage.example>",
            "responseTimeout", "PT5S"));
        for (int i = 0; i < namesAndValues.length; i += 2) given.put(namesAndValues[i], namesAndValues[i + 1]);
        gateway = new MailGateway(MailSettings.read(name -> Optional.ofNullable(given.get(name))), () -> NOW);
        gateway.start(executor, tls);
    }

    private static Outgoing mail(String to) { return mail(to, "", "Votre véhicule est prêt", "Bonjour,\nc’est prêt.", ""); }

    private static Outgoing mail(String to, String from, String subject, String text, String replyTo) {
        return outgoing(to, from, new Outgoing.Mail(ID, subject, text, replyTo));
    }

    private static Outgoing outgoing(String to, String from, Outgoing.Mail mail) {
        return new Outgoing(REF, 7, 1, to, from, mail, Duration.ofHours(12), System.nanoTime() + SECONDS.toNanos(5));
    }

    private Submission send(Outgoing outgoing) throws Exception { return gateway.submit(outgoing).toCompletableFuture().get(25, SECONDS); }

    @Test
    @DisplayName("MSG-12: a fixed Message-ID, Date at send in UTC, Auto-Submitted, text and HTML of the same words")
    void writesAProperLetter() throws Exception {
        GreenMail greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        greenMail.start();
        try {
            start("port", "" + greenMail.getSmtp().getPort());
            String text = "Bonjour Zoë <b>& cie</b>,\n\nvotre « véhicule » est prêt.\n.\nMerci";
            Submission submission = send(mail("zoe@customer.example", "Garage Élan <elan@garage.example>", "Prêt : 100 % & <ok>", text, "atelier@garage.example"));
            assertEquals(Verdict.ACCEPTED, submission.verdict());
            assertEquals(ID, submission.providerId());
            assertEquals(1, greenMail.getReceivedMessages().length);
            MimeMessage got = greenMail.getReceivedMessages()[0];
            assertEquals("<" + ID + ">", got.getMessageID());
            assertEquals("Sun, 22 Nov 2026 15:04:05 +0000", got.getHeader("Date", null));
            assertEquals("auto-generated", got.getHeader("Auto-Submitted", null));
            assertEquals(REF.toString(), got.getHeader("X-Carillon-Ref", null));
            assertEquals("Prêt : 100 % & <ok>", got.getSubject());
            assertEquals("zoe@customer.example", got.getHeader("To", null));
            assertEquals("=?UTF-8?Q?Garage_=C3=89lan?= <elan@garage.example>", got.getHeader("From", null));
            assertEquals("atelier@garage.example", got.getHeader("Reply-To", null));
            assertTrue(got.getContentType().startsWith("multipart/alternative"));
            Multipart parts = (Multipart) got.getContent();
            assertEquals(2, parts.getCount());
            assertTrue(parts.getBodyPart(0).isMimeType("text/plain"));
            assertEquals(text, parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"));
            assertTrue(parts.getBodyPart(1).isMimeType("text/html"));
            String html = parts.getBodyPart(1).getContent().toString();
            assertTrue(html.contains("<p>Bonjour Zoë &lt;b&gt;&amp; cie&lt;/b&gt;,</p>"), html);
            assertTrue(html.contains("<title>Prêt : 100 % &amp; &lt;ok&gt;</title>"), html);
            assertFalse(html.contains("<b>"));
            send(mail("zoe@customer.example"));
            assertEquals("<" + ID + ">", greenMail.getReceivedMessages()[1].getMessageID(), "the same on every attempt");
        } finally {
            greenMail.stop();
        }
    }

    @ParameterizedTest(name = "{1} to {0} is {2}")
    @CsvSource({"GREETING,421 4.3.2 later,THROTTLE", "GREETING,554 no service,ROUTE_FAULT", "GREETING,CUT,NOT_SENT",
        "MAIL,451 4.7.1 greylisted,TEMPORARY", "MAIL,550 5.1.8 bad sender,BAD_SENDER", "MAIL,530 5.7.0 sign in first,ROUTE_FAULT", "MAIL,421 4.3.2 closingCUT,TEMPORARY",
        "RCPT,550 5.1.1 no such user,BAD_ADDRESS", "RCPT,550-5.1.1 no\\r\\n550 5.1.1 such user,BAD_ADDRESS", "RCPT,550 no,BAD_ADDRESS", "RCPT,550 5.7.1 blocked,PERMANENT",
        "RCPT,554 5.7.1 policy,PERMANENT", "RCPT,450 4.2.1 busy,TEMPORARY", "RCPT,452 4.2.2 full,MAILBOX_FULL", "RCPT,552 5.2.2 full,MAILBOX_FULL", "RCPT,552 many,TEMPORARY",
        "RCPT,571 odd,TEMPORARY_FEW", "RCPT,CUT,NOT_SENT", "RCPT,421 4.4.2 byeCUT,TEMPORARY", "MAIL,CUT,NOT_SENT",
        "DATA,451 4.3.0 no,TEMPORARY", "DATA,554 5.5.1 no,PERMANENT", "DATA,CUT,NOT_SENT",
        "'.',554 5.7.1 spam,PERMANENT", "'.',550 no,PERMANENT", "'.',451 4.3.0 later,TEMPORARY", "'.',451 4.3.0 laterCUT,TEMPORARY", "'.',552 5.2.2 full,MAILBOX_FULL",
        "'.',250 okCUT,ACCEPTED", "'.',CUT,UNKNOWN"})
    void judgesEachAnswerAtEachPhase(String at, String answer, Verdict verdict) throws Exception {
        server.answers.put(at, answer.replace("\\r\\n", "\r\n"));
        start();
        Submission submission = send(mail("zoe@customer.example"));
        assertEquals(verdict, submission.verdict(), submission.toString());
        assertEquals(verdict == Verdict.ACCEPTED ? ID : null, submission.providerId());
        assertFalse(submission.detail().contains("zoe"), "SEC-25");
        assertFalse(submission.detail().contains("user"), "no banner");
    }

    @Test
    void givesTheEnhancedCode() throws Exception {
        server.answers.put("RCPT", "550-5.1.1 The account does not exist\r\n550 5.1.1 try again");
        start();
        assertEquals("550 5.1.1", send(mail("zoe@customer.example")).code());
    }

    @Test
    void hasSentNothingWhenTheTextIsCutBeforeTheDot() throws Exception {
        server.answers.put(ScriptedMail.BODY, ScriptedMail.CUT);
        start();
        Submission submission = send(mail("zoe@customer.example", "", "long", "0123456789abcdef\n".repeat(300_000), ""));
        assertEquals(Verdict.NOT_SENT, submission.verdict());
        assertEquals(0, server.texts.size());
    }

    @ParameterizedTest(name = "silence at {0} is {1}")
    @CsvSource({"GREETING,NOT_SENT", "MAIL,NOT_SENT", "RCPT,NOT_SENT", "DATA,NOT_SENT", "'.',UNKNOWN"})
    void judgesSilence(String at, Verdict verdict) throws Exception {
        server.answers.put(at, ScriptedMail.SILENT);
        start("responseTimeout", "PT0.3S");
        assertEquals(verdict, send(mail("zoe@customer.example")).verdict());
    }

    @Test
    @DisplayName("PERF-08: many messages go over one connection, without a RSET or NOOP between them")
    void keepsTheConnection() throws Exception {
        start("perConnection", "6");
        for (int i = 0; i < 6; i++) assertEquals(Verdict.ACCEPTED, send(mail("zoe@customer.example")).verdict());
        assertEquals(1, server.connections.get());
        assertFalse(server.commands.contains("RSET"));
        assertFalse(server.commands.contains("NOOP"));
        send(mail("zoe@customer.example"));
        assertEquals(2, server.connections.get(), "six are enough for one");
    }

    @Test
    void keepsTheConnectionAfterARefusedAddress() throws Exception {
        start();
        server.answers.put("RCPT", "550 5.1.1 no");
        send(mail("zoe@customer.example"));
        server.answers.put("RCPT", "250 ok");
        assertEquals(Verdict.ACCEPTED, send(mail("zoe@customer.example")).verdict());
        assertEquals(1, server.connections.get());
    }

    @ParameterizedTest(name = "MAIL answered by {0}")
    @ValueSource(strings = {"CUT", "421 4.4.2 idle too longCUT"})
    void callsAgainWhenAKeptConnectionWasClosed(String answer) throws Exception {
        start();
        send(mail("zoe@customer.example"));
        server.answers.put("MAIL", answer);
        CompletableFuture<Submission> second = gateway.submit(mail("zoe@customer.example")).toCompletableFuture();
        while (server.connections.get() < 2) Thread.sleep(5);
        server.answers.put("MAIL", "250 ok");
        Submission submission = second.get(10, SECONDS);
        assertTrue(submission.verdict() == Verdict.ACCEPTED || server.commands.stream().filter(c -> c.startsWith("MAIL")).count() == 3, submission.toString());
        assertTrue(server.connections.get() >= 2);
    }

    @Test
    void closesWhatNobodyUses() throws Exception {
        start("idle", "PT0.2S");
        send(mail("zoe@customer.example"));
        long until = System.nanoTime() + SECONDS.toNanos(10);
        while (!server.commands.contains("QUIT") && System.nanoTime() < until) Thread.sleep(5);
        assertTrue(server.commands.contains("QUIT"));
    }

    @Test
    @DisplayName("REL-15: no more messages under way than connections")
    void waitsForAConnection() throws Exception {
        start("connections", "2");
        server.answers.put(ScriptedMail.DOT, ScriptedMail.SILENT);
        List<CompletableFuture<Submission>> open = new ArrayList<>();
        for (int i = 0; i < 2; i++) open.add(gateway.submit(mail("zoe@customer.example")).toCompletableFuture());
        Outgoing third = new Outgoing(REF, 7, 1, "zoe@customer.example", "", mail("x@y.example").content(), Duration.ofHours(1), System.nanoTime() + SECONDS.toNanos(1));
        assertEquals(Verdict.NOT_SENT, send(third).verdict());
        assertEquals(2, gateway.window());
        for (CompletableFuture<Submission> one : open) assertEquals(Verdict.UNKNOWN, one.get(10, SECONDS).verdict());
    }

    @Test
    @DisplayName("T6: nothing is written after the deadline")
    void writesNothingAfterTheDeadline() throws Exception {
        start();
        Outgoing late = new Outgoing(REF, 7, 1, "zoe@customer.example", "", mail("x@y.example").content(), Duration.ofHours(1), System.nanoTime() - 1);
        assertEquals(Verdict.NOT_SENT, send(late).verdict());
        assertTrue(server.commands.stream().noneMatch(c -> c.startsWith("MAIL")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
    @DisplayName("1.1, I3: however slowly the server answers, neither text nor final dot leaves once the time is over; nothing was sent")
    void endsNoLetterAfterItsTime(String slow) throws Exception {
        start();
        Outgoing expiring = new Outgoing(REF, 7, 1, "zoe@customer.example", "", mail("x@y.example").content(), Duration.ofSeconds(2), System.nanoTime() + SECONDS.toNanos(5));
        server.before.put(slow, () -> sleepUntil(expiring.finishBefore()));
        Submission submission = send(expiring);
        assertEquals(Verdict.NOT_SENT, submission.verdict(), submission.toString());
        assertEquals(slow.equals("DATA"), server.commands.stream().anyMatch(c -> c.equals("DATA")), server.commands.toString());
        server.before.clear();
        assertEquals(Verdict.ACCEPTED, send(mail("zoe@customer.example")).verdict());
        assertEquals(1, server.texts.size(), "only the one in time ended");
        assertEquals(2, server.connections.get(), "a text without its dot takes its connection with it");
    }

    private static void sleepUntil(long nanoTime) {
        while (System.nanoTime() - nanoTime < 0) java.util.concurrent.locks.LockSupport.parkNanos(nanoTime - System.nanoTime());
    }

    @Test
    @DisplayName("1.1: under way for at most 30 s after the commit, and not past the expiry")
    void mayBeUnderWayForHalfAMinute() {
        long commit = 1_000_000_000_000L;
        for (Duration[] each : new Duration[][] {{Duration.ofHours(12), Duration.ofSeconds(30)}, {Duration.ofSeconds(31), Duration.ofSeconds(30)}, {Duration.ofSeconds(8), Duration.ofSeconds(8)}}) {
            Outgoing outgoing = new Outgoing(REF, 7, 1, "zoe@customer.example", "", mail("x@y.example").content(), each[0], commit + SECONDS.toNanos(5));
            assertEquals(commit + each[1].toNanos(), outgoing.finishBefore());
        }
    }

    @Test
    void suspendsTheRouteWhenThePasswordIsRefused() throws Exception {
        TestTls tls = TestTls.forNames("dns:localhost");
        server.offering(tls).answers.put("AUTH", "535 5.7.8 bad credentials");
        start(tls.client(), "host", "localhost", "tls", "starttls", "user", "shop", "password", "wrong");
        assertEquals(Verdict.ROUTE_FAULT, send(mail("zoe@customer.example")).verdict());
        assertTrue(gateway.health().suspended());
        assertFalse(gateway.health().open());
        assertEquals(NOW, gateway.health().since());
        assertEquals(Verdict.NOT_SENT, send(mail("zoe@customer.example")).verdict(), "five bad passwords may lock the account");
        assertEquals(1, server.connections.get());
    }

    @Test
    void comesBackAfterAFailure() throws Exception {
        server.answers.put(ScriptedMail.GREETING, ScriptedMail.CUT);
        start();
        assertEquals(Verdict.NOT_SENT, send(mail("zoe@customer.example")).verdict());
        assertFalse(gateway.health().open());
        assertFalse(gateway.health().suspended());
        server.answers.put(ScriptedMail.GREETING, "220 back");
        long until = System.nanoTime() + SECONDS.toNanos(10);
        while (!gateway.health().open() && System.nanoTime() < until) Thread.sleep(5);
        assertEquals(Verdict.ACCEPTED, send(mail("zoe@customer.example")).verdict());
    }

    @Test
    @DisplayName("SEC-27: signs in over STARTTLS with the right host")
    void signsInOverTls() throws Exception {
        TestTls tls = TestTls.forNames("dns:localhost");
        server.offering(tls);
        start(tls.client(), "host", "localhost", "tls", "starttls", "user", "shop", "password", "secret");
        assertEquals(Verdict.ACCEPTED, send(mail("zoe@customer.example")).verdict());
        assertTrue(server.commands.stream().anyMatch(c -> c.startsWith("AUTH PLAIN")));
        assertFalse(server.plainBytes().contains("AUTH"));
        assertFalse(server.plainBytes().contains("MAIL"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"stripped", "wrong host", "unknown authority", "expired", "no TLS settings"})
    @DisplayName("SEC-27: no credential byte to a server that is not safe")
    void tellsNothingToAnUnsafeServer(String fault) throws Exception {
        TestTls right = TestTls.forNames("dns:localhost");
        SSLSocketFactory client = right.client();
        switch (fault) {
            case "stripped" -> server.answers.put("EHLO", "250-scripted\r\n250 AUTH PLAIN LOGIN");
            case "wrong host" -> {
                TestTls wrong = TestTls.forNames("dns:other.example");
                server.offering(wrong);
                client = wrong.client();
            }
            case "unknown authority" -> {
                server.offering(right);
                client = (SSLSocketFactory) SSLSocketFactory.getDefault();
            }
            case "expired" -> {
                TestTls old = TestTls.expired("dns:localhost");
                server.offering(old);
                client = old.client();
            }
            default -> server.answers.put("EHLO", "250-scripted\r\n250 STARTTLS");
        }
        start(client, "host", "localhost", "tls", "starttls", "user", "shop", "password", "secret");
        Submission submission = send(mail("zoe@customer.example"));
        assertEquals(Verdict.ROUTE_FAULT, submission.verdict(), submission.toString());
        assertTrue(gateway.health().suspended());
        assertTrue(server.commands.stream().noneMatch(c -> c.startsWith("AUTH") || c.startsWith("MAIL")), server.commands.toString());
        assertFalse(server.plainBytes().contains("AUTH"));
    }

    @Test
    void speaksTlsFromTheStartWhereAsked() throws Exception {
        TestTls tls = TestTls.forNames("dns:other.example");
        try (var listening = tls.listen()) {
            start(tls.client(), "host", "localhost", "port", "" + listening.getLocalPort(), "tls", "implicit", "user", "shop", "password", "secret");
            executor.execute(() -> {
                try {
                    listening.accept().getInputStream().read();
                } catch (IOException e) {
                    // the handshake fails, as it should
                }
            });
            Submission submission = send(mail("zoe@customer.example"));
            assertEquals(Verdict.ROUTE_FAULT, submission.verdict(), submission.toString());
        }
    }

    @Test
    void refusesPlaintextBeyondThisMachine() throws Exception {
        start("host", "10.255.255.1");
        assertEquals(Verdict.ROUTE_FAULT, send(mail("zoe@customer.example")).verdict());
    }

    @Test
    void isAbsentWithoutAHost() throws Exception {
        start("host", "");
        assertFalse(gateway.health().open());
        assertFalse(gateway.health().suspended());
        assertEquals(Verdict.NOT_SENT, send(mail("zoe@customer.example")).verdict());
    }

    @Test
    @DisplayName("MSG-11: a line break in any value writes nothing")
    void refusesLineBreaksEverywhere() throws Exception {
        start();
        List<String> payloads = List.of("\r\nBcc: evil@evil.example", "\nBcc: evil@evil.example", "\rBcc: evil@evil.example", "\0", "\r\n.\r\nMAIL FROM:<evil@evil.example>",
            "\r\n\r\nbody", "%0d\r", "\n", "\r");
        for (String payload : payloads) {
            for (String host : List.of("zoe@customer.example" + payload, payload + "zoe@customer.example", "\"a" + payload + "b\"@customer.example",
                "zoe@customer" + payload + ".example", "<zoe@customer.example>" + payload, "Zoe" + payload + " <zoe@customer.example>")) {
                assertEquals(Verdict.BAD_ADDRESS, send(mail(host)).verdict());
                assertEquals(Verdict.BAD_SENDER, send(mail("zoe@customer.example", host, "s", "t", "")).verdict());
                assertEquals(Verdict.PERMANENT, send(mail("zoe@customer.example", "", "s", "t", host)).verdict());
            }
            assertEquals(Verdict.PERMANENT, send(mail("zoe@customer.example", "", "a" + payload + "b", "t", "")).verdict());
            assertEquals(Verdict.PERMANENT, send(outgoing("zoe@customer.example", "", new Outgoing.Mail("a" + payload + "@b.example", "s", "t", ""))).verdict());
        }
        assertEquals(0, server.connections.get());
    }

    @ParameterizedTest(name = "<{0}>")
    @ValueSource(strings = {"a@b.example, c@d.example", "a@b.example c@d.example", "a@b.example;c@d.example", "group: a@b.example;", "a", "@b.example", "a@", "a b@c.example",
        "\"quoted local\"@b.example", "a@b@c.example", "zoé@b.example", "Zoe <zoe@b.example>", "a@[127.0.0.1]", "<a@b.example", "a@b..example", "a@-", "(x)a@b.example"})
    void refusesWhatIsNotOneAddress(String to) throws Exception {
        start();
        Submission submission = send(mail(to));
        assertEquals(Verdict.BAD_ADDRESS, submission.verdict());
        assertNull(submission.providerId());
        assertEquals(0, server.connections.get());
    }

    @Test
    void refusesAnAddressThatIsTooLong() throws Exception {
        start();
        String domain = ("d".repeat(60) + ".").repeat(4);
        assertEquals(Verdict.ACCEPTED, send(mail("a@" + domain.substring(0, 243) + ".ex")).verdict());
        assertEquals(Verdict.BAD_ADDRESS, send(mail("abcdefghi@" + domain + ".example")).verdict());
        assertEquals(Verdict.BAD_ADDRESS, send(mail("a".repeat(65) + "@b.example")).verdict());
        assertEquals(1, server.texts.size());
    }

    @Test
    void keepsADotAloneInTheText() throws Exception {
        start();
        send(mail("zoe@customer.example", "", "s", "a\n.\nRCPT TO:<evil@evil.example>\n..\nb", ""));
        assertEquals(1, server.commands.stream().filter(c -> c.startsWith("RCPT")).count());
        assertTrue(server.texts.get(0).contains("\r\n..\r\nRCPT TO:<evil@evil.example>\r\n...\r\n"), server.texts.get(0));
    }

    @Test
    void hidesThePassword() {
        assertFalse(MailSettings.read(n -> Optional.of(n.equals("password") ? "secret" : "").filter(s -> !s.isEmpty())).toString().contains("secret"));
    }
}
