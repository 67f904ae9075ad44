package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What somebody else changed while a page was open is shown, never overwritten; and a page stays the same page in the other language. */
class MeanwhileIT {

    private static Stack stack;

    @BeforeAll static void furnish() {
        stack = House.open();
        stack.owner().useHandle(h -> {
            h.execute("insert into template (id, name) values (930001, 'Entre-temps')");
            h.execute("insert into template_translation (template_id, language, sms) values (930001, 'fr', 'Bonjour')");
            h.execute("insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id) values (930001, 'meanwhile-1', 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'SMS', 930001)");
            h.execute("insert into location_status select l.id, s.id from location l, order_status s where l.code = 'HOUSE-west' and s.code = 'NEW' on conflict do nothing");
            h.execute("insert into automation_location select 930001, id from location where code = 'HOUSE-west'");
        });
    }

    @BeforeEach void forgetGuesses() { stack.owner().useHandle(h -> h.execute("truncate sign_in_attempt")); }

    private static Browser enter(String language) { return Browser.open(stack.url(), language).signIn(House.email(Role.MANAGER, "west"), House.PASSWORD); }

    @Test @DisplayName("the switch of a notification that another person changed meanwhile shows their change, and switches nothing; the next click does")
    void showsWhatAnotherPersonChanged() {
        By mine = By.xpath("//tr[contains(., 'Entre-temps')]//*[contains(@class, 'ui-toggleswitch-slider')]");
        By edit = By.xpath("//tr[contains(., 'Entre-temps')]//button[@data-edit]");
        try (Browser one = enter("fr"); Browser other = enter("en")) {
            one.go("/notification/list.xhtml").see(mine);
            other.go("/notification/list.xhtml").click(edit).type("edit:delay", "7").click(By.cssSelector("#edit details.c-options summary")).type("edit:life", "90");
            other.click("edit:save").awaitText("The notification is saved");
            assertEquals("7 5400", row(), "hours");
            one.click(mine).awaitText("Quelqu’un l’a modifiée entre-temps");
            assertEquals("ACTIVE", state());
            one.await(d -> d.findElement(By.xpath("//tr[contains(., 'Entre-temps')]")).getText().contains("7 h"));
            one.click(mine).awaitText("La notification est suspendue.");
            assertEquals("PAUSED", state());
            other.click(mine).awaitText("Someone changed it in the meantime");
            other.click(edit).await(d -> "90".equals(d.findElement(By.id("edit:life")).getDomProperty("value")));
            other.type("edit:life", "").click("edit:save").awaitText("The notification is saved");
            assertEquals("7 null", row(), "emptied, the usual time holds again");
            assertEquals(List.of(), one.complaints());
            assertEquals(List.of(), other.complaints());
        }
    }

    private static String state() { return stack.owner().withHandle(h -> h.createQuery("select state from automation where id = 930001").mapTo(String.class).one()); }

    private static String row() { return stack.owner().withHandle(h -> h.createQuery("select delay_n || ' ' || coalesce(ttl_minutes::text, 'null') from automation where id = 930001").mapTo(String.class).one()); }

