package org.carillon.web.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.carillon.web.Browser;
import org.carillon.web.House;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.interactions.Actions;

/** Many notifications at once, as a manager of two locations does it. */
class BulkIT {

    private final Stack stack = House.open();
    private Browser browser;
    private String here;
    private String there;

    /** Two locations; the first has a notification by SMS, one by e-mail for a status that the second does not use, and a reminder. */
    private void furnish(String language) {
        here = "Lot " + language + " A";
        there = "Lot " + language + " B";
        int n = language.equals("fr") ? 910_000 : 920_000;
        stack.owner().useHandle(h -> {
            h.execute("truncate sign_in_attempt");
            h.execute("insert into order_status (id, code, name_fr, name_en, status_group, position) values (910001, 'LOT_READY', 'Prêt par lot', 'Ready by lot', 'READY', 910) on conflict do nothing");
            h.createScript("insert into location (id, code, name, zone, country, language) values (" + n + ", 'LOT-" + language + "-A', '" + here + "', 'America/Toronto', 'CA', 'fr'), ("
                + (n + 1) + ", 'LOT-" + language + "-B', '" + there + "', 'America/Toronto', 'CA', 'fr');"
                + "insert into location_status values (" + n + ", 910001);"
                + "insert into template (id, name) values (" + n + ", 'Les deux " + language + "'), (" + (n + 1) + ", 'SMS seul " + language + "');"
                + "insert into template_translation (template_id, language, sms, subject, body) values (" + n + ", 'fr', 'Bonjour', 'Objet', 'Bonjour'), (" + (n + 1) + ", 'fr', 'Salut', '', '');"
                + "insert into automation (id, ref, state, trigger_kind, event_type, status, channels, template_id, delay_n, delay_unit, anchor) values "
                + "(" + n + ", 'lot-" + n + "-1', 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', null, 'SMS', " + n + ", 0, 'MINUTES', null), "
                + "(" + (n + 1) + ", 'lot-" + n + "-2', 'ACTIVE', 'ON_EVENT', 'ORDER_STATUS_CHANGED', 'LOT_READY', 'EMAIL', " + n + ", 0, 'MINUTES', null), "
                + "(" + (n + 2) + ", 'lot-" + n + "-3', 'ACTIVE', 'AROUND_DATE', null, null, 'SMS', " + n + ", 1, 'DAYS', 'order.due');"
                + "insert into automation_location values (" + n + ", " + n + "), (" + (n + 1) + ", " + n + "), (" + (n + 2) + ", " + n + ");").execute();
        });
    }

    private long rows(String which) { return stack.owner().withHandle(h -> h.createQuery("select count(*) from automation where " + which).mapTo(Long.class).one()); }

    private long count(String place) {
        return stack.owner().withHandle(h -> h.createQuery("select count(*) from automation a join automation_location w on w.automation_id = a.id join location l on l.id = w.location_id "
            + "where not a.deleted and l.name = ?").bind(0, place).mapTo(Long.class).one());
    }

