package org.carillon.delivery.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.carillon.delivery.Listing;
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.SmsTerms;
import org.carillon.delivery.Submission;
import org.carillon.delivery.TestTls;
import org.carillon.delivery.Verdict;
import org.carillon.simulator.MessagesApi;
import org.carillon.simulator.Simulator;
import org.carillon.simulator.Sms;
import org.carillon.simulator.SubmitLog;
import org.carillon.template.Alphabet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the simulator's HTTP side, over real connections on loopback. */
@Timeout(60)
class HttpGatewayTest {

    private static final String TO = "+15145550199";
    private static final SmsTerms TERMS = new SmsTerms(Alphabet.GSM7, LongMessages.PAYLOAD, null);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private Simulator simulator;
    private Path log;
    private HttpGateway gateway;

    @BeforeEach
    void openTheProvider() throws IOException {
        log = Files.createTempFile("submits", ".log");
        simulator = Simulator.start(new Simulator.Settings(0, -1, -1, log, null));
    }

    @AfterEach
    void closeBoth() throws IOException {
        if (gateway != null) gateway.stop();
        simulator.close();
        executor.shutdownNow();
        Files.deleteIfExists(log);
    }

    private Map<String, String> settings(String... namesAndValues) {
        Map<String, String> given = new HashMap<>(Map.of("url", "http://127.0.0.1:" + simulator.url().getPort(), "accountSid", MessagesApi.ACCOUNT, "authToken", MessagesApi.TOKEN,
            "sender", "+15145550100", "responseTimeout", "PT2S"));
        for (int i = 0; i < namesAndValues.length; i += 2) given.put(namesAndValues[i], namesAndValues[i + 1]);
        return given;
    }

    private void start(String... namesAndValues) throws Exception {
        Map<String, String> given = settings(namesAndValues);
        start(HttpSettings.read(name -> Optional.ofNullable(given.get(name)), "", true), SSLContext.getDefault());
    }

    private void start(HttpSettings settings, SSLContext tls) {
        gateway = new HttpGateway("paris", settings, Instant::now);
        gateway.start(executor, Executors.defaultThreadFactory(), tls);
    }

    private static Outgoing sms(String text) { return sms(text, TO, "", Duration.ofHours(12)); }

    private static Outgoing sms(String text, String to, String from, Duration validity) {
        return new Outgoing(new UUID(0x1234, 0xABCDEF12345678L), 7, 1, to, from, new Outgoing.Sms(false, text, 0, 1, 1, TERMS), validity, System.nanoTime() + SECONDS.toNanos(5));
    }

    private Submission send(Outgoing outgoing) throws Exception { return gateway.submit(outgoing).toCompletableFuture().get(20, SECONDS); }

