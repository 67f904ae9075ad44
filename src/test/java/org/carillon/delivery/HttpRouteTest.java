package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.carillon.delivery.http.HttpGateway;
import org.carillon.delivery.http.HttpSettings;
import org.carillon.fact.Channel;
import org.carillon.simulator.MessagesApi;
import org.carillon.simulator.Simulator;
import org.carillon.simulator.SubmitLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way out over HTTP: dispatcher, database, gateway and a provider that hangs up. */
@Timeout(120)
class HttpRouteTest {

    private final DeliveryFixture shop = new DeliveryFixture();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private Simulator simulator;
    private Path log;
    private HttpGateway gateway;
    private Dispatcher dispatcher;
    private Reconciler reconciler;

    @BeforeEach
    void openTheProvider() throws Exception {
        log = Files.createTempFile("submits", ".log");
        simulator = Simulator.start(new Simulator.Settings(0, -1, -1, log, shop.database.as("carillon_app")));
        Map<String, String> given = Map.of("url", "http://127.0.0.1:" + simulator.url().getPort(), "accountSid", MessagesApi.ACCOUNT, "authToken", MessagesApi.TOKEN, "sender", "GARAGE",
            "responseTimeout", "PT2S", "window", "20");
        gateway = new HttpGateway("smpp", HttpSettings.read(name -> Optional.ofNullable(given.get(name)), "", true), shop.clock::now);
        gateway.start(executor, Executors.defaultThreadFactory(), SSLContext.getDefault());
        dispatcher = shop.dispatcher(shop.node, gateway);
        reconciler = new Reconciler(new Doubts(shop.jdbi, Deadlines.DEFAULT), shop.clock, () -> Map.of("smpp", gateway));
    }

    @AfterEach
    void close() throws Exception {
        gateway.stop();
        simulator.close();
        executor.shutdownNow();
        Files.deleteIfExists(log);
    }

    private void fault(String json) throws Exception {
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(simulator.url() + "faults")).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))).build(), HttpResponse.BodyHandlers.discarding());
    }

    @Test
    @DisplayName("1.5, REL-08: what the provider lists is not sent again and what it lacks is: none lost, none doubled")
    void losesAndDoublesNothingThoughTheProviderHangsUp() throws Exception {
        fault("[{'kind':'disconnect','when':'AFTER','rate':0.15},{'kind':'disconnect','when':'BEFORE','rate':0.15},{'kind':'http','status':503,'rate':0.1},{'kind':'http','when':'AFTER','status':200,"
            + "'text':'?','rate':0.1}]");
        List<Long> ids = shop.enqueueSms(120);
        dispatcher.drain(Channel.SMS);
        long unknown = shop.count("select count(*) from message_due where state = 'UNKNOWN'");
        assertTrue(unknown > 20, unknown + " unknown");
        assertTrue(ids.stream().map(shop::state).allMatch(s -> s.equals("UNKNOWN") || s.equals("ACCEPTED")));
        simulator.faults().clear();
        shop.advance(Duration.ofMinutes(6));
        while (reconciler.reconcile() > 0) { }
        assertEquals(0, shop.count("select count(*) from message_due where state = 'UNKNOWN'"));
        assertEquals(0, shop.count("select count(*) from message_due where resends > 0"), "nothing was sent on a guess");
        dispatcher.drain(Channel.SMS);
        assertEquals(Map.of("ACCEPTED", 120L), ids.stream().map(shop::state).collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
        Map<String, Long> taken = SubmitLog.read(log).stream().filter(line -> line.answer() == 0).collect(Collectors.groupingBy(SubmitLog.Line::text, Collectors.counting()));
        assertEquals(120, taken.size(), "lost");
        assertEquals(List.of(), taken.entrySet().stream().filter(e -> e.getValue() > 1).toList(), "doubled");
        assertEquals(0, shop.count("select count(*) from attempt where possible_duplicate"));
    }

    @Test
    @DisplayName("REL-16: a third throttled, with Retry-After: none failed, none counted")
    void keepsToRetryAfter() throws Exception {
        fault("{'kind':'http','status':429,'error':'20429','millis':1000,'times':3}");
        List<Long> ids = shop.enqueueSms(30);
        long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (shop.count("select count(*) from message_due") > 0) {
            assertTrue(System.nanoTime() < until, () -> ids.stream().map(shop::state).toList().toString());
            dispatcher.drain(Channel.SMS);
            shop.advance(Duration.ofSeconds(1));
        }
        assertTrue(ids.stream().map(shop::state).allMatch("ACCEPTED"::equals));
        assertEquals(33, SubmitLog.read(log).size());
        assertEquals(3, shop.count("select count(*) from attempt_outcome where verdict = 'THROTTLE'"));
    }
}