    @ParameterizedTest @CsvSource({"fr, 3 sélectionnées, 2 notifications ont changé de modèle., n’a pas de texte de courriel, 2 copies créées., 2 existaient déjà., Supprimer 3 notifications, 3 notifications rétablies.",
        "en, 3 selected, 2 notifications have another template., has no email text, 2 copies created., 2 were there already., Delete 3 notifications, 3 notifications are back"})
    @DisplayName("RO-40, RO-42, RO-43, RO-44: change the template of all, copy twice, undo, delete by filter, undo; the switch keeps focus and place")
    void changesMany(String language, String chosen, String changed, String silent, String copied, String existed, String delete, String back) throws IOException {
        furnish(language);
        try (Browser own = Browser.open(stack.url(), language).signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD)) {
            browser = own;
            at(here);
            selectAll();
            browser.awaitText(chosen);
            look("bulk-bar-" + language);
            browser.click("list:template").see(By.id("asked:template"));
            choose("asked:template", "SMS seul " + language);
            look("bulk-template-" + language);
            browser.click("asked:go").awaitText(changed);
            assertTrue(browser.text().contains(silent), browser.text());
            look("bulk-outcome-" + language);
            browser.click("list:undo").await(d -> rows("template_id = " + (language.equals("fr") ? 910_000 : 920_000)) == 3);

            copyThere();
            browser.awaitText(copied);
            assertEquals(2, count(there));
            look("bulk-copied-" + language);
            copyThere();
            browser.awaitText(existed);
            assertEquals(2, count(there));
            browser.click("list:undo").await(d -> count(there) == 0);

            turnsASwitch();
            new Actions(browser.driver()).doubleClick(browser.see(By.cssSelector("[id='list:reminders'] tbody td:nth-child(4)"))).perform();
            browser.see(By.id("edit:save"));
            browser.click(By.cssSelector("#edit .c-panel-foot [data-close]"));

            browser.go("/notification/all.xhtml?q=" + here.replace(" ", "%20"));
            look("bulk-all-" + language);
            browser.click(By.cssSelector("[id='list:table'] thead .ui-chkbox-box")).awaitText(chosen).click("list:remove").awaitText(delete);
            look("bulk-delete-" + language);
            browser.click("asked:go").await(d -> count(here) == 0);
            browser.click("list:undo").awaitText(back);
            assertEquals(3, count(here));
            assertEquals(List.of(), browser.complaints());
        }
    }

    private void turnsASwitch() {
        String thumb = "[id='list:reminders'] .ui-toggleswitch";
        browser.driver().executeScript("document.body.style.minHeight = '3000px'; document.querySelector(\"" + thumb + "\").scrollIntoView({block: 'center'})");
        long before = top();
        assertTrue(before > 0);
        browser.click(By.cssSelector(thumb + " .ui-toggleswitch-slider")).await(d -> rows("state = 'PAUSED' and ref like 'lot-%-3'") > 0);
        assertEquals(before, top(), 2, "the place on the page, but for the rounding of a pixel");
        assertTrue((Boolean) browser.driver().executeScript("return !!document.activeElement.closest(\"" + thumb + "\")"), "the focus");
        browser.click(By.cssSelector(thumb + " .ui-toggleswitch-slider")).await(d -> rows("state = 'PAUSED' and ref like 'lot-%-3'") == 0);
    }

    private long top() { return Math.round(((Number) browser.driver().executeScript("return window.scrollY")).doubleValue()); }

    private void copyThere() {
        selectAll();
        browser.click("list:copy").click(By.xpath("//li[label[@for='asked:where:1']]")).see(By.id("asked:locations"));
        browser.click("asked:locations").click(By.xpath("//*[@id='asked:locations_panel']//li[contains(., '" + there + "')]//label"));
        browser.click(By.cssSelector("#ask .ui-dialog-title")).click("asked:go").await(d -> !d.findElement(By.id("ask")).isDisplayed());
    }

    private void selectAll() {
        browser.click(By.cssSelector("[id='list:table'] thead .ui-chkbox-box")).click(By.cssSelector("[id='list:reminders'] thead .ui-chkbox-box"));
    }

    private void at(String place) {
        browser.go("/notification/list.xhtml").click("list:at").click(By.xpath("//*[@id='list:at_panel']//li[normalize-space()='" + place + "']"));
        browser.await(d -> d.findElement(By.cssSelector(".c-head p")).getText().contains(place));
    }

    private void choose(String menu, String label) {
        browser.click(menu).click(By.xpath("//*[@id='" + menu + "_panel']//li[normalize-space()='" + label + "']"));
    }

    private void look(String name) throws IOException {
        assertEquals(List.of(), browser.picture(name).barriers(), name);
        assertEquals(List.of(), browser.dark(true).picture(name + "-dark").barriers(), name + " dark");
        assertFalse(browser.dark(false).phone(true).picture(name + "-phone").overflows(), name + " is wider than a phone");
        browser.phone(false);
        assertFalse(browser.driver().getPageSource().contains("???"), name + " lacks a word");
    }
}
