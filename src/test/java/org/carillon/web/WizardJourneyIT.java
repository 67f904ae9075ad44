package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** An automation from its name to its question, as a manager makes it. */
class WizardJourneyIT {

    private static Stack stack;

    @BeforeAll static void open() {
        stack = House.open();
        stack.owner().useHandle(h -> h.execute("insert into customer (location_id, source, ref, name, language, sms_consent, email_consent, marketing_consent, created_at) "
            + "select id, 'wizard', 'W-1', 'Wanda Roy', 'fr', true, true, true, now() from location where code = 'HOUSE-west' on conflict do nothing"));
        stack.owner().useHandle(h -> h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) select id, 0, '438 555-0147', '+14385550147', true from customer where source = 'wizard'"));
        stack.owner().useHandle(h -> h.execute("insert into work_order (location_id, customer_id, source, ref, reference, status, status_group, opened_at, status_changed_at, last_time, created_at, search_text) "
            + "select c.location_id, c.id, 'wizard', 'WO-1', 'WO-1', 'NEW', 'OPEN', now(), now(), now(), now(), '' from customer c where c.source = 'wizard'"));
        stack.owner().useHandle(h -> h.execute("insert into sale (location_id, customer_id, source, ref, vehicle_make, vehicle_model, created_at) "
            + "select c.location_id, c.id, 'wizard', 'S-WANDA', 'Zenvo', 'Aurora', now() from customer c where c.source = 'wizard'"));
        stack.owner().useHandle(h -> h.execute("insert into automation (id, ref, name, state, trigger_kind, kind, channels, everywhere) "
            + "values (nextval('automation_id_seq'), 'wanda-before', 'Wanda avant', 'DRAFT', 'DAILY', 'GENERAL', 'SMS', true)"));
    }

    @AfterAll static void leaveNothingActive() { stack.owner().useHandle(h -> h.execute("update automation set deleted = true, state = 'PAUSED', rev = rev + 1, version = version + 1 where name like 'Wanda%'")); }

