package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Passwords;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** An advisor's day in a browser: a customer, an order, a new status, and the feed that tells what became of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EverydayIT {

    private static final String ADVISOR = "advisor@everyday.example";
    private static final String PASSWORD = "trois tasses de thé vert";
    private static Stack stack;
    private static Jdbi db;
    private static Browser browser;
    private static String order;

    @BeforeAll static void open() {
        stack = Stack.get();
        db = stack.owner();
        db.useTransaction(h -> {
            long place = h.createQuery("insert into location (code, name, zone, country, language, sms_sender) values ('EVERYDAY', 'Garage du Coin', 'America/Toronto', 'CA', 'fr', 'Coin') returning id")
                .mapTo(Long.class).one();
            h.execute("insert into location_status select ?, id from order_status where active", place);
            long advisor = h.createQuery("insert into staff (email, name, role, language, password) values (:email, 'Ana Silva', 'ADVISOR', 'fr', :hash) returning id")
                .bind("email", ADVISOR).bind("hash", new Passwords().hash(PASSWORD)).mapTo(Long.class).one();
            h.execute("insert into staff_location values (?, ?)", advisor, place);
            long template = h.createQuery("insert into template (name) values ('Tout est prêt') returning id").mapTo(Long.class).one();
            h.execute("insert into template_translation (template_id, language, sms) values (?, 'fr', 'Bonjour { customer.name }, votre { order.object } est prêt.')", template);
            long automation = h.createQuery("insert into automation (ref, state, trigger_kind, event_type, status, channels, template_id) "
                + "values ('everyday', 'ACTIVE', 'ON_EVENT', 'ORDER_STATUS_CHANGED', 'READY', 'SMS,EMAIL', :t) returning id").bind("t", template).mapTo(Long.class).one();
            h.execute("insert into automation_location values (?, ?)", automation, place);
        });
        browser = Browser.open(stack.url(), "fr").signIn(ADVISOR, PASSWORD);
    }

    @AfterAll static void close() { browser.close(); }

    @Test @Order(1) @DisplayName("RO-17, LAW-03: nothing is ticked for a new customer; a wrong number is refused beside its field, and what was typed stays")
    void refusesAWrongNumberAndKeepsTheForm() {
        browser.go("/customer/edit.xhtml").type("form:name", "Béatrice L’Écuyer").type("form:phones:0:phone", "514 555");
        for (String box : List.of("form:sms", "form:email", "form:marketing")) {
            assertFalse(browser.see(By.id(box)).isSelected(), box);
        }
        browser.click("form:save").awaitText("n’est pas un numéro qui existe");
        assertEquals("514 555", browser.see(By.id("form:phones:0:phone")).getDomProperty("value"));
        assertEquals("Béatrice L’Écuyer", browser.see(By.id("form:name")).getDomProperty("value"));
        browser.type("form:phones:0:phone", "438 867 5309").click("form:sms").click("form:addCar").type("form:carRows:0:make", "Mazda").type("form:carRows:0:model", "CX-5")
            .type("form:carRows:0:year", "2021").click("form:save").await(d -> d.getCurrentUrl().contains("/customer/view.xhtml"));
        String text = browser.text();
        assertTrue(text.contains("Mazda CX-5 2021") && text.contains("De vive voix") && text.contains("Ana Silva"), text);
    }

    @Test @Order(2) void opensAnOrderForACustomerWhoIsChosenByTyping() {
        browser.go("/order/edit.xhtml").type("form:customer_input", "beatrice");
        browser.see(By.cssSelector(".ui-autocomplete-item, .ui-autocomplete-panel tr[data-item-value]")).click();
        browser.awaitText("Véhicule");
        day("form:dueDate", "2020-01-15");
        day("form:dueTime", "16:00");
        browser.click("form:create").await(d -> d.getCurrentUrl().contains("/order/view.xhtml")).awaitText("Cette échéance est déjà passée");
        order = browser.driver().getCurrentUrl().replaceAll(".*id=(\\d+).*", "$1");
        String text = browser.text();
        assertTrue(text.contains("Bon de travail créé") && text.contains("Mazda CX-5 2021") && text.contains("En retard"), text);
    }

    @Test @Order(3) @DisplayName("The feed tells by itself that the SMS was delivered, and why no e-mail left")
    void movesTheOrderAndShowsWhatBecameOfIt() {
        browser.go("/order/view.xhtml?id=" + order).click(By.cssSelector("#steps summary")).click(By.cssSelector("[data-status=READY]"));
        browser.awaitText("Livré").awaitText("Bonjour Béatrice L’Écuyer, votre Mazda CX-5 est prêt.");
        assertTrue(browser.text().contains("Béatrice L’Écuyer n’a pas d’adresse courriel"), browser.text());
        assertEquals(1, stack.simulator().phones().receivedBy("+14388675309").size());
        browser.await(d -> d.findElements(By.cssSelector("#feed\\:lines script[id$=_s]")).isEmpty());
        browser.click(By.linkText("Voir l’envoi"));
        String text = browser.text();
        assertTrue(text.contains("Accepté par le fournisseur") && text.contains("Remis au téléphone") && text.contains("+1 438-867-5309"), text);
    }

    @Test @Order(4) void movesAndClearsTheDueDate() {
        browser.go("/order/view.xhtml?id=" + order).click(By.cssSelector("[data-open=due]"));
        day("due:dueDate", "2030-05-06");
        day("due:dueTime", "09:30");
        browser.click("due:save").awaitText("Échéance enregistrée").awaitText("Échéance : 6 mai 2030");
        browser.click(By.cssSelector("[data-open=due]")).click("due:clear").awaitText("Échéance retirée");
    }

    @Test @Order(5) @DisplayName("SEC-13: another location's order, customer and message look as if they were not there")
    void hidesWhatBelongsToOthers() {
        long foreign = db.withHandle(h -> h.createQuery("select min(o.id) from work_order o join location l on l.id = o.location_id where l.code = 'MTL'").mapTo(Long.class).one());
        long stranger = db.withHandle(h -> h.createQuery("select min(c.id) from customer c join location l on l.id = c.location_id where l.code = 'MTL'").mapTo(Long.class).one());
        long message = db.withHandle(h -> h.createQuery("select coalesce(min(m.id), 0) from message m join location l on l.id = m.location_id where l.code in ('MTL', 'PAR')").mapTo(Long.class).one());
        for (String path : List.of("/order/view.xhtml?id=" + foreign, "/customer/view.xhtml?id=" + stranger, "/customer/edit.xhtml?id=" + stranger, "/message/view.xhtml?id=" + message,
                "/order/view.xhtml?id=x", "/order/view.xhtml", "/customer/view.xhtml?id=99999999999999999999")) {
            assertEquals("Page introuvable · Carillon", browser.go(path).title(), path);
        }
        for (String path : List.of("/order/list.xhtml", "/customer/list.xhtml", "/message/list.xhtml?days=0")) {
            assertFalse(browser.go(path).text().contains("Rosemont"), path);
            assertTrue(browser.text().contains("Béatrice L’Écuyer"), path);
        }
    }

    @Test @Order(6) void addsACustomerWithTheirFirstOrder() {
        browser.go("/order/edit.xhtml").click(By.xpath("//li[label[@for='form:who:1']]")).type("form:name", "Noé Tardif").type("form:phone", "12").click("form:create")
            .awaitText("n’est pas un numéro qui existe");
        assertEquals(0L, (long) db.withHandle(h -> h.createQuery("select count(*) from customer where name = 'Noé Tardif'").mapTo(Long.class).one()), "both or neither");
        browser.type("form:phone", "438 867-5310").type("form:object", "iPhone 14").click("form:create").await(d -> d.getCurrentUrl().contains("/order/view.xhtml"));
        assertTrue(browser.text().contains("Noé Tardif") && browser.text().contains("iPhone 14") && browser.text().contains("Sans consentement"), browser.text());
    }

    @Test @Order(7) void findsByNumberNameAndPlate() {
        for (String asked : List.of("438 867-5309", "ecuyer", "MAZDA")) {
            browser.go("/customer/list.xhtml");
            WebElement field = browser.see(By.id("filter:q"));
            field.sendKeys(asked, Keys.ENTER);
            browser.await(d -> d.getCurrentUrl().contains("q=")).awaitText("Béatrice L’Écuyer");
            assertFalse(browser.text().contains("Noé Tardif"), asked);
        }
    }

    @ParameterizedTest @ValueSource(strings = {"fr", "en"}) @Order(8)
    @DisplayName("WCAG 2.2 AA: what opens from the everyday lists is as fit for everybody as the lists are; the policy is kept")
    void isFitWhenOpened(String language) throws IOException {
        long customer = db.withHandle(h -> h.createQuery("select id from customer where name = 'Béatrice L’Écuyer'").mapTo(Long.class).one());
        long message = db.withHandle(h -> h.createQuery("select id from message where customer_id = :c limit 1").bind("c", customer).mapTo(Long.class).one());
        db.useHandle(h -> h.execute("update staff set language = ? where email = ?", language, ADVISOR));
        Fitness.check(browser.go("/order/list.xhtml?q=nothing-of-that-name"), "order-list-nothing", language);
        Fitness.check(browser.go("/order/edit.xhtml"), "order-edit", language);
        browser.click(By.xpath("//li[label[@for='form:who:1']]")).see(By.id("form:phone"));
        Fitness.check(browser, "order-edit-newcomer", language);
        browser.go("/order/view.xhtml?id=" + order).click(By.cssSelector("#steps summary")).see(By.cssSelector("[data-status]"));
        Fitness.check(browser, "order-view", language);
        browser.go("/order/view.xhtml?id=" + order).click(By.cssSelector("[data-open=due]")).see(By.id("due:dueDate"));
        Fitness.check(browser, "order-due", language);
        browser.go("/order/view.xhtml?id=" + order + "&show=why");
        assertFalse(browser.driver().findElements(By.cssSelector(".c-whys .c-reason")).isEmpty(), "every notification says why");
        assertFalse(browser.text().matches("(?s).*[A-Z]{3,}_[A-Z]{2,}.*"), "never a bare code");
        Fitness.check(browser, "order-why", language);
        Fitness.check(browser.go("/customer/view.xhtml?id=" + customer).click(By.cssSelector(".c-details summary")), "customer-view", language);
        Fitness.check(browser.go("/customer/edit.xhtml?id=" + customer), "customer-edit", language);
        Fitness.check(browser.go("/message/view.xhtml?id=" + message), "message-view", language);
        Fitness.check(browser.go("/planned/list.xhtml?state=skipped"), "planned-list-skipped", language);
        assertEquals(List.of(), browser.complaints());
    }

    /** Native date and time fields are typed by the browser's own language; their value is always ISO. */
    private static void day(String id, String value) {
        browser.see(By.id(id));
        browser.driver().executeScript("var f = document.getElementById(arguments[0]); f.value = arguments[1]; f.dispatchEvent(new Event('change', {bubbles: true}));", id, value);
    }
}
