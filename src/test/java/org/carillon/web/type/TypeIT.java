package org.carillon.web.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.carillon.web.Browser;
import org.carillon.web.Fitness;
import org.carillon.web.House;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** A type without a due date on the settings page, then on the order form (RO-28). */
class TypeIT {

    private final Stack stack = House.open();

    @Test @DisplayName("RO-28: the form of a type without due date has none, and the reminders' section says so")
    void hidesWhatTheTypeDoesNotShow() throws Exception {
        try (Browser browser = Browser.open(stack.url(), "fr").signIn(House.email(Role.ADMINISTRATOR, "west"), House.PASSWORD)) {
            browser.go("/type/list.xhtml").click("list:add").see(By.id("edit:nameFr"));
            browser.type("edit:nameFr", "Vente au comptoir").type("edit:nameEn", "Counter sale").type("edit:code", "comptoir");
            browser.click(By.xpath("//label[normalize-space()='Échéance']")).awaitText("Sans échéance au formulaire");
            browser.click("edit:save").awaitText("Le code d’un type a de 1 à 30 majuscules");
            assertEquals("comptoir", browser.see(By.id("edit:code")).getDomProperty("value"), "what was typed stays");
            Fitness.check(browser, "type-panel", "fr");
            browser.type("edit:code", "COUNTER").click("edit:save").awaitText("Le type est créé");
            browser.picture("type-list-fr");

            browser.go("/order/edit.xhtml");
            assertFalse(browser.driver().findElements(By.id("form:dueDate")).isEmpty(), "the default type has one");
            browser.choose("form:location", "Garage Rosemont");  // other journeys have opened locations without statuses
            browser.type("form:object", "Vélo").picture("order-standard-fr");
            browser.click(By.cssSelector("#form\\:type .ui-selectonemenu-trigger")).click(By.xpath("//div[@id='form:type_panel']//li[normalize-space()='Vente au comptoir']"));
            browser.await(d -> d.findElements(By.id("form:dueDate")).isEmpty());
            assertEquals("Vélo", browser.see(By.id("form:object")).getDomProperty("value"), "what was typed stays");
            Fitness.check(browser, "order-counter", "fr");
            browser.click(By.xpath("//li[label[@for='form:who:1']]")).type("form:name", "Rose Counter").type("form:object", "Vélo").click("form:create");
            browser.await(d -> d.getCurrentUrl().contains("/order/view")).awaitText("Vente au comptoir");
            assertTrue(browser.driver().findElements(By.id("head:reschedule")).isEmpty(), "no due date to change");
            browser.picture("order-view-counter-fr");
            changesTheType(browser);
            browser.go("/notification/list.xhtml").awaitText("Les rappels ne fonctionneront pas pour les bons de type Vente au comptoir");
            browser.picture("reminders-undated-fr").go("/order/list.xhtml").awaitText("Vélo · Vente au comptoir");
            assertEquals(List.of(), browser.complaints());
        } finally {
            stack.owner().useHandle(h -> h.execute("update order_type set active = false where code = 'COUNTER'"));
        }
    }

    /** To the standard type and back: the fields follow, what was typed stays, and the panel says that reminders will not work. */
    private static void changesTheType(Browser browser) throws Exception {
        browser.click("head:change").see(By.id("change:object"));
        browser.awaitText("Ce type n’a pas d’échéance au formulaire : les rappels ne fonctionneront pas");
        Fitness.check(browser, "order-change", "fr");
        String standard = browser.driver().findElements(By.cssSelector("[id='change:type_panel'] li")).stream().map(e -> e.getDomAttribute("data-label")).filter(l -> !l.equals("Vente au comptoir")).findFirst().orElseThrow();
        browser.type("change:object", "Vélo rouge").choose("change:type", standard).await(d -> !d.findElement(By.id("change:work")).getText().contains("rappels"));
        assertEquals("Vélo rouge", browser.see(By.id("change:object")).getDomProperty("value"), "what was typed stays");
        browser.click("change:save").awaitText("Vélo rouge").see(By.id("head:reschedule"));
        browser.click("head:change").see(By.id("change:object"));
        browser.choose("change:type", "Vente au comptoir").awaitText("les rappels ne fonctionneront pas").type("change:object", "Vélo").click("change:save").awaitText("Vente au comptoir");
        assertTrue(browser.driver().findElements(By.id("head:reschedule")).isEmpty(), "no due date to change");
    }
}