    @BeforeEach void forgetGuesses() { stack.owner().useHandle(h -> h.execute("truncate sign_in_attempt")); }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fr; Client; Nom; Contient; Essai envoyé; Ce qui manque encore; Activer et envoyer à 1 client, 1 segment; est active; 1 segment, environ; Fiche client, ",
        "en; Customer; Name; Contains; Test sent; Still missing; Activate and send to 1 customer, 1 segment; is active; 1 segment, about; Customer record, "})
    @DisplayName("KI-02 to KI-04, KI-07 to KI-11, KI-33, KI-42, KI-53, A-28, B-15: name, message, customers, time, in any order, a draft that stays, a test, a dry run and the question")
    void makesAnAutomation(String language, String category, String field, String contains, String tested, String missing, String question, String active, String segment, String alone) throws Exception {
        String name = "Wanda " + language;
        try (Browser browser = Browser.open(stack.url(), language).signIn(House.email(Role.MANAGER, "west"), House.PASSWORD)) {
            browser.go("/automation/edit.xhtml").see(By.id("edit:name"));
            Fitness.check(browser, "wizard-name", language);
            browser.type("edit:name", name).click("edit:toTIME").awaitText(missing);
            Fitness.check(browser, "wizard-time", language);
            assertEquals("edit:at", browser.see(By.id("edit:at")).getDomAttribute("id"));
            browser.click("edit:toMESSAGE").see(By.id("edit:" + language + "Sms"));
            for (String l : List.of("fr", "en")) {
                if (browser.driver().findElements(By.id("edit:" + l + "Sms")).stream().noneMatch(e -> e.isDisplayed())) {
                    browser.click(By.xpath("//ul[@id='edit:language']//li[.//input[@value='" + l + "']]"));
                }
                browser.type("edit:" + l + "Sms", l.equals("fr") ? "Bonjour {customer.name}, une question ?" : "Hello {customer.name}, a question?");
            }
            browser.type("edit:testTo", "438 555-0146").click("edit:test").awaitText(tested).driver().executeScript("carillonKeep()");
            assertTrue(browser.await(d -> true).text().contains(tested), "what the page stores by itself takes no answer away");
            Fitness.check(browser, "wizard-message", language);
            browser.click("edit:toCUSTOMERS").see(By.id("edit:groups:0:rows:0:category"));
            browser.choose("edit:groups:0:rows:0:category", category).choose("edit:groups:0:rows:0:field", field).choose("edit:groups:0:rows:0:form", contains);
            browser.type("edit:groups:0:rows:0:value", "Wanda").await(d -> d.findElement(By.id("edit:sentence")).getText().contains("Wanda"));
            browser.await(d -> d.findElement(By.cssSelector("#edit\\:count .c-big")).getText().equals("1"));
            Fitness.check(browser, "wizard-customers", language);
            browser.click("edit:save").await(d -> d.findElement(By.id("edit:groups:0:rows:0:value")).getDomProperty("value").equals("Wanda"));
            browser.click("edit:toMESSAGE").await(d -> d.findElement(By.id("edit:record_input")).getDomProperty("value").startsWith(alone));
            browser.type("edit:testTo", "438 555-0146").click("edit:test").awaitText(tested);
            browser.click("edit:toCUSTOMERS").see(By.id("edit:groups:0:rows:0:value"));
            browser.click("edit:next").see(By.id("edit:dryDate"));
            assertTrue(!browser.text().contains(missing), browser.text());
            browser.driver().executeScript("var f = document.getElementById('edit:dryDate'); f.value = '2031-04-07'; f.dispatchEvent(new Event('change', {bubbles: true}))");
            String text = browser.click("edit:dry").awaitText(segment).see(By.cssSelector(".c-dry .c-bubble")).getText();
            assertTrue(text.contains("question") && !text.contains("{"), "B-15: what text; " + text);
            browser.click("edit:dryPeople").see(By.linkText("Wanda Roy"));
            browser.click(By.cssSelector("#audiencePeople [data-close]")).await(d -> !d.findElement(By.id("audiencePeople")).isDisplayed());
            Fitness.check(browser, "wizard-ready", language);
            browser.click("edit:ask").awaitText(question).picture("wizard-question-" + language).click("asked:go");
            browser.await(d -> d.getCurrentUrl().contains("/automation/list"));
            assertEquals(List.of(), browser.complaints());
        }
        assertEquals("ACTIVE", stack.owner().withHandle(h -> h.createQuery("select state from automation where name = :name").bind("name", name).mapTo(String.class).one()));
        assertTrue(stack.simulator().phones().receivedBy("+14385550146").stream().anyMatch(m -> m.text().contains("Hello Wanda Roy, a question?")), "the test came to the phone");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"fr; Brouillon enregistré à; Clients", "en; Draft saved at; Customers"})
    @DisplayName("Issue 5, KI-54: a draft survives leaving by the menu at once, and says when it was stored; what is no draft asks before it is left")
    void keepsWhatIsTyped(String language, String kept, String elsewhere) throws Exception {
        String name = "Wanda part " + language, later = name + " encore";
        try (Browser browser = Browser.open(stack.url(), language).signIn(House.email(Role.MANAGER, "west"), House.PASSWORD)) {
            browser.go("/automation/edit.xhtml").type("edit:name", name).click(By.linkText(elsewhere)).await(d -> d.getCurrentUrl().contains("/customer/"));
            browser.go("/automation/list.xhtml").click(By.linkText(name)).await(d -> name.equals(d.findElement(By.id("edit:name")).getDomProperty("value")));
            browser.type("edit:name", later).awaitText(kept);
            browser.phone(true).see(By.id("edit:kept"));
            assertTrue(browser.text().contains(kept) && !browser.overflows(), "on a phone too: " + browser.text());
            browser.picture("wizard-kept-phone-" + language).phone(false);
            browser.click("edit:toMESSAGE").see(By.id("edit:" + language + "Sms"));
            assertTrue(!browser.phone(true).see(By.id("edit:kept")).getText().isEmpty() && !browser.overflows(), "with two buttons under it");
            browser.picture("wizard-kept-phone-message-" + language).phone(false);
            browser.type("edit:" + language + "Sms", "Bonjour {customer.name}").click(By.linkText(elsewhere)).await(d -> d.getCurrentUrl().contains("/customer/"));
            long id = stack.owner().withHandle(h -> h.createQuery("select id from automation where name = :name and not deleted").bind("name", later).mapTo(Long.class).one());
            browser.until(d -> "Bonjour {customer.name}".equals(stack.owner().withHandle(h -> h.createQuery("select x.sms from template_translation x join automation a on a.template_id = x.template_id "
                + "where a.id = :id and x.language = :language").bind("id", id).bind("language", language).mapTo(String.class).findOne().orElse(""))));
            browser.go("/automation/edit.xhtml?id=" + id + "&step=MESSAGE");
            assertEquals("Bonjour {customer.name}", browser.driver().findElement(By.id("edit:" + language + "Sms")).getDomProperty("value"));
            assertEquals(false, browser.driver().executeScript(LEAVES));
            stack.owner().useHandle(h -> h.execute("update automation set state = 'PAUSED' where id = " + id));
            browser.go("/automation/edit.xhtml?id=" + id).see(By.id("edit:name"));
            assertEquals(false, browser.driver().executeScript(LEAVES), "nothing was typed");
            browser.type("edit:name", later + " !");
            assertEquals(true, browser.driver().executeScript(LEAVES));
            assertEquals(List.of(), browser.complaints());
        }
        long stored = stack.owner().withHandle(h -> h.createQuery("select count(*) from automation where name = :name").bind("name", later + " !").mapTo(Long.class).one());
        assertEquals(0, stored, "what is no draft is stored when somebody says so");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fr; Vente; Marque du véhicule; Contient; Message envoyé; Automatisation; Est; l’automatisation d’un message envoyé est Wanda avant; Vente S-WANDA",
        "en; Sale; Vehicle make; Contains; Message sent; Automation; Is; automation of a message from the shop is Wanda avant; Sale S-WANDA"})
    @DisplayName("A-28, R10 to R13, 1.4.2, A-12: texts about sales are shown with a sale; the automation of a message is chosen by its name")
    void showsASaleAndNamesAnAutomation(String language, String sale, String make, String contains, String sent, String automation, String is, String sentence, String sold) {
        try (Browser browser = Browser.open(stack.url(), language).signIn(House.email(Role.MANAGER, "west"), House.PASSWORD)) {
            browser.go("/automation/edit.xhtml").type("edit:name", "Wanda vente " + language).click("edit:toCUSTOMERS").see(By.id("edit:groups:0:rows:0:category"));
            browser.choose("edit:groups:0:rows:0:category", sale).choose("edit:groups:0:rows:0:field", make).choose("edit:groups:0:rows:0:form", contains).type("edit:groups:0:rows:0:value", "Zenvo");
            browser.await(d -> d.findElement(By.id("edit:sentence")).getText().contains("Zenvo")).click("edit:addRule").see(By.id("edit:groups:1:rows:0:category"));
            browser.choose("edit:groups:1:rows:0:category", sent).choose("edit:groups:1:rows:0:field", automation).choose("edit:groups:1:rows:0:form", is).choose("edit:groups:1:rows:0:choice", "Wanda avant");
            browser.await(d -> d.findElement(By.id("edit:sentence")).getText().contains(sentence));
            browser.click("edit:toMESSAGE").see(By.id("edit:" + language + "Sms"));
            browser.type("edit:" + language + "Sms", "{customer.meta_vehicle_make} {customer.meta_vehicle_model}").await(d -> d.findElement(By.cssSelector("[data-bubble='" + language + "Sms']")).getText().contains("Zenvo Aurora"));
            assertTrue(browser.driver().findElement(By.id("edit:record_input")).getDomProperty("value").startsWith(sold));
            assertEquals(List.of(), browser.complaints());
        }
        assertEquals("wanda-before", stack.owner().withHandle(h -> h.createQuery("select audience -> 1 -> 0 ->> 'value' from automation where name = :name and not deleted order by id desc limit 1")
            .bind("name", "Wanda vente " + language).mapTo(String.class).one()));
    }

    /** Whether the page asks before it is left. */
    private static final String LEAVES = "var e = new Event('beforeunload', {cancelable: true}); window.dispatchEvent(e); return e.defaultPrevented";
}