    @Test @DisplayName("a location that a shop system changes while its form is open, before the click or in the very instant of it: told, and what was typed stays")
    void tellsOfAShopSystem() throws Exception {
        try (Browser browser = enter("fr")) {
            browser.go("/location/edit.xhtml?code=HOUSE-west").type("edit:phone", "514 555-0101");
            assertEquals(200, put("{\"sender\":\"Maison O\"}"));
            browser.click("edit:save").awaitText("rien n’a été écrasé");
            assertEquals("514 555-0101", browser.see(By.id("edit:phone")).getDomProperty("value"));

            browser.go("/location/edit.xhtml?code=HOUSE-west").type("edit:phone", "514 555-0102");
            try (Handle other = stack.owner().open()) {
                other.begin();
                other.execute("update location set version = version + 1 where code = 'HOUSE-west'");
                browser.driver().findElement(By.id("edit:save")).click();
                browser.until(d -> stack.owner().withHandle(h -> h.createQuery("select exists (select from pg_locks where not granted)").mapTo(Boolean.class).one()));
                other.commit();
            }
            browser.awaitText("Quelqu’un d’autre enregistrait la même chose au même instant").picture("collision-fr");
            assertEquals("514 555-0102", browser.see(By.id("edit:phone")).getDomProperty("value"));
            assertEquals("Maison O", stack.owner().withHandle(h -> h.createQuery("select sms_sender from location where code = 'HOUSE-west'").mapTo(String.class).one()));
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test @DisplayName("the company and a template that two people change at once: the later one is told, and keeps what they typed")
    void tellsTheLaterOfTwo() {
        try (Browser one = Browser.open(stack.url(), "fr").signIn(House.email(Role.ADMINISTRATOR, "west"), House.PASSWORD);
             Browser other = Browser.open(stack.url(), "en").signIn(House.email(Role.ADMINISTRATOR, "east"), House.PASSWORD)) {
            String name = one.go("/company/edit.xhtml").see(By.id("form:name")).getDomProperty("value");
            other.go("/company/edit.xhtml").type("form:name", name.isEmpty() ? "Garage" : name).type("form:address", "1 Main St").click("form:save").await(d -> address().equals("1 Main St"));
            one.type("form:name", name.isEmpty() ? "Garage" : name).type("form:address", "2, rue Principale").click("form:save").awaitText("Quelqu’un d’autre a modifié cette fiche");
            assertEquals("2, rue Principale", one.see(By.id("form:address")).getDomProperty("value"));
            assertEquals("1 Main St", address());

            one.go("/template/edit.xhtml?id=930001").type("edit:frSms", "Bonjour à tous");
            other.go("/template/edit.xhtml?id=930001").type("edit:name", "Entre-temps 2").click("edit:save").awaitText("The template is saved");
            one.click("edit:save").awaitText("rien n’a été écrasé");
            assertEquals("Bonjour à tous", one.see(By.id("edit:frSms")).getDomProperty("value"));
            assertEquals(List.of(), one.complaints());
        }
    }

    private static String address() { return stack.owner().withHandle(h -> h.createQuery("select postal_address from company").mapTo(String.class).findOne().orElse("")); }

    private static int put(String body) throws IOException, InterruptedException {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(HttpRequest.newBuilder(URI.create(stack.url() + "api/v1/locations/HOUSE-west"))
            .header("Authorization", "Bearer " + stack.accounts().get("apiToken")).header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test @DisplayName("the other language, or another location, shows the same page with what its address asked for")
    void keepsThePageInTheOtherLanguage() {
        try (Browser browser = Browser.open(stack.url(), "fr").signIn(House.email(Role.ADMINISTRATOR, "west"), House.PASSWORD)) {
            for (String page : List.of("/location/edit.xhtml?code=HOUSE-west", "/template/edit.xhtml?id=930001", "/notification/all.xhtml?q=Entre-temps&state=ON", "/notification/list.xhtml?of=leads")) {
                browser.go(page).click("top:language").await(d -> "en".equals(d.findElement(By.tagName("html")).getDomAttribute("lang")));
                assertTrue(browser.driver().getCurrentUrl().endsWith(page), browser.driver().getCurrentUrl());
                browser.click("top:language").await(d -> "fr".equals(d.findElement(By.tagName("html")).getDomAttribute("lang")));
            }
            browser.go("/template/edit.xhtml?id=930001").click("top:place").click(By.xpath("//*[@id='top:place_panel']//li[normalize-space()='House west']"));
            browser.await(d -> d.findElement(By.id("top:place_label")).getText().equals("House west"));
            assertTrue(browser.driver().getCurrentUrl().endsWith("/template/edit.xhtml?id=930001"), browser.driver().getCurrentUrl());
            assertFalse(browser.text().contains("???"));
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test @DisplayName("the switch of an order type keeps focus and place on the page, and leaves names that somebody else changed alone")
    void keepsFocusOnASwitch() {
        stack.owner().useHandle(h -> h.execute("insert into order_status (code, name_fr, name_en, status_group, position, active) values ('MEANWHILE', 'Pendant', 'During', 'OPEN', 990, true) on conflict do nothing"));
        try (Browser browser = Browser.open(stack.url(), "fr").signIn(House.email(Role.ADMINISTRATOR, "west"), House.PASSWORD)) {
            browser.go("/status/list.xhtml").driver().executeScript("document.body.style.minHeight = '4000px'");
            stack.owner().useHandle(h -> h.execute("update order_status set name_fr = 'Pendant ce temps' where code = 'MEANWHILE'"));
            By row = By.xpath("//tr[contains(., 'MEANWHILE')]//*[contains(@class, 'ui-toggleswitch-slider')]");
            browser.driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", browser.see(row));
            Object before = browser.driver().executeScript("return Math.round(window.scrollY)");
            browser.click(row).await(d -> !on());
            assertTrue((Boolean) browser.driver().executeScript("return !!document.activeElement.closest('.ui-toggleswitch')"), "the focus");
            assertEquals(before, browser.driver().executeScript("return Math.round(window.scrollY)"));
            assertEquals("Pendant ce temps", stack.owner().withHandle(h -> h.createQuery("select name_fr from order_status where code = 'MEANWHILE'").mapTo(String.class).one()));
            assertEquals(List.of(), browser.complaints());
        }
    }

    private static boolean on() { return stack.owner().withHandle(h -> h.createQuery("select active from order_status where code = 'MEANWHILE'").mapTo(Boolean.class).one()); }
}
