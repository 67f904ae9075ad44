package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Postmarks;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.run.Stack;
import org.carillon.shop.Seals;
import org.carillon.simulator.Mail;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An offer leaves, and whoever got it stops it: by their mail program's button, or by the link and a person's press. */
class UnsubscribeIT {

    private final Stack stack = Stack.get();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fr; Ne plus recevoir d’offres ?; C’est noté : plus d’offres; C’est noté : plus aucun courriel; Vos courriels",
        "en; No more offers?; Noted: no more offers; Noted: no more e-mails; Your e-mails"})
    @DisplayName("LAW-17, SEC-28: the link of an offer, from the mailbox to the page, in the customer's language")
    void stopsByThePage(String language, String asks, String offers, String all, String title) throws Exception {
        Mail mail = offer(language);
        String link = mail.text().replaceAll("(?s).*(http\\S+unsubscribe\\S+).*", "$1");
        try (Browser browser = Browser.open(stack.url(), language.equals("fr") ? "en" : "fr")) {
            String page = link.substring(link.indexOf("/open"));
            browser.go(page).awaitText(asks);
            assertEquals(0, stops(mail));
            Fitness.check(browser, "unsubscribe", language);
            browser.click("mails:offers").awaitText(offers);
            assertEquals(1, stops(mail));
            Fitness.check(browser, "unsubscribed", language);
            browser.click("mails:all").awaitText(all);
            browser.click("mails:restart").awaitText(asks);
            assertEquals(0, stops(mail));
            browser.go("/open/unsubscribe.xhtml?l=" + language + "&t=" + "0".repeat(48));
            Fitness.check(browser, "unsubscribe-gone", language);
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test @DisplayName("LAW-17: GET a thousand times changes nothing, one POST without cookie stops offers; SEC-28: random tokens all get one answer")
    void stopsByOneClick() throws Exception {
        Mail mail = offer("fr");
        String header = mail.headers().stream().filter(h -> h.startsWith("List-Unsubscribe:")).findFirst().orElseThrow();
        URI link = URI.create(header.replaceAll("(?s).*<(http[^>]+)>.*", "$1"));
        assertTrue(mail.headers().contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
        HttpRequest get = HttpRequest.newBuilder(link).GET().build();
        for (int i = 0; i < 20; i++) {
            List<CompletableFuture<Integer>> fifty = Stream.generate(() -> client.sendAsync(get, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode)).limit(50).toList();
            assertEquals(Set.of(303), fifty.stream().map(CompletableFuture::join).collect(Collectors.toSet()));
        }
        assertEquals(0, stops(mail));
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 90; i++) {
            answers.add(post(link.resolve((UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 48))));
        }
        assertEquals(Set.of("200 OK"), answers, "the same for all");
        String many = "";
        for (int i = 0; i < 100 && !many.startsWith("429"); i++) {
            many = post(link.resolve("f".repeat(48)));
        }
        assertTrue(many.startsWith("429"), "guessing is slowed down");
        assertEquals("200 OK", post(link), "and a good one always works");
        assertEquals(1, stops(mail));
    }

    @Test @DisplayName("LAW-06: sixty days after the sending the link answers 200 with the page that asks, and a press stops offers")
    void worksSixtyDaysLater() throws Exception {
        try (Stack own = Stack.own("sixty", java.util.Map.of())) {
            Mail mail = offer(own, "fr");
            String link = mail.text().replaceAll("(?s).*(http\\S+unsubscribe\\S+).*", "$1");
            own.owner().useHandle(h -> h.execute("update application_clock set offset_ms = offset_ms + 60::bigint * 86400000"));
            java.time.Instant moved = own.owner().withHandle(h -> h.createQuery("select clock_timestamp()").mapTo(java.time.Instant.class).one());
            for (int i = 0; i < 300 && !own.owner().withHandle(h -> h.createQuery("select bool_and(heartbeat_at > :moved) from node").bind("moved", moved).mapTo(Boolean.class).one()); i++) Thread.sleep(100);
            HttpResponse<String> page = client.send(HttpRequest.newBuilder(URI.create(link)).GET().build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, page.statusCode());
            assertTrue(page.body().contains("Ne plus recevoir d’offres"), page.body());
            URI header = URI.create(mail.headers().stream().filter(h -> h.startsWith("List-Unsubscribe:")).findFirst().orElseThrow().replaceAll("(?s).*<(http[^>]+)>.*", "$1"));
            assertEquals("200 OK", post(header));
            assertEquals(1, stops(own, mail));
            boolean later = own.jdbi().withHandle(h -> h.createQuery("select s.at >= m.created_at + interval '60 days' from suppression s join message m on m.recipient = s.address").mapTo(Boolean.class).one());
            assertTrue(later, "the node's clock is sixty days on");
        }
    }

    private String post(URI to) throws Exception {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(to).header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click")).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(List.of(), answer.headers().allValues("Set-Cookie"));
        return answer.statusCode() + " " + answer.body().strip();
    }

    private long stops(Mail mail) { return stops(stack, mail); }

    private static long stops(Stack stack, Mail mail) {
        return stack.jdbi().withHandle(h -> h.createQuery("select count(*) from suppression where address = :to and released_at is null").bind("to", mail.to().get(0)).mapTo(Long.class).one());
    }

    /** An offer as the node sends it. */
    private Mail offer(String language) throws Exception { return offer(stack, language); }

    private static Mail offer(Stack stack, String language) throws Exception {
        String to = UUID.randomUUID() + "@home.example";
        Jdbi jdbi = stack.jdbi();
        ApplicationClock clock = new ApplicationClock(jdbi);
        Postmarks marks = new Postmarks(new Seals(jdbi), name -> java.util.Optional.ofNullable(stack.settings().get(name)));
        jdbi.useTransaction(h -> {
            long place = h.createQuery("insert into location (code, name, zone, country, language, quiet_from, quiet_to, active) values (gen_random_uuid()::text, 'Sans nuit', 'UTC', 'CA', 'fr', '00:00', '00:00', "
                + "false) returning id").mapTo(Long.class).one();  // an offer waits for the end of the night
            long customer = h.createQuery("insert into customer (location_id, ref, name, language, email_consent, marketing_consent, created_at) values (?, gen_random_uuid()::text, "
                + "'Rose Côté', ?, true, true, now()) returning id").bind(0, place).bind(1, language).mapTo(Long.class).one();
            new Outbox(jdbi, clock, marks).enqueue(List.of(new NewMessage(null, 0, 0, null, place, customer, null, null, Channel.EMAIL, Purpose.MARKETING, to, "garage@garage.example",
                "Rabais", "Bonjour", clock.now().plus(Duration.ofHours(1)), false)));
        });
        for (int i = 0; i < 200; i++) {
            List<Mail> came = stack.simulator().mailboxes().receivedBy(to);
            if (!came.isEmpty()) {
                return came.get(0);
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the offer did not leave");
    }
}
