package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The pages as people see them: every section in both languages, light, dark and on a phone; and the shell's own errands. */
class PagesIT {

    private static Stack stack;

    @BeforeAll static void open() {
        stack = House.open();
        stack.owner().useTransaction(h -> {
            h.execute("insert into template (id, name) values (930011, 'Pages')");
            h.execute("insert into template_translation (template_id, language, sms) values (930011, 'fr', 'Bonjour'), (930011, 'en', 'Hello')");
            h.execute("insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id) values (930011, 'pages-1', 'PAUSED', 'ON_EVENT', 'ORDER_CREATED', 'SMS', 930011)");
            h.execute("insert into automation_location select 930011, id from location where code = 'HOUSE-east'");
            h.execute("insert into message (location_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, state, accepted_at) "
                + "select id, 'SMS', 'TRANSACTIONAL', '+15145550111', 'Bonjour', 'NO_RESEND', now() - interval '1 day', now(), 'DELIVERED', now() - interval '1 day' from location where code = 'HOUSE-east'");
        });
    }

    @BeforeEach void forgetGuesses() { stack.owner().useHandle(h -> h.execute("truncate sign_in_attempt")); }

    @ParameterizedTest @ValueSource(strings = {"fr", "en"})
    @DisplayName("SEC-07, WCAG 2.2 AA: no page breaks the policy, has a barrier, lacks a word or overflows a phone")
    void isFitForEverybody(String language) throws IOException {
        try (Browser browser = Browser.open(stack.url(), language)) {
            browser.go("/open/signin.xhtml");
            Fitness.check(browser, "open-signin", language);
            browser.go("/open/invitation.xhtml?t=spent");
            Fitness.check(browser, "open-invitation", language);
            browser.signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD);
            for (Section section : sections()) {
                browser.go(section.getPath());
                Fitness.check(browser, section.getFolder(), language);
            }
            browser.go("/nowhere/list.xhtml");
            Fitness.check(browser, "error-404", language);
            assertEquals(List.of(), browser.complaints());
        }
    }

    @ParameterizedTest @ValueSource(strings = {"fr", "en"})
    @DisplayName("WCAG 2.2 AA: what opens in the settings is as fit as what it opens from (SettingsIT looks at the rest)")
    void isFitWhenOpened(String language) throws IOException {
        try (Browser browser = Browser.open(stack.url(), language).signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD)) {
            browser.go("/notification/list.xhtml").choose("list:at", "House east").await(d -> d.findElement(By.cssSelector(".c-head p")).getText().contains("House east"));
            browser.click(By.cssSelector("[data-edit]")).click(By.xpath("//li[label[@for='edit:fresh:1']]")).see(By.id("edit:name"));
            Fitness.check(browser, "notification-panel-text", language);
            browser.go("/notification/list.xhtml").click(By.cssSelector("a[href='when.xhtml']")).await(d -> d.getCurrentUrl().contains("when.xhtml"));
            Fitness.check(browser, "notification-when", language);
            browser.go("/location/edit.xhtml?code=MTL").click("edit:addFeast").click(By.cssSelector(".c-week li:last-child > button")).see(By.cssSelector(".c-week li:last-child input"));
            Fitness.check(browser, "location-edit", language);
            browser.go("/staff/list.xhtml").click(By.cssSelector(".c-row-acts button")).see(By.id("edit:name"));
            Fitness.check(browser, "staff-panel", language);
            browser.go("/token/list.xhtml").click("list:new").see(By.id("edit:source"));
            Fitness.check(browser, "token-panel", language);
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test @DisplayName("ui.md 4: the chart takes the colours of the theme when the theme turns under it")
    void paintsTheChartAnewWhenTheThemeTurns() {
        try (Browser browser = Browser.open(stack.url(), "fr").signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD).go("/home/view.xhtml")) {
            String colours = "var c = PrimeFaces.getWidgetsByType(PrimeFaces.widget.Chart)[0].chart; return c.data.datasets[0].backgroundColor + ' ' + c.scales.x.options.ticks.color;";
            Object light = browser.driver().executeScript(colours);
            browser.dark(true).await(d -> !light.equals(browser.driver().executeScript(colours)));
            browser.driver().executeScript("document.documentElement.dataset.theme = 'light'");
            browser.await(d -> light.equals(browser.driver().executeScript(colours)));
        }
    }

    private static List<Section> sections() {
        return Arrays.stream(Section.values()).filter(section -> Files.exists(Path.of("src/main/webapp" + section.getPath()))).toList();
    }

    @Test void offersOnlyWhatTheRoleMaySee() {
        for (Role role : Role.values()) {
            try (Browser browser = Browser.open(stack.url(), "en").signIn(House.email(role), House.PASSWORD).go("/profile/edit.xhtml")) {
                List<String> offered = browser.driver().findElements(By.cssSelector("#nav li a")).stream().map(a -> a.getDomAttribute("href")).toList();
                assertEquals(sections().stream().filter(s -> s.getGroup() != Section.Group.NONE && s.admits(role)).map(Section::getPath).toList(), offered, role.name());
            }
        }
    }

    @Test void invitesSomebodyWhoThenSignsIn() throws IOException {
        String email = "invited-" + System.nanoTime() + "@house.example";
        try (Browser admin = Browser.open(stack.url(), "fr").signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD).go("/staff/list.xhtml")) {
            admin.click("list:invite").type("edit:name", "Zoé #{7*7} <b>gras</b>").type("edit:email", "not an address").click("edit:save");
            admin.type("edit:email", email).click("edit:save").awaitText("Choisissez au moins un établissement.");
            assertEquals(List.of(), admin.picture("staff-panel-refused").barriers());
            assertEquals(email, admin.see(By.id("edit:email")).getDomProperty("value"), "what was typed stays");
            admin.click(By.cssSelector("[id='edit:locations'] input")).click("edit:save");
            WebElement link = admin.see(By.id("invitation"));
            String address = link.getDomProperty("value");
            assertEquals(List.of(), admin.picture("staff-link").barriers());
            assertTrue(admin.driver().getPageSource().contains("Zoé #{7*7} &lt;b&gt;gras&lt;/b&gt;"), "a name is text and nothing else");
            assertEquals(List.of(), admin.complaints());

            try (Browser invited = Browser.open(stack.url(), "en").go(address.substring(address.indexOf("/open/")))) {
                invited.type("invitation:password", "password1234").click("invitation:accept").awaitText("This password is too common.");
                invited.picture("invitation").type("invitation:password", "trois vélos verts").click("invitation:accept");
                invited.await(d -> !d.getCurrentUrl().contains("/open/"));
                assertEquals(List.of(), invited.complaints());
                invited.go(address.substring(address.indexOf("/open/"))).awaitText("This link no longer works");
                invited.signIn(email, "trois vélos verts");
            }
        }
    }

    @Test void keepsTheLanguageThatWasChosen() {
        try (Browser browser = Browser.open(stack.url(), "fr")) {
            browser.go("/open/signin.xhtml").click(By.cssSelector("#speak button")).awaitText("Sign in");
            browser.signIn(House.email(Role.MANAGER, "west"), House.PASSWORD).go("/profile/edit.xhtml").awaitText("My profile");
            browser.click("top:language").awaitText("Mon profil");
            assertEquals("fr", stack.owner().withHandle(h -> h.createQuery("select language from staff where email = ?").bind(0, House.email(Role.MANAGER, "west")).mapTo(String.class).one()));
        }
    }

    @Test @DisplayName("SEC-17: a token is shown once, and revoked with a confirmation")
    void issuesAndRevokesATokenInTheBrowser() throws IOException {
        try (Browser browser = Browser.open(stack.url(), "fr").signIn(House.email(Role.ADMINISTRATOR, "west"), House.PASSWORD).go("/token/list.xhtml")) {
            browser.click("list:new").type("edit:source", "Déjà vu").click("edit:issue").awaitText("Donnez un nom de 2 à 32 lettres");
            browser.type("edit:source", "browser-test").click("edit:issue");
            String token = browser.see(By.id("token")).getDomProperty("value");
            assertTrue(token.matches("carillon_[A-Za-z0-9_-]{43}"), token);
            browser.picture("token-secret").go("/token/list.xhtml").awaitText("browser-test");
            assertFalse(browser.driver().getPageSource().contains(token));
            browser.click(By.cssSelector("[aria-label='Révoquer : browser-test']")).picture("token-confirm").click(By.cssSelector(".ui-confirm-dialog .ui-confirmdialog-yes")).awaitText("Révoqué");
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test void savesTheCompanyAndSaysSo() {
        try (Browser browser = Browser.open(stack.url(), "fr").signIn(House.email(Role.ADMINISTRATOR, "west"), House.PASSWORD).go("/company/edit.xhtml")) {
            String name = browser.see(By.id("form:name")).getDomProperty("value");
            browser.type("form:name", "").click("form:save").awaitText("Remplissez ce champ.");
            browser.type("form:name", name == null || name.isEmpty() ? "Garage Rosemont" : name).type("form:address", "1 rue Masson\nMontréal").click("form:save").awaitText("L’entreprise est enregistrée.");
        }
    }
}
