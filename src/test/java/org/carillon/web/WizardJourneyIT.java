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
    }

    @AfterAll static void leaveNothingActive() { stack.owner().useHandle(h -> h.execute("update automation set deleted = true, state = 'PAUSED', rev = rev + 1, version = version + 1 where name like 'Wanda%'")); }

    @BeforeEach void forgetGuesses() { stack.owner().useHandle(h -> h.execute("truncate sign_in_attempt")); }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fr; Client; Nom; Contient; Essai envoyé; Ce qui manque encore; client répond aux règles; est active",
        "en; Customer; Name; Contains; Test sent; Still missing; customer meets the rules; is active"})
    @DisplayName("KI-02, KI-07 to KI-11, KI-33, KI-42, KI-53, B-15: name, message, customers, time, in any order, a draft that stays, a test, a dry run and the question")
    void makesAnAutomation(String language, String category, String field, String contains, String tested, String missing, String question, String active) throws Exception {
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
            browser.type("edit:testTo", "438 555-0146").click("edit:test").awaitText(tested);
            Fitness.check(browser, "wizard-message", language);
            browser.click("edit:toCUSTOMERS").see(By.id("edit:groups:0:rows:0:category"));
            browser.choose("edit:groups:0:rows:0:category", category).choose("edit:groups:0:rows:0:field", field).choose("edit:groups:0:rows:0:form", contains);
            browser.type("edit:groups:0:rows:0:value", "Wanda").await(d -> d.findElement(By.id("edit:sentence")).getText().contains("Wanda"));
            browser.await(d -> d.findElement(By.cssSelector("#edit\\:count .c-big")).getText().equals("1"));
            Fitness.check(browser, "wizard-customers", language);
            browser.click("edit:save").await(d -> d.findElement(By.id("edit:groups:0:rows:0:value")).getDomProperty("value").equals("Wanda"));
            browser.click("edit:next").see(By.id("edit:dryDate"));
            assertTrue(!browser.text().contains(missing), browser.text());
            browser.driver().executeScript("var f = document.getElementById('edit:dryDate'); f.value = '2031-04-07'; f.dispatchEvent(new Event('change', {bubbles: true}))");
            browser.click("edit:dry").awaitText("1 ");
            Fitness.check(browser, "wizard-ready", language);
            browser.click("edit:ask").awaitText(question).picture("wizard-question-" + language).click("asked:go");
            browser.await(d -> d.getCurrentUrl().contains("/automation/list"));
            assertEquals(List.of(), browser.complaints());
        }
        assertEquals("ACTIVE", stack.owner().withHandle(h -> h.createQuery("select state from automation where name = :name").bind("name", name).mapTo(String.class).one()));
        assertTrue(stack.simulator().phones().receivedBy("+14385550146").stream().anyMatch(m -> m.text().contains("Hello Wanda Roy, a question?")), "the test came to the phone");
    }
}