    private void fault(String json) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(simulator.url().resolve("faults")).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(204, answer.statusCode(), answer.body());
    }

    private List<Sms> received() { return simulator.phones().receivedBy(TO); }

    @Test
    void submitsOnceAndKeepsTheProvidersId() throws Exception {
        start();
        Submission submission = send(sms("Votre véhicule est à récupérer à 17 h & demie = « ok » +10 % 😀"));
        assertEquals(Verdict.ACCEPTED, submission.verdict());
        assertEquals("201", submission.code());
        Sms sms = received().get(0);
        assertEquals(sms.parts().get(0).messageId(), submission.providerId());
        assertEquals("Votre véhicule est à récupérer à 17 h & demie = « ok » +10 % 😀", sms.text());
        assertEquals("+15145550100", sms.from());
        assertTrue(gateway.health().open());
    }

    @Test
    @DisplayName("a long text is one submit; the provider cuts it")
    void leavesTheCuttingToTheProvider() throws Exception {
        start();
        send(sms("é".repeat(400)));
        assertEquals(1, SubmitLog.read(log).size());
        assertEquals(3, received().get(0).segments());
        assertEquals(400, received().get(0).text().length());
    }

    @Test
    @DisplayName("REL-22: the validity goes to the provider, at most its cap")
    void tellsTheValidity() throws Exception {
        start();
        send(sms("a", TO, "GARAGE", Duration.ofSeconds(3_725)));
        send(sms("b", TO, "GARAGE", Duration.ofDays(3)));
        send(sms("c", TO, "Garage Été", Duration.ofMillis(10)));
        assertEquals(List.of("3725", "36000", "1"), received().stream().map(s -> s.parts().get(0).validityPeriod()).toList());
        assertEquals(List.of("GARAGE", "GARAGE", "Garage Ete"), received().stream().map(Sms::from).toList());
    }

    @Test
    void refusesWhatItCannotCarry() throws Exception {
        start("sender", "");
        assertFalse(gateway.hasSender());
        assertEquals(Verdict.BAD_SENDER, send(sms("a")).verdict());
        assertEquals(Verdict.BAD_SENDER, send(sms("a", TO, "A NAME THAT IS TOO LONG", Duration.ofHours(1))).verdict());
        assertEquals(Verdict.PERMANENT, send(sms("a", "0514", "+15145550100", Duration.ofHours(1))).verdict());
        assertEquals(List.of(), SubmitLog.read(log));
        start("sender", "", "messagingService", "MG1");
        assertEquals(Verdict.ACCEPTED, send(sms("a")).verdict());
        assertEquals("MG1", received().get(0).from());
    }

    /** Every row of http.csv that an answer can bring, over the wire. */
    @ParameterizedTest(name = "REL-18: {0} {1} is {2}")
    @CsvSource({"200,'',ACCEPTED", "201,'',ACCEPTED", "429,'20429',THROTTLE", "400,21611,THROTTLE", "401,20003,ROUTE_FAULT", "403,'',ROUTE_FAULT", "400,21610,OPTED_OUT", "400,21211,BAD_ADDRESS",
        "400,21614,BAD_ADDRESS", "400,21212,BAD_SENDER", "400,21603,BAD_SENDER", "400,21606,BAD_SENDER", "400,21659,BAD_SENDER", "400,21660,BAD_SENDER", "400,21701,BAD_SENDER",
        "400,21703,BAD_SENDER", "408,'',UNKNOWN", "400,21617,PERMANENT", "404,20404,PERMANENT", "422,'',PERMANENT", "500,20500,UNKNOWN", "502,'',UNKNOWN", "503,'',UNKNOWN", "504,'',UNKNOWN",
        "302,'',UNKNOWN"})
    void readsEachAnswer(int status, String own, Verdict verdict) throws Exception {
        start();
        String text = verdict == Verdict.ACCEPTED ? ",'text':'{\\\"sid\\\":\\\"SM1\\\"}'" : "";
        fault("{'kind':'http','status':" + status + ",'error':'" + own + "'" + text + "}");
        Submission submission = send(sms("a"));
        assertEquals(verdict, submission.verdict(), submission::toString);
        assertEquals(status + (own.isEmpty() || verdict == Verdict.ACCEPTED ? verdict == Verdict.ACCEPTED ? "" : " " + status : " " + own), submission.code());
        assertEquals(verdict != Verdict.ROUTE_FAULT, gateway.health().open());
        assertEquals(verdict == Verdict.ROUTE_FAULT, gateway.health().suspended());
        assertEquals(1, SubmitLog.read(log).size(), "nothing is tried twice, no redirect is followed");
    }

    @ParameterizedTest(name = "a yes that is {0} is no yes")
    @ValueSource(strings = {"<html>ok</html>", "{}", "[]", "null", "{\\\"sid\\\":null}", "{\\\"sid\\\":\\\"\\\"}", "{\\\"sid\\\":\\\"a b\\\"}", "{\\\"sid\\\":7}", "{\\\"sid\\\":\\\"SM1\\\"", "\\u0000", "[[[[[[[["})
    void believesNoNonsense(String body) throws Exception {
        start();
        fault("{'kind':'http','when':'AFTER','status':200,'text':'" + body + "'}");
        assertEquals(Verdict.UNKNOWN, send(sms("a")).verdict());
        assertEquals(1, received().size(), "it was taken all the same");
    }

    @Test
    @DisplayName("REL-16: Retry-After is handed on, in seconds or as an instant")
    void handsOnRetryAfter() throws Exception {
        start();
        fault("[{'kind':'http','status':429,'millis':7000,'times':1},{'kind':'throttle','perSecond':0}]");
        assertEquals(Duration.ofSeconds(7), send(sms("a")).retryAfter());
        Submission throttled = send(sms("a"));
        assertEquals(Verdict.THROTTLE, throttled.verdict());
        assertEquals(Duration.ofSeconds(1), throttled.retryAfter());
        assertNull(Reply.of(new Provider.Answer(429, "", "soon"), org.carillon.delivery.Verdicts.STANDARD, () -> Instant.EPOCH).retryAfter());
        assertEquals(Duration.ofSeconds(90), Reply.of(new Provider.Answer(429, "", "Thu, 01 Jan 1970 00:01:30 GMT"), org.carillon.delivery.Verdicts.STANDARD, () -> Instant.EPOCH).retryAfter());
    }

    @Test
    void knowsNothingAfterSilence() throws Exception {
        start("responseTimeout", "PT0.3S");
        fault("[{'kind':'silence','when':'AFTER','times':1},{'kind':'silence','when':'BEFORE','times':1}]");
        for (int i = 0; i < 2; i++) assertEquals(Verdict.UNKNOWN, send(sms("a")).verdict());
        assertEquals(1, received().size());
        assertEquals(Verdict.ACCEPTED, send(sms("b")).verdict());
    }

    @Test
    void knowsNothingAfterACut() throws Exception {
        start();
        fault("[{'kind':'disconnect','when':'AFTER','times':1},{'kind':'disconnect','when':'BEFORE','times':1}]");
        for (int i = 0; i < 2; i++) assertEquals(Verdict.UNKNOWN, send(sms("a")).verdict());
        assertEquals(1, received().size());
        assertEquals(2, SubmitLog.read(log).size(), "nothing is tried twice");
        assertEquals(Verdict.ACCEPTED, send(sms("b")).verdict());
    }

    @Test
    @DisplayName("4.2: before the first byte nothing was sent, and the provider is not called for a while")
    void knowsThatNothingWasSentWithoutAConnection() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        start("url", "http://127.0.0.1:" + free);
        assertEquals(Verdict.NOT_SENT, send(sms("a")).verdict());
        assertFalse(gateway.health().open());
        assertFalse(gateway.health().suspended());
        assertEquals(Verdict.NOT_SENT, send(sms("a")).verdict());
        gateway.stop();
        start("url", "http://localhost:" + simulator.url().getPort() + "/", "responseTimeout", "PT1S");
        Outgoing late = new Outgoing(UUID.randomUUID(), 7, 1, TO, "", sms("x").content(), Duration.ofHours(1), System.nanoTime() - 1);
        assertEquals(Verdict.NOT_SENT, send(late).verdict());
        assertTrue(gateway.health().open());
        assertEquals(List.of(), SubmitLog.read(log));
    }

    @Test
    @DisplayName("a provider that swallows connections shuts the route, though each message was too late for it anyway")
    void closesWhereNoConnectionComesAbout() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    Socket socket = new Socket();
                    waiting.add(socket);
                    socket.connect(full.getLocalSocketAddress(), 200);
                }
            } catch (IOException e) {
                // full
            }
            start("url", "http://127.0.0.1:" + full.getLocalPort(), "responseTimeout", "PT0.5S");
            Submission submission = send(new Outgoing(UUID.randomUUID(), 7, 1, TO, "", sms("x").content(), Duration.ofHours(1), System.nanoTime() + 100_000_000));
            assertEquals(Verdict.NOT_SENT, submission.verdict());
            assertEquals("no connection in time, nothing was written", submission.detail());
            assertFalse(gateway.health().open());
            for (Socket socket : waiting) socket.close();
        }
    }

    @Test
    void waitsNoLongerThanItMayForAnAnswerThatNeverEnds() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            executor.execute(() -> drip(server));
            start("url", "http://127.0.0.1:" + server.getLocalPort(), "responseTimeout", "PT0.6S");
            long began = System.nanoTime();
            assertEquals(Verdict.UNKNOWN, send(sms("a")).verdict());
            assertTrue(System.nanoTime() - began < SECONDS.toNanos(30), "the whole would last a minute");
        }
    }

    /** A yes whose body comes a byte at a time, for a minute. */
    private static void drip(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write("HTTP/1.1 201 Created\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 1_200; i++) {
                socket.getOutputStream().write(' ');
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException e) {
            // hung up on
        }
    }

    @Test
    @DisplayName("SEC-11: an answer has at most 64 KiB")
    void readsNoMoreThanItMust() throws Exception {
        start();
        fault("{'kind':'http','status':201,'when':'AFTER','times':1,'text':'" + "x".repeat(70_000) + "'}");
        assertEquals(Verdict.UNKNOWN, send(sms("a")).verdict());
        fault("{'kind':'http','status':404,'times':1,'text':'" + "x".repeat(70_000) + "'}");
        assertEquals(Verdict.PERMANENT, send(sms("a")).verdict(), "a no is a no, however long");
    }

    @ParameterizedTest(name = "{1} messages at a window of {0}")
    @CsvSource({"10,500", "100,1000"})
    void keepsAWindowFullWithoutAThreadForEach(int window, int messages) throws Exception {
        start("window", "" + window, "responseTimeout", "PT10S");
        fault("{'kind':'delay','millis':20}");
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        long began = System.nanoTime();
        List<CompletableFuture<Submission>> all = new ArrayList<>();
        int most = 0;
        for (int i = 0; i < messages; i++) {
            all.add(gateway.submit(sms("n" + i, "+1514555" + (1000 + i), "", Duration.ofHours(1))).toCompletableFuture());
            if (i % 100 == 99) {
                most = Math.max(most, (int) Thread.getAllStackTraces().keySet().stream().filter(t -> !before.contains(t)).filter(t -> t.getName().startsWith("Thread-") || t.getName().startsWith("httpclient")).count());
            }
        }
        Map<Verdict, Long> verdicts = new HashMap<>();
        for (CompletableFuture<Submission> one : all) verdicts.merge(one.get(30, TimeUnit.SECONDS).verdict(), 1L, Long::sum);
        double seconds = (System.nanoTime() - began) / 1e9;
        System.getLogger("bench").log(System.Logger.Level.INFO, "window {0}: {1} messages a second", window, Math.round(messages / seconds));
        assertEquals(Map.of(Verdict.ACCEPTED, (long) messages), verdicts);
        assertEquals(messages, SubmitLog.read(log).stream().map(SubmitLog.Line::destination).distinct().count());
        assertTrue(most <= 4, most + " threads");
    }

    @Test
    void waitsForTheAnswersOfWhatIsOnTheWireWhenItStops() throws Exception {
        start();
        fault("{'kind':'delay','millis':300}");
        CompletableFuture<Submission> under = gateway.submit(sms("a")).toCompletableFuture();
        TimeUnit.MILLISECONDS.sleep(100);
        gateway.stop();
        assertEquals(Verdict.ACCEPTED, under.get(5, SECONDS).verdict());
        assertEquals(Verdict.NOT_SENT, send(new Outgoing(UUID.randomUUID(), 7, 1, TO, "", sms("x").content(), Duration.ofHours(1), System.nanoTime() + 100_000_000)).verdict());
    }

    @Test
    @DisplayName("reliability.md 1.5: the provider lists what it was given, page by page")
    void listsWhatTheProviderHas() throws Exception {
        start("window", "50");
        Instant before = Instant.now();
        for (int i = 0; i < 130; i++) send(sms("Bonjour " + i));
        send(sms("autre", "+15145550111", "", Duration.ofHours(1)));
        List<Listing.Listed> listed = gateway.since(TO, before);
        assertEquals(130, listed.size());
        assertEquals(received().stream().map(Sms::text).collect(Collectors.toSet()), listed.stream().map(Listing.Listed::text).collect(Collectors.toSet()));
        assertEquals(List.of(), gateway.since(TO, before.plus(Duration.ofMinutes(5))));
        for (String answer : List.of("{'kind':'http','when':'LIST','status':500,'times':1}", "{'kind':'http','when':'LIST','status':200,'text':'<html>','times':1}",
                "{'kind':'http','when':'LIST','status':429,'times':1}")) {
            fault(answer);
            assertTrue(assertThrows(Listing.Unlisted.class, () -> gateway.since(TO, before)).passing());
        }
        fault("{'kind':'http','when':'LIST','status':405,'times':1}");
        assertFalse(assertThrows(Listing.Unlisted.class, () -> gateway.since(TO, before)).passing());
    }

    private HttpSettings secured(String host, int port) {
        return new HttpSettings(URI.create("https://" + host + ":" + port), MessagesApi.ACCOUNT, MessagesApi.TOKEN, "", "GARAGE", "", 10, Duration.ofSeconds(3), Duration.ofHours(10), "", TERMS,
            "", true);
    }

    @Test
    @DisplayName("SEC-27: TLS to the host that was asked for, and no credential byte to any other")
    void speaksTlsToTheRightHostOnly() throws Exception {
        for (Map.Entry<TestTls, Verdict> each : Map.of(TestTls.forNames("dns:localhost"), Verdict.ACCEPTED, TestTls.forNames("dns:other.example"), Verdict.NOT_SENT,
                TestTls.expired("dns:localhost"), Verdict.NOT_SENT).entrySet()) {
            CompletableFuture<String> heard = new CompletableFuture<>();
            try (ServerSocket server = each.getKey().listen()) {
                executor.execute(() -> heard.complete(answerOnce(server)));
                start(secured("localhost", server.getLocalPort()), each.getKey().context());
                Submission submission = send(sms("a"));
                assertEquals(each.getValue(), submission.verdict(), submission::toString);
                assertEquals(each.getValue() != Verdict.ACCEPTED, gateway.health().suspended(), "a person must look");
                assertEquals(each.getValue() == Verdict.ACCEPTED, heard.get(5, SECONDS).contains("Authorization: Basic"));
                gateway.stop();
            }
        }
        try (ServerSocket server = TestTls.forNames("dns:localhost").listen()) {
            executor.execute(() -> answerOnce(server));
            start(secured("localhost", server.getLocalPort()), SSLContext.getDefault());
            assertEquals(Verdict.NOT_SENT, send(sms("a")).verdict(), "nobody vouches for it");
        }
    }

    private static String answerOnce(ServerSocket server) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            byte[] request = new byte[8192];
            int read = Math.max(0, in.read(request));
            byte[] body = "{\"sid\":\"SM1\"}".getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(("HTTP/1.1 201 Created\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            return new String(request, 0, read, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void tellsNothingSecretOfItself() {
        Map<String, String> given = settings();
        HttpSettings settings = HttpSettings.read(name -> Optional.ofNullable(given.get(name)), "", true);
        assertFalse(settings.toString().contains(MessagesApi.TOKEN));
        assertFalse(HttpSettings.read(name -> Optional.empty(), "", false).isPresent());
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> HttpSettings.read(name -> Optional.ofNullable(name.equals("authToken") ? "" : given.get(name)), "", true));
        assertNotNull(refused.getMessage());
    }
}
