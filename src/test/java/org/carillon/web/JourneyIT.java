package org.carillon.web;

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
import java.util.concurrent.locks.LockSupport;
import org.carillon.run.Stack;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The main job on real parts: a notification is written on the page, an order becomes ready, the handset shows the text, the feed says delivered. */
class JourneyIT {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Stack stack = Stack.get();

    @Test @DisplayName("RO-06, RO-08, RO-10, RO-14, RO-24, RO-25: from the notification on the page to the text on the handset and the feed, in French")
    void fromTheNotificationToTheHandset() throws Exception {
        try (Browser browser = Browser.open(stack.url(), "fr").signIn(stack.accounts().get("admin.user"), stack.accounts().get("admin.password"))) {
            writeNotification(browser, "Vehicule pret a emporter", "Bonjour {customer.name}, tout est fini, venez quand vous voulez.");
            orderFor(browser, "Odette Marchand", "514 555-0176");
            assertEquals(List.of(), handset("+15145550176"));
            browser.click(By.cssSelector("#steps summary")).click(By.cssSelector("#steps [data-status='READY']"));
            browser.awaitText("tout est fini, venez quand vous voulez");
            browser.awaitText("Livré");
            assertTrue(handset("+15145550176").contains("Bonjour Odette Marchand, tout est fini, venez quand vous voulez."), "the handset has the text");
            assertEquals(List.of(), browser.complaints());
            browser.picture("journey-order");
        }
    }

    @Test @DisplayName("The same by REST: PUT customer, PUT order, PUT READY; the handset and GET /messages show it, the repeated PUT sends nothing")
    void theSameByRest() throws Exception {
        // the demo company keeps this one switched off until somebody wants it
        stack.owner().useHandle(h -> h.execute("update automation set state = 'ACTIVE', rev = rev + 1 where ref = 'demo-mtl-ready'"));
        put("customers/J-1", "{\"location\":\"MTL\",\"name\":\"Basile Roy\",\"language\":\"fr\",\"phones\":[{\"number\":\"514 555-0178\"}],\"consent\":{\"sms\":true}}");
        put("orders/J-1", "{\"location\":\"MTL\",\"customer\":\"J-1\",\"status\":\"IN_PROGRESS\",\"object\":\"Kia Soul\"}");
        for (int i = 0; i < 10; i++) {
            put("orders/J-1", "{\"location\":\"MTL\",\"customer\":\"J-1\",\"status\":\"READY\",\"object\":\"Kia Soul\"}");
        }
        until("the handset rings", () -> !handset("+15145550178").isEmpty());
        until("the receipt has come", () -> get("messages?order=J-1").contains("\"DELIVERED\""));
        int sent = stack.jdbi().withHandle(h -> h.createQuery("select count(*) from planned_notification p join work_order o on o.id = p.subject_id where o.ref = 'J-1' "
            + "and p.required_status = 'READY' and p.state = 'RELEASED'").mapTo(Integer.class).one());
        stack.owner().useHandle(h -> h.execute("update automation set state = 'PAUSED', rev = rev + 1 where ref = 'demo-mtl-ready'"));
        int texts = stack.jdbi().withHandle(h -> h.createQuery("select count(distinct a.id) from automation a join automation_location al on al.automation_id = a.id join location l "
            + "on l.id = al.location_id where l.code = 'MTL' and a.status = 'READY' and (a.state = 'ACTIVE' or a.ref = 'demo-mtl-ready') and not a.deleted and a.delay_n = 0 and not a.opening_hours_only "
            + "and a.channels like '%SMS%'").mapTo(Integer.class).one());
        assertEquals(texts, sent, "each notification once, however often the state is told (P-02, RO-13)");
        List<Boolean> together = stack.jdbi().withHandle(h -> h.createQuery("select p.xmin = e.xmin from planned_notification p join work_order o on o.id = p.subject_id join message m on m.plan_id = p.id "
            + "join message_event e on e.message_id = m.id and e.from_state = 'NEW' where o.ref = 'J-1' and p.state = 'RELEASED'").mapTo(Boolean.class).list());
        assertTrue(!together.isEmpty() && together.stream().allMatch(t -> t), "REL-02: the plan is released in the transaction that stores its message");
    }

    private static void writeNotification(Browser browser, String template, String text) {
        browser.go("/notification/list.xhtml");
        browser.choose("list:at", "Garage Rosemont");
        browser.await(d -> d.findElement(By.cssSelector(".c-head p")).getText().contains("Rosemont")).click("list:add").see(By.id("edit:status"));
        browser.choose("edit:status", "Prêt");
        browser.click(By.xpath("//li[label[@for='edit:fresh:1']]"));
        browser.type("edit:name", template).type("edit:frSms", text).click("edit:save");
        browser.awaitText(template);
    }

    private static void orderFor(Browser browser, String name, String phone) {
        browser.go("/order/edit.xhtml");
        if (!browser.driver().findElements(By.id("form:location")).isEmpty()) {
            browser.choose("form:location", "Garage Rosemont");
        }
        browser.click(By.xpath("//li[label[@for='form:who:1']]")).type("form:name", name).type("form:phone", phone);
        browser.click("form:sms").type("form:object", "Honda Fit").click("form:create").await(d -> d.getCurrentUrl().contains("/order/view"));
    }

    private List<String> handset(String number) throws IOException, InterruptedException {
        String json = HTTP.send(HttpRequest.newBuilder(stack.simulator().url().resolve("sms?to=" + URLEncoder.encode(number, StandardCharsets.UTF_8))).build(),
            HttpResponse.BodyHandlers.ofString()).body();
        try (var reader = jakarta.json.Json.createReader(new java.io.StringReader(json))) {
            return reader.readArray().getValuesAs(jakarta.json.JsonObject.class).stream().map(sms -> sms.getString("text")).toList();
        }
    }

    private void put(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(request(path).header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() / 100 == 2, path + ": " + answer.statusCode() + " " + answer.body());
    }

    private String get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(stack.url() + "api/v1/" + path)).header("Authorization", "Bearer " + stack.accounts().get("apiToken"));
    }

    private interface Condition { boolean holds() throws Exception; }

    private static void until(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "not within 30 s: " + what);
            LockSupport.parkNanos(50_000_000L);
        }
    }
}
