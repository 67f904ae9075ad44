package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.carillon.run.Stack;
import org.carillon.simulator.MessagesApi;
import org.carillon.simulator.Sms;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The route over HTTP on the real node: a text in, an answer out, its delivery told back, and whoever only pretends to be the provider. */
class HooksIT {

    private static final String PHONE = "+14385550181", SHOP = "+14385550182";

    private static Stack stack;

    @BeforeAll
    static void shop() throws InterruptedException {
        stack = Stack.get();
        stack.owner().useTransaction(h -> {
            long place = h.createQuery("insert into location (code, name, zone, country, language, sms_sender) values ('HTTP', 'Par HTTP', 'America/Toronto', 'CA', 'fr', :sender) returning id")
                .bind("sender", SHOP).mapTo(Long.class).one();
            h.execute("insert into location_status select ?, id from order_status where active", place);
            h.execute("insert into route_choice (channel, location_id, rank, route) values ('SMS', ?, 1, 'http')", place);
            h.execute("update route_revision set revision = revision + 1");
            h.execute("notify carillon_route");
        });
        await(() -> post(url("http", "status"), url("http", "status"), Map.of("Hello", "world")) == 204);  // the node has heard of it
    }

    private static String url(String route, String kind) { return stack.url() + "api/v1/hooks/" + route + "/" + kind; }

