package org.carillon.web.notification;

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

    /** 60 notifications at the first location, more than a page shows; five of them have a template without words for e-mails. */
    private String crowd(String language) {
        String text = "Masse " + language;
        int n = language.equals("fr") ? 940_000 : 950_000;
        stack.owner().useHandle(h -> h.createScript("insert into location (id, code, name, zone, country, language) values (" + n + ", 'MASS-" + language + "', 'Masse lieu " + language
            + "', 'America/Toronto', 'CA', 'fr');"
            + "insert into template (id, name) values (" + n + ", '" + text + " complet'), (" + (n + 1) + ", '" + text + " court');"
            + "insert into template_translation (template_id, language, sms, subject, body) values (" + n + ", 'fr', 'Bonjour', 'Objet', 'Bonjour'), (" + (n + 1) + ", 'fr', 'Salut', '', '');"
            + "insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id, delay_n, delay_unit) select " + n + " + i, 'mass-" + n + "-' || i, 'ACTIVE', 'ON_EVENT', "
            + "'ORDER_CREATED', 'SMS', " + n + " + (i <= 5)::int, i, 'DAYS' from generate_series(1, 60) i;"
            + "insert into automation_location select " + n + " + i, " + n + " from generate_series(1, 60) i;").execute());
        return text;
    }

    private long of(String template, String which) {
        return stack.owner().withHandle(h -> h.createQuery("select count(*) from automation a join template t on t.id = a.template_id where t.name like :name and not a.deleted and " + which)
            .bind("name", template + "%").mapTo(Long.class).one());
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "fr | Choisir les 60 trouvées | 60 sélectionnées | 55 notifications ont changé de canal. | 5 restent comme elles sont. | Masse fr court » n’a pas de texte de courriel | 60 notifications suspendues. | Supprimer 60 notifications | 60 notifications supprimées.",
        "en | Choose all 60 found | 60 selected | 55 notifications have another channel. | 5 stay as they are. | Masse en court” has no email text | 60 notifications paused. | Delete 60 notifications | 60 notifications deleted."})
    @DisplayName("RO-42, RO-43, RO-44: all that a filter finds, beyond the page: channel with its refusals, off and on from the bar, copied everywhere once, undone, deleted with the number")
    void changesAllThatAFilterFinds(String language, String all, String chosen, String changed, String stay, String why, String off, String delete, String deleted) throws IOException {
        String text = crowd(language);
        stack.owner().useHandle(h -> h.execute("truncate sign_in_attempt"));
        try (Browser own = Browser.open(stack.url(), language).signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD)) {
            browser = own;
            pickAll(text, all, chosen);
            browser.picture("bulk-all-found-" + language).click("list:channel").see(By.id("asked:channel"));
            browser.click(By.xpath("//li[label[@for='asked:channel:1']]")).click("asked:go").awaitText(changed).awaitText(stay).awaitText(why).awaitText("× 5");
            look("bulk-refusals-" + language);
            assertEquals(55, of(text, "a.channels = 'EMAIL'"));
            pickAll(text, all, chosen);
            browser.click("list:turnOff").awaitText(off);
            assertEquals(60, of(text, "a.state = 'PAUSED'"));
            pickAll(text, all, chosen);
            browser.click("list:turnOn").await(d -> of(text, "a.state = 'ACTIVE'") == 60).click("list:undo").await(d -> of(text, "a.state = 'PAUSED'") == 60);

            long places = stack.owner().withHandle(h -> h.createQuery("select count(*) from location where active").mapTo(Long.class).one());
            copyEverywhere(text, all, chosen);
            browser.await(d -> of(text, "true") == 60 * places).picture("bulk-everywhere-" + language);
            browser.go("/notification/all.xhtml?q=Masse%20lieu%20" + language).click(By.cssSelector("[id='list:table'] thead .ui-chkbox-box")).click("list:all").click("list:copy").click("asked:go")
                .await(d -> !d.findElement(By.id("ask")).isDisplayed());
            assertEquals(60 * places, of(text, "true"), "copied again, nothing stands twice");
            // a copying that made nothing leaves the one before it to be undone
            browser.click(By.xpath("//button[@id='list:undo' or @id='list:undoLast']")).await(d -> of(text, "true") == 60);

            pickAll(text, all, chosen);
            browser.click("list:remove").awaitText(delete);
            look("bulk-delete-all-" + language);
            browser.click("asked:go").awaitText(deleted);
            assertEquals(0, of(text, "true"));
            assertEquals(List.of(), browser.complaints());
        }
    }

    private void pickAll(String text, String all, String chosen) {
        browser.go("/notification/all.xhtml?q=" + text.replace(" ", "%20")).click(By.cssSelector("[id='list:table'] thead .ui-chkbox-box")).awaitText(all).click("list:all").awaitText(chosen);
    }

    private void copyEverywhere(String text, String all, String chosen) {
        pickAll(text, all, chosen);
        browser.click("list:copy").see(By.id("asked:go"));
        browser.click("asked:go").await(d -> !d.findElement(By.id("ask")).isDisplayed());
    }

    @ParameterizedTest @CsvSource({"fr, 2 sélectionnées, 2 notifications suspendues.", "en, 2 selected, 2 notifications paused."})
    @DisplayName("RO-39, RO-42: the bar serves the notifications about leads too, without copying")
    void changesThoseAboutLeads(String language, String chosen, String off) throws IOException {
        int n = language.equals("fr") ? 960_000 : 970_000;
        String which = "ref like 'bar-lead-" + language + "%' and state = 'PAUSED'";
        stack.owner().useHandle(h -> {
            h.execute("truncate sign_in_attempt");
            h.createScript("insert into template (id, name) values (" + n + ", 'Barre " + language + "'); insert into template_translation (template_id, language, sms) values (" + n + ", 'fr', 'Bonjour');"
                + "insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id, everywhere, delay_n, delay_unit) select " + n + " + i, 'bar-lead-" + language + "-' || i, 'ACTIVE', "
                + "'ON_EVENT', 'LEAD_CREATED', 'SMS', " + n + ", true, 300 + i, 'DAYS' from generate_series(1, 2) i;").execute();
        });
        try (Browser own = Browser.open(stack.url(), language).signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD)) {
            browser = own;
            browser.go("/notification/list.xhtml?of=leads");
            for (int i = 1; i <= 2; i++) {
                browser.click(By.xpath("(//*[@id='list:leads']//tr[contains(., 'Barre " + language + "')]//*[contains(@class, 'ui-chkbox-box')])[" + i + "]"));
            }
            browser.awaitText(chosen);
            assertEquals(List.of(), browser.driver().findElements(By.id("list:copy")));
            look("bulk-leads-" + language);
            browser.click("list:turnOff").awaitText(off).await(d -> rows(which) == 2).click("list:undo").await(d -> rows(which) == 0);
            assertEquals(List.of(), browser.complaints());
        } finally {
            stack.owner().useHandle(h -> h.execute("update automation set deleted = true where ref like 'bar-lead-%'"));
        }
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {"fr | Rappel « Veille fr » (2 jours avant) : 12 000 bons de travail sur 48 000 | Lancé par Mireille, à l’instant.",
        "en | Reminder “Veille en” (2 days before): 12,000 of 48,000 work orders | Started by Mireille, just now."})
    @DisplayName("REL-47: re-planning that goes on is told with how far it is and who began it, for screen readers too, and is gone when it is done")
    void tellsOfReplanning(String language, String words, String who) throws IOException {
        int n = language.equals("fr") ? 980_000 : 990_000;
        long task = stack.owner().withHandle(h -> {
            h.execute("truncate sign_in_attempt");
            h.createScript("insert into location (id, code, name, zone, country, language) values (" + n + ", 'WORK-" + language + "', 'Chantier " + language + "', 'America/Toronto', 'CA', 'fr'), ("
                + (n + 1) + ", 'WORK2-" + language + "', 'Chantier 2 " + language + "', 'America/Toronto', 'CA', 'fr');"
                + "insert into template (id, name) values (" + n + ", 'Veille " + language + "');"
                + "insert into automation (id, ref, state, trigger_kind, anchor, channels, template_id, delay_n, delay_unit) values (" + n + ", 'work-" + n + "', 'ACTIVE', 'AROUND_DATE', 'order.due', 'SMS', "
                + n + ", 2, 'DAYS'); insert into automation_location values (" + n + ", " + n + "), (" + n + ", " + (n + 1) + ");").execute();
            // of this node, which lives, so that nobody takes it over
            long id = h.createQuery("insert into replan_task (requested_at, actor, total, state, owner_node, owner_epoch) select (select clock_timestamp() + offset_ms * interval '1 ms' from application_clock), 'Mireille', 2, 'RUNNING', id, epoch "
                + "from node where stopped_at is null order by heartbeat_at desc limit 1 returning id").mapTo(Long.class).one();
            h.execute("insert into replan_step (task_id, position, automation_id, location_id, size, done_at) values (?, 1, ?, ?, 12000, now()), (?, 2, ?, ?, 36000, null)", id, n, n, id, n, n + 1);
            return id;
        });
        try (Browser own = Browser.open(stack.url(), language).signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD)) {
            browser = own;
            browser.go("/notification/list.xhtml");
            String shown = browser.see(By.cssSelector(".c-work")).getText().replaceAll("[\\u00A0\\u202F]", " ");
            assertTrue(shown.contains(words), shown);
            assertTrue(shown.contains(who), shown);
            org.openqa.selenium.WebElement bar = browser.see(By.cssSelector(".c-work [role=progressbar]"));
            assertEquals("12000 48000", bar.getDomAttribute("aria-valuenow") + " " + bar.getDomAttribute("aria-valuemax"));
            look("replanning-" + language);
            stack.owner().useHandle(h -> h.execute("update replan_step set done_at = now() where task_id = ?", task));
            browser.await(d -> d.findElement(By.cssSelector(".c-work [role=progressbar]")).getDomAttribute("aria-valuenow").equals("48000"));
            stack.owner().useHandle(h -> h.execute("update replan_task set state = 'DONE', finished_at = now() where id = ?", task));
            browser.await(d -> d.findElements(By.cssSelector(".c-work")).isEmpty());
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

    private void look(String name) throws IOException { Fitness.check(browser, name.substring(0, name.length() - 3), name.substring(name.length() - 2)); }
}
