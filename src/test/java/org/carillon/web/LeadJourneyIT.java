package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.carillon.run.Stack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** Somebody asks, is answered, and becomes an order: from the page to the handset, in both languages. */
class LeadJourneyIT {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Stack stack = Stack.get();

    /** What this journey switched on would ring on the handsets of others. */
    @AfterEach void fallSilent() {
        stack.owner().useHandle(h -> h.execute("update automation set state = 'PAUSED', rev = rev + 1 where template_id in (select id from template where name like 'Lead journey%')"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fr; 514 555-0161; +15145550161; Le prospect est créé; Livré; Créer le bon de travail",
        "en; 514 555-0162; +15145550162; The lead is created; Delivered; Create the work order"})
    @DisplayName("RO-34, RO-38, RO-39, B-28, P-24: lead created on the page, text on the handset, order created, its text on the handset, all in one feed")
    void fromTheRequestToTheOrder(String language, String phone, String number, String created, String delivered, String convert) throws Exception {
        String asked = "journey " + language + " request of {customer.name} about {lead.object}";
        try (Browser browser = Browser.open(stack.url(), language).signIn(stack.accounts().get("admin.user"), stack.accounts().get("admin.password"))) {
            browser.go("/notification/list.xhtml?of=leads");
            if (!language.equals(browser.driver().findElement(By.tagName("html")).getDomAttribute("lang"))) {
                browser.click("top:language").go("/notification/list.xhtml?of=leads");
            }
            Fitness.check(browser, "notification-leads", language);
            browser.click("list:addLead").see(By.id("edit:status"));
            browser.choose("edit:event", created);
            assertTrue(browser.driver().findElements(By.id("edit:openingHours")).isEmpty(), "RO-39: no box for opening hours");
            assertTrue(browser.driver().findElements(By.id("list:at")).isEmpty(), "RO-39: no location");
            assertTrue(browser.driver().findElements(By.id("list:remind")).isEmpty(), "RO-39: no reminder");
            browser.picture("notification-lead-panel-" + language).click(By.xpath("//li[label[@for='edit:fresh:1']]"));
            browser.type("edit:name", "Lead journey " + language).type("edit:" + language + "Sms", asked);
            if (language.equals("en")) {
                // Montréal is in Québec, where it must be there in French, too (LAW-22)
                browser.click(By.xpath("//li[label[@for='edit:language:0']]")).type("edit:frSms", asked);
            }
            browser.click("edit:save").awaitText("Lead journey " + language);

            browser.go("/lead/list.xhtml");
            Fitness.check(browser, "lead-list", language);
            browser.go("/lead/edit.xhtml");
            Fitness.check(browser, "lead-edit", language);
            if (!browser.driver().findElements(By.id("form:location")).isEmpty()) {
                browser.choose("form:location", "Garage Rosemont");
            }
            browser.type("form:name", "Ida Caron").type("form:phone", phone).click("form:sms").type("form:object", "iPhone 14").type("form:note", "Écran fendu.").click("form:save");
            browser.await(d -> d.getCurrentUrl().contains("/lead/view"));
            browser.awaitText("journey " + language + " request of Ida Caron about iPhone 14").awaitText(delivered);
            assertTrue(handset(number).contains("journey " + language + " request of Ida Caron about iPhone 14"), "the handset has the text");
            Fitness.check(browser, "lead-view", language);
            browser.click(By.cssSelector("a[href*='show=why']")).see(By.cssSelector(".c-whys .c-reason"));
            Fitness.check(browser, "lead-why", language);
            browser.click(By.cssSelector(".c-views-small a"));

            tellOfOrders(language);
            String lead = browser.driver().getCurrentUrl();
            browser.click(By.linkText(convert)).await(d -> d.getCurrentUrl().contains("/order/edit"));
            Fitness.check(browser, "lead-convert", language);
            assertEquals("iPhone 14", browser.see(By.id("form:object")).getDomProperty("value"));
            browser.click("form:create").await(d -> d.getCurrentUrl().contains("/order/view"));
            browser.awaitText("journey " + language + " order for Ida Caron").awaitText("journey " + language + " request of Ida Caron about iPhone 14");
            browser.await(d -> d.findElements(By.cssSelector(".c-feed .c-chip.delivered")).size() >= 2);
            Fitness.check(browser, "lead-order", language);
            assertEquals(1, handset(number).stream().filter(("journey " + language + " order for Ida Caron")::equals).count(), "ORDER_CREATED told once");

            browser.driver().get(lead);
            browser.await(d -> d.findElements(By.linkText(convert)).isEmpty());
            Fitness.check(browser, "lead-converted", language);
            assertEquals(List.of(), browser.complaints());
        }
        assertEquals(List.of("LEAD_CREATED", "LEAD_CONVERTED", "LEAD_STATUS_CHANGED"), stack.owner().withHandle(h -> h.createQuery("select e.type from business_event e "
            + "join lead l on l.id = e.subject_id join customer_phone p on p.customer_id = l.customer_id where e.subject_type = 'LEAD' and p.e164 = :number order by e.id")
            .bind("number", number).mapTo(String.class).list()));
    }

    @Test @DisplayName("RO-35, SEC-13: statuses of leads have their page; who sees one location only may not change what holds for all")
    void keepsWhatHoldsForAllToThoseWhoSeeAll() throws Exception {
        stack.owner().useHandle(h -> h.execute("update staff set language = 'fr' where email in (?, ?)", stack.accounts().get("admin.user"), stack.accounts().get("manager.user")));
        try (Browser browser = Browser.open(stack.url(), "fr").signIn(stack.accounts().get("manager.user"), stack.accounts().get("manager.password"))) {
            browser.go("/notification/list.xhtml?of=leads");
            Fitness.check(browser, "notification-leads-manager", "fr");
            assertTrue(browser.driver().findElements(By.id("list:addLead")).isEmpty());
            browser.go("/lead/list.xhtml").click(By.linkText("P-104"));
            browser.click(By.cssSelector("a[href^='edit.xhtml']")).type("form:note", "Rappelée.").click("form:save").awaitText("Rappelée.");
            browser.click(By.cssSelector("#steps summary")).click(By.cssSelector("#steps [data-status='LOST']")).awaitText("Statut du prospect : Perdu");
            assertEquals(List.of(), browser.complaints());
            browser.go("/lead/list.xhtml");
            assertFalse(browser.text().contains("Peugeot 208"), "a lead of Paris is not Montréal's");
        }
        try (Browser browser = Browser.open(stack.url(), "fr").signIn(stack.accounts().get("admin.user"), stack.accounts().get("admin.password"))) {
            browser.go("/status/list.xhtml?of=leads").click("list:add").type("edit:nameFr", "Relancé").type("edit:nameEn", "Followed up").type("edit:code", "FOLLOWED_UP");
            browser.click("edit:save");
            browser.await(d -> d.findElement(By.id("list:table")).getText().contains("FOLLOWED_UP"));
            Fitness.check(browser, "status-leads", "fr");
            assertEquals(List.of(), browser.complaints());
        }
    }

    private void tellOfOrders(String language) {
        stack.owner().useHandle(h -> h.execute("with t as (insert into template (name) values ('Lead journey order ' || ?) returning id), x as (insert into template_translation "
            + "(template_id, language, sms) select t.id, ?, 'journey ' || ? || ' order for {customer.name}' from t), a as (insert into automation (ref, state, trigger_kind, event_type, "
            + "channels, template_id) select 'lead-journey-' || ?, 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'SMS', t.id from t returning id) "
            + "insert into automation_location select a.id, l.id from a, location l where l.code = 'MTL'", language, language, language, language));
    }

    private List<String> handset(String number) throws IOException, InterruptedException {
        String json = HTTP.send(HttpRequest.newBuilder(stack.simulator().url().resolve("sms?to=" + URLEncoder.encode(number, StandardCharsets.UTF_8))).build(),
            HttpResponse.BodyHandlers.ofString()).body();
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream().map(sms -> sms.getString("text")).toList();
        }
    }
}