    /** Signed for an address, which need not be the one that is called. */
    private static int post(String url, String signedFor, Map<String, String> fields) {
        return post(url, signedFor == null ? null : MessagesApi.sign(signedFor, fields), fields.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&")), "application/x-www-form-urlencoded");
    }

    private static int post(String url, String signature, String body, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
        if (signature != null) request.header("X-Twilio-Signature", signature);
        return status(request);
    }

    private static int status(HttpRequest.Builder request) {
        try {
            return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(String sql) { return stack.owner().withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "waited in vain");
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Test
    @DisplayName("SEC-18, REL-23, REL-24: a text comes in, its answer leaves by the same provider and is told delivered; what comes again changes nothing")
    void talksWithTheProvider() throws Exception {
        Map<String, String> text = new TreeMap<>(Map.of("MessageSid", "SMhooks1", "AccountSid", MessagesApi.ACCOUNT, "From", PHONE, "To", SHOP, "Body", "AIDE", "NumMedia", "0"));
        for (int i = 0; i < 3; i++) assertEquals(200, post(url("http", "inbound"), url("http", "inbound"), text));
        assertEquals(1, count("select count(*) from inbound_message where provider_id = 'SMhooks1' and route = 'http' and reading = 'HELP'"));
        await(() -> !stack.simulator().phones().receivedBy(PHONE).isEmpty());
        Sms answer = stack.simulator().phones().receivedBy(PHONE).get(0);
        assertEquals(SHOP, answer.from());
        assertEquals(0, answer.parts().get(0).connection(), "over HTTP");
        await(() -> count("select count(*) from message where recipient = '" + PHONE + "' and state = 'DELIVERED'") == 1);
        String id = answer.parts().get(0).messageId();
        assertEquals(2, count("select count(*) from receipt where provider_id = '" + id + "'"), "sent and delivered");
        for (int i = 0; i < 3; i++) {
            Map<String, String> again = Map.of("MessageSid", id, "MessageStatus", i == 0 ? "sent" : i == 1 ? "delivered" : "failed", "To", PHONE);
            assertEquals(200, post(url("http", "status"), url("http", "status"), again));
        }
        assertEquals(3, count("select count(*) from receipt where provider_id = '" + id + "'"), "only the contradiction is new");
        assertEquals(1, count("select count(*) from message where recipient = '" + PHONE + "' and state = 'DELIVERED'"), "and changes nothing");
        assertEquals(200, post(url("http", "status"), url("http", "status"), Map.of("MessageSid", "SMforeign", "MessageStatus", "delivered", "To", "+14385550189")), "kept: its message may yet come");
        assertEquals(1, count("select count(*) from receipt where provider_id = 'SMforeign' and message_id is null"));
        stack.simulator().api().write(PHONE, SHOP, "ARRÊT").get(20, TimeUnit.SECONDS);
        assertEquals(1, count("select count(*) from suppression where address = '" + PHONE + "' and released_at is null"), "REL-24: stored before 200");
    }

    @Test
    @DisplayName("SEC-18, LAW-12: a stop that only the provider knows is taken over, once: who started again is not stopped by the same callback")
    void takesOverAStopOfTheProvider() throws Exception {
        String stopped = "select count(*) from suppression where address = '+14385550188' and reason = 'OPTED_OUT' and released_at is null";
        Map<String, String> refused = Map.of("MessageSid", "SMpool", "MessageStatus", "failed", "ErrorCode", "21610", "To", "+14385550188");
        assertEquals(200, post(url("http", "status"), url("http", "status"), refused));
        assertEquals(1, count(stopped));
        stack.simulator().api().write("+14385550188", SHOP, "START").get(20, TimeUnit.SECONDS);
        assertEquals(0, count(stopped));
        assertEquals(200, post(url("http", "status"), url("http", "status"), refused));
        assertEquals(0, count(stopped), "told again");
        assertEquals(200, post(url("http", "status"), url("http", "status"), Map.of("MessageSid", "SMpool2", "MessageStatus", "failed", "ErrorCode", "21610", "To", "+14385550188")));
        assertEquals(1, count(stopped), "another message was refused");
    }

    @Test
    @DisplayName("REL-23: a callback before the answer, and one in the place of an answer that was lost")
    void believesACallbackWhereTheAnswerIsLateOrLost() throws Exception {
        String early = "+14385550183", lost = "+14385550184";
        status(HttpRequest.newBuilder(URI.create(stack.simulator().url() + "faults")).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(
            ("[{'kind':'receipt','early':true,'times':1,'to':'" + early + "'},{'kind':'disconnect','when':'AFTER','times':1,'to':'" + lost + "'}]").replace('\'', '"'))));
        for (String phone : List.of(early, lost)) {
            stack.simulator().api().write(phone, SHOP, "AIDE").get(20, TimeUnit.SECONDS);
            await(() -> count("select count(*) from message where recipient = '" + phone + "' and state = 'DELIVERED'") == 1);
            assertEquals(1, stack.simulator().phones().receivedBy(phone).size(), "sent once");
        }
        assertEquals(1, count("select count(*) from message_event e join message m on m.id = e.message_id where m.recipient = '" + lost + "' and e.to_state = 'UNKNOWN'"));
    }

    @Test
    @DisplayName("SEC-18, SEC-28, SEC-31: nobody else is believed, and nobody learns anything")
    void believesNobodyElse() {
        Map<String, String> forged = Map.of("MessageSid", "SMforged", "MessageStatus", "delivered", "From", PHONE, "To", SHOP, "Body", "STOP");
        for (String kind : List.of("status", "inbound")) {
            String url = url("http", kind);
            assertEquals(403, post(url, null, forged));
            assertEquals(403, post(url, url + "?ref=0001", forged), "signed for another address");
            assertEquals(403, post(url, url.replace("127.0.0.1", "evil.example"), forged));
            assertEquals(403, post(url("smpp", kind), url("smpp", kind), forged), "a route without hooks");
            assertEquals(403, post(url("none", kind), url("none", kind), forged), "no route");
            assertEquals(403, post(url, "x".repeat(2_000), "a=%zz", "application/x-www-form-urlencoded"));
            assertEquals(413, post(url, "x", "a=" + "x".repeat(70_000), "application/x-www-form-urlencoded"));
            assertEquals(415, post(url, "x", "{}", "application/json"));
            assertEquals(204, post(url, url, Map.of("Hello", "world")), "signed, and of no meaning");
            assertEquals(405, status(HttpRequest.newBuilder(URI.create(url))));
        }
        assertEquals(0, count("select count(*) from inbound_message where provider_id = 'SMforged'"));
        assertEquals(0, count("select count(*) from receipt where provider_id = 'SMforged'"));
    }
}
