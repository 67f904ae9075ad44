package org.carillon.web.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.carillon.web.Browser;
import org.carillon.web.Fitness;
import org.carillon.web.House;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** A template's history on the page, from the first save to its return from the deleted (P-37). */
class HistoryIT {

    private final Stack stack = House.open();

    private Browser enter(String language) { return Browser.open(stack.url(), language).signIn(House.email(Role.ADMINISTRATOR, "west"), House.PASSWORD); }

    private static void confirm(Browser browser) { browser.click(By.cssSelector(".ui-confirm-dialog .ui-confirmdialog-yes")); }

    @Test @DisplayName("P-37: saves are kept and compared, an old version comes back, and so does a deleted template")
    void keepsComparesAndRestores() throws IOException {
        String name = "Histoire " + System.nanoTime();
        try (Browser browser = enter("fr")) {
            browser.go("/template/edit.xhtml").type("edit:name", name).type("edit:frSms", "Bonjour {customer.name}, votre auto est prete.").click("edit:save");
            browser.awaitText("Le modèle est créé.").type("edit:frSms", "Bonjour {customer.name}, votre camion est pret.").click("edit:save").awaitText("Version 2");
            String id = browser.driver().getCurrentUrl().replaceAll(".*\\D(\\d+)$", "$1");
            browser.go("/template/history.xhtml?id=" + id);
            assertEquals(List.of("auto", "prete"), browser.driver().findElements(By.cssSelector(".c-diff del")).stream().map(e -> e.getText()).toList());
            assertEquals(List.of("camion", "pret"), browser.driver().findElements(By.cssSelector(".c-diff ins")).stream().map(e -> e.getText()).toList());
            assertTrue(browser.text().contains("Noé west"), "who did it");
            Fitness.check(browser, "template-history", "fr");
            browser.go("/template/history.xhtml?id=" + id + "&show=1").awaitText("votre auto est prete");
            browser.picture("template-history-old-fr").click("history:restore");
            assertEquals(List.of(), browser.picture("template-history-confirm-fr").barriers());
            confirm(browser);
            browser.awaitText("Le modèle est revenu à la version 1.");
            assertEquals("Bonjour {customer.name}, votre auto est prete.", browser.see(By.id("edit:frSms")).getDomProperty("value"));
            browser.picture("template-edit-history-fr");

            // another person restores from a page that is no longer the newest
            browser.go("/template/history.xhtml?id=" + id + "&show=2").awaitText("Version 3");
            try (Browser other = enter("en")) {
                other.go("/template/edit.xhtml?id=" + id).type("edit:frSms", "Bonjour, votre velo est pret.").click("edit:save").awaitText("Version 4");
                other.go("/template/history.xhtml?id=" + id);
                Fitness.check(other, "template-history", "en");
            }
            browser.click("history:restore");
            confirm(browser);
            browser.awaitText("Quelqu’un d’autre");
            assertTrue(browser.go("/template/edit.xhtml?id=" + id).see(By.id("edit:frSms")).getDomProperty("value").contains("velo"), "nothing was overwritten");

            browser.go("/template/list.xhtml").click(By.cssSelector("[aria-label='Supprimer : " + name + "']"));
            confirm(browser);
            browser.awaitText("Le modèle est supprimé.").go("/template/list.xhtml?show=deleted").awaitText(name);
            Fitness.check(browser, "template-deleted", "fr");
            browser.click(By.linkText(name)).awaitText("Ce modèle est supprimé");
            browser.picture("template-history-deleted-fr").click("history:restore");
            confirm(browser);
            browser.awaitText("Le modèle est revenu à la version 5.");
            assertTrue(browser.go("/template/list.xhtml").text().contains(name));
        }
    }

    @Test @DisplayName("P-37: a template in use is not deleted, and the answer names where it is used")
    void namesWhereItIsUsed() throws IOException {
        try (Browser browser = enter("en")) {
            String name = stack.owner().withHandle(h -> h.createQuery("select t.name from template t join automation a on a.template_id = t.id join automation_location l on l.automation_id = a.id "
                + "join location p on p.id = l.location_id where p.code = 'MTL' and not a.deleted and not t.deleted limit 1").mapTo(String.class).one());
            browser.go("/template/list.xhtml").click(By.cssSelector("[aria-label=\"Delete : " + name + "\"]"));
            confirm(browser);
            browser.awaitText("This template is in use at").picture("template-used-en");
            assertTrue(browser.text().contains("Garage Rosemont ("), browser.text());
        }
    }
}
