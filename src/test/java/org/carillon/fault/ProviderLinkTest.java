package org.carillon.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
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
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.SmsTerms;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdict;
import org.carillon.delivery.http.HttpGateway;
import org.carillon.delivery.http.HttpSettings;
import org.carillon.simulator.Fault;
import org.carillon.simulator.MessagesApi;
import org.carillon.simulator.Simulator;
import org.carillon.simulator.SubmitLog;
import org.carillon.template.Alphabet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The link to a provider over HTTP broken in every way of the suite, each verdict judged against the provider's own log (table 4.2). */
@Timeout(120)
class ProviderLinkTest {

    private static final SmsTerms TERMS = new SmsTerms(Alphabet.GSM7, LongMessages.PAYLOAD, null);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private Path log;
    private Simulator simulator;
    private FaultProxy link;
    private HttpGateway gateway;
    private int numbers = 1_000;

    @BeforeEach void open() throws Exception {
        log = Files.createTempFile("submits", ".log");
        simulator = Simulator.start(new Simulator.Settings(0, -1, -1, log, null));
        link = FaultProxy.to(simulator.url().getPort(), 7);
        Map<String, String> given = Map.of("url", "http://127.0.0.1:" + link.port(), "accountSid", MessagesApi.ACCOUNT, "authToken", MessagesApi.TOKEN, "sender", "CARILLON", "responseTimeout", "PT1S");
        gateway = new HttpGateway("http", HttpSettings.read(name -> Optional.ofNullable(given.get(name)), "", true), Instant::now);
        gateway.start(executor, Executors.defaultThreadFactory(), SSLContext.getDefault());
    }

    @AfterEach void close() throws IOException {
        gateway.stop();
        link.close();
        simulator.close();
        executor.shutdownNow();
        Files.deleteIfExists(log);
    }

    /** Ten at once; what became of each, by its number. */
    private Map<String, Submission> send() throws Exception {
        Map<String, CompletableFuture<Submission>> sent = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            String number = "+1514555" + numbers++;
            sent.put(number, gateway.submit(new Outgoing(UUID.randomUUID(), numbers, 1, number, "", new Outgoing.Sms(false, "Votre auto est prete", 0, 1, 1, TERMS), Duration.ofHours(1),
                System.nanoTime() + TimeUnit.SECONDS.toNanos(5))).toCompletableFuture());
        }
        Map<String, Submission> outcomes = new LinkedHashMap<>();
        for (Map.Entry<String, CompletableFuture<Submission>> one : sent.entrySet()) {
            outcomes.put(one.getKey(), one.getValue().get(30, TimeUnit.SECONDS));
        }
        return outcomes;
    }

    /** Nothing is said to be taken or not taken that the provider's log does not say as well. */
    private Set<Verdict> judge(Map<String, Submission> outcomes) throws Exception {
        TimeUnit.MILLISECONDS.sleep(200);  // what was on its way is in the log
        Map<String, List<Integer>> answers = SubmitLog.read(log).stream().collect(Collectors.groupingBy(line -> "+" + line.destination().replace("+", ""),
            Collectors.mapping(SubmitLog.Line::answer, Collectors.toList())));
        outcomes.forEach((number, outcome) -> {
            List<Integer> seen = answers.getOrDefault(number, List.of());
            assertTrue(seen.size() <= 1, number + " was written once at most: " + seen);
            switch (outcome.verdict()) {
                case ACCEPTED -> assertEquals(List.of(0), seen, outcome.toString());
                case NOT_SENT -> assertEquals(List.of(), seen, outcome.toString());
                case THROTTLE -> assertEquals(List.of(429), seen, outcome.toString());
                default -> assertEquals(Verdict.UNKNOWN, outcome.verdict(), outcome.toString());
            }
        });
        return outcomes.values().stream().map(Submission::verdict).collect(Collectors.toCollection(() -> EnumSet.noneOf(Verdict.class)));
    }

    private void heal() throws Exception {
        link.heal(true);
        simulator.faults().clear();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!judge(send()).equals(Set.of(Verdict.ACCEPTED))) {
            assertTrue(System.nanoTime() < end, "it comes back");
        }
    }

    private void fault(String json) { simulator.faults().add(Fault.of(Json.createReader(new StringReader(json)).readObject())); }

    @Test @DisplayName("4.2: refused is not sent; it comes back by itself")
    void refused() throws Exception {
        heal();
        link.afflict(new Toxic.Refuse());
        Set<Verdict> verdicts = judge(send());
        assertTrue(EnumSet.of(Verdict.NOT_SENT, Verdict.UNKNOWN).containsAll(verdicts) && verdicts.contains(Verdict.NOT_SENT), verdicts::toString);
        assertEquals(Set.of(Verdict.NOT_SENT), judge(send()), "nobody listens, and no connection is left");
        heal();
    }

    @Test @DisplayName("4.2: what is written into a half-open link is unknown")
    void halfOpen() throws Exception {
        heal();
        link.afflict(new Toxic.Blackhole());
        assertTrue(judge(send()).contains(Verdict.UNKNOWN));
        heal();
    }

    @Test @DisplayName("4.2: a cut in the request or in the answer is unknown, also where the provider took the text")
    void cutInTheAnswer() throws Exception {
        List<String> taken = new ArrayList<>();
        for (int octets = 300; octets <= 1_500 && taken.isEmpty(); octets += 60) {
            link.afflict(new Toxic.Limit(octets));
            Map<String, Submission> outcomes = send();
            judge(outcomes);
            Set<String> kept = SubmitLog.read(log).stream().filter(line -> line.answer() == 0).map(line -> "+" + line.destination().replace("+", "")).collect(Collectors.toSet());
            outcomes.forEach((number, outcome) -> {
                if (outcome.verdict() == Verdict.UNKNOWN && kept.contains(number)) {
                    taken.add(number + " after " + outcome);
                }
            });
        }
        assertTrue(!taken.isEmpty(), "one was taken, and nobody heard");
        heal();
    }

    @Test @DisplayName("4.2, REL-16: 429 slows down and counts nothing; 503 says nothing")
    void busyAndUnavailable() throws Exception {
        fault("{\"kind\":\"HTTP\",\"status\":429,\"millis\":2000}");
        assertEquals(Set.of(Verdict.THROTTLE), judge(send()));
        simulator.faults().clear();
        fault("{\"kind\":\"HTTP\",\"status\":503,\"when\":\"BEFORE\",\"rate\":0.5}");
        fault("{\"kind\":\"HTTP\",\"status\":503,\"when\":\"AFTER\"}");
        assertEquals(Set.of(Verdict.UNKNOWN), judge(send()));
        heal();
    }
}
