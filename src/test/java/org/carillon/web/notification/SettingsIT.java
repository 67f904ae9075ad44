package org.carillon.web.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.carillon.web.Browser;
import org.carillon.web.Fitness;
import org.carillon.web.House;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The settings as an administrator and a manager use them. */
class SettingsIT {

    private static final By CANCEL = By.cssSelector("#edit .c-panel-foot [data-close]");
    private static Stack stack;
    private static Browser browser;

    @BeforeAll static void open() {
        stack = House.open();
        stack.owner().useHandle(h -> {
            h.execute("update location set opening_hours = '{\"MON\":[[\"08:00\",\"17:00\"]]}', holidays = '[{\"yearly\":\"12-25\"}]' where code = 'HOUSE-east'");
            h.execute("insert into order_status (code, name_fr, name_en, status_group, position) values ('HOUSE_READY', 'Prêt chez nous', 'Ready at ours', 'READY', 900)");
            h.execute("insert into location_status select l.id, s.id from location l, order_status s where l.code like 'HOUSE-%' and s.code = 'HOUSE_READY'");
            h.execute("insert into template (id, name) values (900001, 'Texte de la maison')");
            h.execute("insert into template_translation (template_id, language, sms) values (900001, 'fr', 'Bonjour {customer.name}')");
            h.execute("insert into template (id, name) values (900002, 'Texte d’en face')");
            h.execute("insert into template_translation (template_id, language, sms) values (900002, 'fr', 'Bonjour')");
            h.execute("insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id) values (900002, 'house-east', 'PAUSED', 'ON_EVENT', 'ORDER_CREATED', 'SMS', 900002)");
            h.execute("insert into automation_location select 900002, id from location where code = 'HOUSE-east'");
            h.execute("insert into customer (id, location_id, ref, name, language, search_text, created_at) select 900001, id, 'H-1', 'Zoé Maison', 'fr', 'zoe maison', now() from location where code = 'HOUSE-east'");
            h.execute("insert into work_order (location_id, customer_id, ref, status, status_group, opened_at, status_changed_at, last_time, created_at, search_text) "
                + "select id, 900001, 'H-O1', 'HOUSE_READY', 'READY', now(), now(), now(), now(), 'h-o1' from location where code = 'HOUSE-east'");
        });
        browser = Browser.open(stack.url(), "fr").signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD);
    }

    @AfterAll static void close() { browser.close(); }

    @BeforeEach void forgetGuesses() { stack.owner().useHandle(h -> h.execute("truncate sign_in_attempt")); }

    @Test @DisplayName("RO-04, RO-10, RO-19, RO-24, RO-25: a notification with a new template, written in one form after an unknown field was refused by name")
    void createsANotificationWithANewTemplate() {
        at("House east");
        browser.click("list:add");
        choose("edit:status", "Prêt chez nous");
        browser.click(radio("fresh", 1));
        browser.type("edit:name", "Prêt, maison").type("edit:frSms", "Bonjour {custmer.name}").type("edit:delay", "2");
        browser.click("edit:save").awaitText("custmer.name");
        assertTrue(under("frSms").contains("customer.name"), "names the nearest valid field");
        assertEquals("Bonjour {custmer.name}", browser.see(By.id("edit:frSms")).getAttribute("value"), "what was typed stays");
        browser.type("edit:frSms", "Bonjour {customer.name}, c'est prêt.");
        assertTrue(browser.see(By.cssSelector("[data-bubble=frSms]")).getText().startsWith("Bonjour Zoé Maison"), "previews a real record");
        browser.click("edit:save").awaitText("La notification est créée.");
        WebElement row = row("Prêt, maison");
        assertTrue(row.getText().contains("Prêt chez nous") && row.getText().contains("2 h") && row.getText().contains("SMS"), row.getText());
        assertEquals("ACTIVE", state("Prêt, maison"));
        row.findElement(By.cssSelector(".ui-toggleswitch-slider")).click();
        browser.awaitText("La notification est suspendue.");
        assertEquals("PAUSED", state("Prêt, maison"));
        new Actions(browser.driver()).doubleClick(row("Prêt, maison").findElements(By.tagName("td")).get(2)).perform();
        browser.awaitText("Modifier la notification");
        assertEquals("Prêt, maison", browser.see(By.id("edit:template_label")).getText(), "the panel shows its own record, not what stood in the one before");
        browser.type("edit:delay", "3").click("edit:save").awaitText("La notification est enregistrée.");
        assertEquals("PAUSED", state("Prêt, maison"), "an edit does not switch on");
        row("Prêt, maison").findElement(By.cssSelector(".c-row-acts button:last-child")).click();
        browser.awaitText("Supprimer cette notification").click(By.cssSelector(".ui-confirmdialog-yes")).awaitText("La notification est supprimée.");
        assertEquals(List.of(), browser.driver().findElements(By.xpath("//tbody//tr[contains(., 'Prêt, maison')]")));
    }

    @Test @DisplayName("RO-21: only during working hours is refused where nothing opens within 14 days, and the way out is named")
    void refusesHoursOfAClosedLocation() {
        at("House west");
        browser.click("list:add");
        choose("edit:status", "Prêt chez nous");
        choose("edit:template", "Texte de la maison");
        browser.click(By.cssSelector("#edit\\:openingHours .ui-toggleswitch-slider")).click("edit:save").awaitText("House west n’ouvre pas");
        browser.click(radio("channel", 1)).click(By.cssSelector("#edit\\:openingHours .ui-toggleswitch-slider")).click("edit:save");
        browser.awaitText("Texte de la maison").await(d -> under("template").contains("Texte de la maison"));
        browser.click(CANCEL);
    }

    @Test @DisplayName("RO-10: the status that triggers is asked for")
    void asksForTheStatus() {
        at("House east");
        browser.click("list:add").click("edit:save").awaitText("Choisissez le statut qui déclenche l’envoi.").click(CANCEL);
    }

    @Test @DisplayName("B-06, MSG-02: the editor warns of what forces UCS-2, of blanks, and offers equivalents")
    void warnsInTheEditor() {
        browser.go("/template/edit.xhtml?id=900001").type("edit:frSms", "Prêt [HEURE]");
        assertEquals("1 segment", browser.see(By.cssSelector("[data-name=frSms] [data-m=parts]")).getText());
        assertTrue(browser.see(By.cssSelector("[data-name=frSms] [data-m=enc]")).getText().contains("UCS-2"));
        assertTrue(browser.see(By.cssSelector("[data-name=frSms] [data-m=hints]")).getText().contains("[HEURE]"));
        browser.click(By.cssSelector("[data-name=frSms] [data-simplify]"));
        assertEquals("Pret [HEURE]", browser.see(By.id("edit:frSms")).getAttribute("value"));
        assertTrue(browser.see(By.cssSelector("[data-name=frSms] [data-m=enc]")).getText().contains("GSM-7"));
        browser.type("edit:frSms", "Bonjour {customer.name}").click("edit:save").awaitText("Le modèle est enregistré.");
    }

    @Test @DisplayName("P-20: a new status is in the list of triggers at once, and « what is sent when » lists every status with its messages, or that nothing is sent")
    void listsANewStatusAtOnce() {
        browser.go("/status/list.xhtml").click("list:add").type("edit:nameFr", "Chez le polisseur").type("edit:nameEn", "At the polisher’s").type("edit:code", "POLISHING").click("edit:save");
        browser.await(d -> d.findElement(By.id("list:table")).getText().contains("POLISHING"));
        at("House east");
        browser.click("list:add").see(CANCEL);
        choose("edit:status", "Chez le polisseur");
        browser.go("/notification/when.xhtml").awaitText("House east");
        List<String> statuses = stack.owner().withHandle(h -> h.createQuery("select s.name_fr from order_status s join location_status ls on ls.status_id = s.id join location l "
            + "on l.id = ls.location_id where s.active and l.code = 'HOUSE-east'").mapTo(String.class).list());
        assertTrue(statuses.contains("Chez le polisseur"), statuses::toString);
        statuses.forEach(status -> assertTrue(browser.text().contains(status), status));
        assertTrue(row("Chez le polisseur").findElements(By.cssSelector(".c-warn")).size() == 1, "nothing is sent then, and it says so");
        stack.owner().useHandle(h -> h.execute("update order_status set active = false where code = 'POLISHING'"));
    }

    @Test void keepsALocationWithItsHours() {
        browser.go("/location/edit.xhtml?code=HOUSE-east").type("edit:sender", "trop long pour un nom").click("edit:save");
        assertFalse(under("sender").isEmpty());
        browser.type("edit:sender", "Maison");
        browser.driver().executeScript("document.getElementById('edit:copy').scrollIntoView({block: 'center'})");
        browser.click("edit:copy").click("edit:save").awaitText("L’établissement est enregistré.");
        assertEquals("{\"MON\":[[\"08:00\",\"17:00\"]],\"TUE\":[[\"08:00\",\"17:00\"]],\"WED\":[[\"08:00\",\"17:00\"]],\"THU\":[[\"08:00\",\"17:00\"]],\"FRI\":[[\"08:00\",\"17:00\"]]}",
            stack.owner().withHandle(h -> h.createQuery("select opening_hours from location where code = 'HOUSE-east'").mapTo(String.class).one()));
    }

    @Test @DisplayName("a location is saved whole or not at all: without a status its new name is refused too")
    void savesALocationInOneTransaction() {
        browser.go("/location/edit.xhtml?code=HOUSE-west").type("edit:name", "House renamed");
        for (WebElement box : browser.driver().findElements(By.cssSelector("[id='edit:statuses'] input:checked"))) {
            browser.driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", box);
            box.click();
        }
        browser.click("edit:save").awaitText("Gardez au moins un statut activé.");
        assertEquals("House west", stack.owner().withHandle(h -> h.createQuery("select name from location where code = 'HOUSE-west'").mapTo(String.class).one()));
    }

    @Test @DisplayName("RO-21: a location that never opens is saved, with a warning that names it")
    void warnsOfALocationThatNeverOpens() {
        browser.go("/location/edit.xhtml?code=HOUSE-west").click("edit:save").awaitText("House west n’ouvre pas dans les 14 prochains jours");
    }

    @Test @DisplayName("SEC-04: a form that the server no longer remembers is loaded anew, with a word of why; one of an ended session leads through the sign-in")
    void loadsAPageAnewThatWasOpenForTooLong() {
        try (Browser late = Browser.open(stack.url(), "fr").signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD).go("/location/edit.xhtml?code=HOUSE-west")) {
            late.driver().executeAsyncScript("var done = arguments[0], left = 40; (function next() { if (left-- === 0) { done(); } else { "
                + "fetch('/location/list.xhtml').then(function (r) { return r.text(); }).then(next); } })();");
            late.click("edit:save").awaitText("Cette page est restée ouverte trop longtemps");
            assertTrue(late.driver().getCurrentUrl().endsWith("/location/edit.xhtml?code=HOUSE-west"), late.driver().getCurrentUrl());
            assertEquals("House west", late.see(By.id("edit:name")).getAttribute("value"));
            late.driver().manage().deleteAllCookies();
            late.click("edit:save").awaitText("Votre session a pris fin");
            late.type("signin:email", House.email(Role.ADMINISTRATOR)).type("signin:password", House.PASSWORD).click("signin:enter");
            late.await(d -> d.getCurrentUrl().endsWith("/location/edit.xhtml?code=HOUSE-west"));
        }
    }

    @Test void definesAStatusOnce() {
        browser.go("/status/list.xhtml").click("list:add").type("edit:nameFr", "Lavage").type("edit:nameEn", "Washing").type("edit:code", "lavage").click("edit:save");
        assertFalse(under("code").isEmpty(), "capitals only");
        browser.type("edit:code", "WASHING").click("edit:save").awaitText("Le statut est créé");
        assertTrue(row("Lavage").getText().contains("WASHING"));
    }

    @Test @DisplayName("SEC-13: a manager sees only the own location, an advisor nothing of the settings")
    void keepsRolesApart() {
        try (Browser manager = Browser.open(stack.url(), "fr").signIn(House.email(Role.MANAGER, "west"), House.PASSWORD)) {
            String notifications = manager.go("/notification/list.xhtml").text();
            assertTrue(notifications.contains("House west") && !notifications.contains("House east"), notifications);
            assertFalse(manager.driver().getPageSource().contains("/status/list.xhtml"), "the menu offers only what may be opened");
            assertFalse(manager.go("/location/list.xhtml").text().contains("House east"));
            assertTrue(manager.go("/location/edit.xhtml?code=HOUSE-east").text().contains("Page introuvable"));
            for (String page : List.of("/location/edit.xhtml", "/status/list.xhtml", "/company/edit.xhtml", "/staff/list.xhtml", "/token/list.xhtml")) {
                assertTrue(manager.go(page).text().contains("Accès réservé"), page);
            }
            assertEquals(List.of(), manager.go("/template/edit.xhtml?id=900002").driver().findElements(By.id("edit:save")), "House east sends it");
            manager.go("/location/edit.xhtml?code=HOUSE-west").type("edit:phone", "514 555-0100").click("edit:save").awaitText("L’établissement est enregistré.");
        }
        try (Browser operator = Browser.open(stack.url(), "fr").signIn(House.email(Role.OPERATOR), House.PASSWORD)) {
            assertTrue(operator.go("/token/list.xhtml").text().contains("Un administrateur crée les nouveaux"));
            assertEquals(List.of(), operator.driver().findElements(By.id("list:new")), "a token would read what an operator must not see");
        }
        try (Browser advisor = Browser.open(stack.url(), "fr").signIn(House.email(Role.ADVISOR), House.PASSWORD)) {
            for (String page : List.of("notification", "template", "location", "status")) {
                assertTrue(advisor.go("/" + page + "/list.xhtml").text().contains("Accès réservé"), page);
            }
        }
    }

    @ParameterizedTest @ValueSource(strings = {"fr", "en"})
    @DisplayName("SEC-07, WCAG 2.2 AA: no settings page or panel breaks the policy, has a barrier, lacks a word or overflows a phone")
    void isFitForEverybody(String language) throws IOException {
        try (Browser own = Browser.open(stack.url(), language).signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD)) {
            for (String page : List.of("/notification/list.xhtml", "/template/list.xhtml", "/template/edit.xhtml?id=900001", "/template/edit.xhtml", "/location/list.xhtml",
                "/location/edit.xhtml?code=HOUSE-east", "/status/list.xhtml")) {
                own.go(page);
                Fitness.check(own, name(page), language);
                if (page.startsWith("/notification") || page.startsWith("/status")) {
                    own.click("list:add").see(CANCEL);
                    Fitness.check(own, name(page) + "-panel", language);
                }
            }
            assertEquals(List.of(), own.complaints());
        }
    }

    private static String name(String page) { return page.substring(1).replaceAll("\\W+", "-"); }

    /** The page of a location, chosen at its top. */
    private static void at(String place) {
        browser.go("/notification/list.xhtml");
        if (!browser.see(By.id("list:at_label")).getText().equals(place)) {
            browser.click("list:at").click(By.xpath("//*[@id='list:at_panel']//li[normalize-space()='" + place + "']")).awaitText(place + ".");
        }
        browser.await(d -> d.findElement(By.cssSelector(".c-head p")).getText().contains(place));
    }

    private static void choose(String menu, String label) {
        browser.click(menu).click(By.xpath("//*[@id='" + menu + "_panel']//li[normalize-space()='" + label + "']"));
    }

    /** Native radios are hidden behind their labels. */
    private static By radio(String id, int choice) { return By.xpath("//li[label[@for='edit:" + id + ":" + choice + "']]"); }

    private static WebElement row(String text) { return browser.see(By.xpath("//tbody//tr[contains(., '" + text + "')]")); }

    private static String under(String field) {
        return browser.see(By.xpath("//*[@id='edit:" + field + "']/ancestor::*[contains(@class, 'c-field') or contains(@class, 'c-toggle-row')][1]"
            + "//*[contains(@class, 'ui-message-error-detail')]")).getText();
    }

    private static String state(String template) {
        return stack.owner().withHandle(h -> h.createQuery("select a.state from automation a join template t on t.id = a.template_id where t.name = :name and not a.deleted")
            .bind("name", template).mapTo(String.class).one());
    }
}
