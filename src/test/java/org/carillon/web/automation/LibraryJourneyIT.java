package org.carillon.web.automation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.carillon.automation.LookFailure;
import org.carillon.fact.Invalid;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.carillon.web.Browser;
import org.carillon.web.Fitness;
import org.carillon.web.House;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** From the empty list through the library to a draft, and what its row offers; in a corner of the house of its own. */
class LibraryJourneyIT {

    private final Stack stack = House.open();

    @AfterEach void clear() {
        stack.owner().useHandle(h -> h.execute("update automation set deleted = true, rev = rev + 1, version = version + 1 where name like 'Journey%'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"fr; Automatisations; Bibliothèque; Rappel d’entretien après six mois; considérés", "en; Automations; Library; Six-month maintenance reminder; considered"})
    @DisplayName("KI-01, KI-41, KI-48 to KI-54: a recipe becomes a draft whose row says what it did, and is changed, resumed with the question, copied and deleted with a number")
    void fromTheLibraryToADraft(String language, String title, String library, String recipe, String considered) throws Exception {
        try (Browser browser = Browser.open(stack.url(), language).signIn(House.email(Role.MANAGER, "west"), House.PASSWORD)) {
            browser.go("/automation/list.xhtml").awaitText(title);
            Fitness.check(browser, "automation-empty", language);
            browser.go("/automation/library.xhtml").awaitText(library);
            assertEquals(13, browser.driver().findElements(By.cssSelector(".c-recipe")).size());
            assertEquals(3, browser.driver().findElements(By.cssSelector(".c-recipe")).stream().filter(card -> card.getText().contains("PBS")).count(), "KI-41: R01, R02 and R09");
            Fitness.check(browser, "automation-library", language);
            browser.go("/automation/recipe.xhtml?code=KI-R09").click(By.id("form:variant:1")).await(d -> d.findElements(By.cssSelector("#form\\:rules .c-sentence b")).size() > 3);
            Fitness.check(browser, "automation-variants", language);
            browser.go("/automation/recipe.xhtml?code=KI-R10").see(By.cssSelector("#form\\:rules .c-note"));
            browser.picture("automation-unfinished-" + language).go("/automation/library.xhtml").click(By.linkText(recipe)).see(By.id("form:name"));
            Fitness.check(browser, "automation-recipe", language);
            browser.type("form:name", "Journey " + language).click(By.id("form:chosen:2")).click("form:use");
            browser.await(d -> d.getCurrentUrl().contains("/automation/edit.xhtml?id="));
            long id = draft(language);
            ran(id);
            browser.go("/automation/list.xhtml").awaitText("Journey " + language);
            Fitness.check(browser, "automation-list", language);
            String looks = browser.go("/automation/history.xhtml?id=" + id).awaitText(considered).text();
            assertTrue(looks.contains(language.equals("fr") ? "Il n’y a pas de champ « customer.meta_gone »" : "There is no field “customer.meta_gone”"), "Law 5: what the look stopped at; " + looks);
            assertTrue(looks.contains(language.equals("fr") ? "Erreur interne, notée dans le journal du serveur (" : "Internal error, noted in the server’s log (") && !looks.contains("Exception"), looks);
            Fitness.check(browser, "automation-history", language);
            changedAndRestored(browser, language, id);
            resumedWithTheQuestion(browser, language, id);
            pausedWithOneWaiting(browser, language, id);
            browser.click("list:table:0:copy").await(d -> !d.findElements(By.id("list:table:1:copy")).isEmpty());
            browser.click("list:table:0:delete").see(By.id("gone:yes"));
            browser.awaitText(language.equals("fr") ? "Aucun message n’attend" : "No message waits").click("gone:yes").await(d -> d.findElements(By.id("list:table:1:copy")).isEmpty());
            imported(browser, language);
            assertEquals(List.of(), browser.complaints().stream().filter(c -> !c.contains("edit.xhtml")).toList());
        }
    }

    /** B-45: who changed what, and the way back. */
    private void changedAndRestored(Browser browser, String language, long id) throws Exception {
        browser.go("/automation/edit.xhtml?id=" + id).type("edit:name", "Journey renamed").click("edit:save").await(d -> named(id).equals("Journey renamed"));
        browser.go("/automation/history.xhtml?id=" + id).click(By.cssSelector("a[href*='versions.xhtml']")).await(d -> d.findElements(By.cssSelector(".c-feed > li")).size() == 2);
        assertEquals(List.of("Journey " + language, "Journey renamed"), browser.driver().findElements(By.cssSelector(".c-feed > li:first-child del, .c-feed > li:first-child ins")).stream().map(e -> e.getText()).toList());
        Fitness.check(browser, "automation-versions", language);
        browser.click("versions:all:1:restore").click(By.cssSelector(".ui-confirmdialog-yes")).await(d -> d.findElements(By.cssSelector(".c-feed > li")).size() == 3);
        assertEquals("Journey " + language, named(id));
    }

    /** KI-53: what was paused is switched on where the question with its numbers is asked. */
    private void resumedWithTheQuestion(Browser browser, String language, long id) throws Exception {
        List<String> identity = stack.owner().withHandle(h -> h.createQuery("select offer_contact, stop_number from company").map((r, c) -> List.of(r.getString(1), r.getString(2))).one());
        try {
            identity("", "514 555-0100");
            browser.go("/automation/list.xhtml").click("list:table:0:resume").await(d -> d.getCurrentUrl().contains("/automation/edit.xhtml"));
            assertEquals(List.of("Message"), browser.driver().findElements(By.cssSelector(".c-list strong")).stream().map(e -> e.getText()).toList(), "an offer names a contact, which is said once");
            identity("514 555-0100", "514 555-0100");
            browser.go("/automation/list.xhtml").click("list:table:0:resume").await(d -> d.findElement(By.id("asked:go")).isDisplayed());
            Fitness.check(browser, "automation-resume", language);
        } finally {
            identity(identity.get(0), identity.get(1));
        }
        assertEquals("PAUSED", stack.owner().withHandle(h -> h.createQuery("select state from automation where id = ?").bind(0, id).mapTo(String.class).one()));
    }

    /** What an offer says of the company (LAW-06, LAW-07). */
    private void identity(String contact, String stop) {
        stack.owner().useHandle(h -> h.createUpdate("update company set offer_contact = :contact, stop_number = :stop").bind("contact", contact).bind("stop", stop).execute());
    }

    /** KI-44: pausing says first how many messages it calls off. */
    private void pausedWithOneWaiting(Browser browser, String language, long id) throws Exception {
        stack.owner().useHandle(h -> {
            h.execute("update automation set state = 'ACTIVE', active_since = now(), version = version + 1 where id = ?", id);
            h.createUpdate("insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, due_at, expires_at, "
                + "tz_version, state, created_at, changed_at) select :id, 1, 0, c.location_id, 'CUSTOMER', c.id, c.id, 'journey', 'SMS', 'CUSTOMER', now() + interval '3 days', now() + interval '4 days', '', "
                + "'PLANNED', now(), now() from customer c where c.source = 'demo' and c.ref = 'C-1001'").bind("id", id).execute();
        });
        browser.go("/automation/list.xhtml").click("list:table:0:pause").see(By.id("lose:yes"));
        browser.awaitText(language.equals("fr") ? "1 message attend encore" : "1 message waits to be sent");
        Fitness.check(browser, "automation-pause", language);
        assertEquals("PLANNED", waiting(id));
        browser.click("lose:yes").see(By.id("list:table:0:resume"));
        assertEquals("CANCELLED", waiting(id));
    }

    private String waiting(long id) {
        return stack.owner().withHandle(h -> h.createQuery("select state from planned_notification where automation_id = ? and occurrence = 'journey'").bind(0, id).mapTo(String.class).one());
    }

    private String named(long id) { return stack.owner().withHandle(h -> h.createQuery("select name from automation where id = ?").bind(0, id).mapTo(String.class).one()); }

    /** B-45: what is wrong is told by property and nothing is lost; a file of another shop gets a location of this one. */
    private void imported(Browser browser, String language) throws Exception {
        String wrong = "{\"name\": 5, \"colour\": \"red\", \"schedule\": {\"every\": \"HOUR\"}, \"locations\": [\"NOWHERE\"]}";
        browser.go("/automation/list.xhtml").click(By.cssSelector("a[href$='/automation/import.xhtml']")).type("import:text", wrong).click("import:take").await(d -> !d.findElements(By.cssSelector("[role=alert] code")).isEmpty());
        assertEquals(List.of("name", "schedule.every", "location", "colour"), browser.driver().findElements(By.cssSelector("[role=alert] code")).stream().map(e -> e.getText()).toList());
        assertEquals(wrong, browser.see(By.id("import:text")).getDomProperty("value"));
        Fitness.check(browser, "automation-import", language);
        Path file = Files.createTempFile("automation", ".json");
        Files.writeString(file, "{\"name\": \"Journey imported " + language + "\", \"state\": \"ACTIVE\", \"schedule\": {\"every\": \"DAY\", \"at\": \"10:00\"}, \"locations\": [\"NOWHERE\"], \"channels\": [\"SMS\"]}");
        browser.driver().findElement(By.id("file")).sendKeys(file.toString());
        browser.await(d -> String.valueOf(d.findElement(By.id("import:text")).getDomProperty("value")).contains("Journey imported")).choose("import:place", "House west").click("import:take");
        browser.await(d -> d.getCurrentUrl().contains("/automation/edit.xhtml?id="));
        assertEquals("DRAFT 10:00:00 HOUSE-west", stack.owner().withHandle(h -> h.createQuery("select a.state || ' ' || a.at_time || ' ' || l.code from automation a join automation_location w on w.automation_id = a.id "
            + "join location l on l.id = w.location_id where a.name = ? and not a.deleted").bind(0, "Journey imported " + language).mapTo(String.class).one()));
    }

    private long draft(String language) {
        List<String> found = stack.owner().withHandle(h -> h.createQuery("select a.id || ' ' || a.state || ' ' || a.trigger_kind || ' ' || (x.sms like '%SERVICE%') from automation a "
            + "join template_translation x on x.template_id = a.template_id and x.language = 'fr' where a.name = ? and not a.deleted").bind(0, "Journey " + language).mapTo(String.class).list());
        assertTrue(found.size() == 1 && found.get(0).endsWith(" DRAFT WEEKLY true"), found::toString);
        return Long.parseLong(found.get(0).split(" ")[0]);
    }

    /** As if it had been switched on, looked once, and been paused. */
    private void ran(long id) {
        stack.owner().useHandle(h -> {
            h.execute("update automation set state = 'PAUSED', version = version + 1 where id = ?", id);
            h.execute("insert into audience_run (automation_id, zone, slot, state, next_try, considered, matched, planned, already, without_consent, finished_at) "
                + "values (?, 'America/Toronto', now() - interval '1 day', 'DONE', now(), 14407, 13468, 12990, 0, 478, now() - interval '1 day')", id);
            h.execute("insert into audience_run (automation_id, zone, slot, state, next_try, error, finished_at) values (?, 'America/Toronto', now() - interval '3 days', 'FAILED', now(), ?, now() - interval '3 days'), "
                    + "(?, 'America/Toronto', now() - interval '4 days', 'FAILED', now(), ?, now() - interval '4 days'), (?, 'America/Toronto', now() - interval '5 days', 'FAILED', now(), 'IllegalStateException', now() - interval '5 days')",
                id, LookFailure.of(new IllegalStateException(), new Invalid("groups[0][0].field", "audience.field", "customer.meta_gone"), Instant.now()).json(), id, LookFailure.of(new IllegalStateException(), null, Instant.now()).json(), id);
        });
    }
}
