package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.carillon.run.Stack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** An appointment from the calendar to its end, with an attribute of the shop's own, in both languages. */
class AppointmentJourneyIT {

    private final Stack stack = Stack.get();
    private String chosen;

    /** A person's own choice of language stays, and those who come after expect the one that they found. */
    @BeforeEach void rememberTheLanguage() {
        chosen = stack.owner().withHandle(h -> h.createQuery("select language from staff where email = :email").bind("email", stack.accounts().get("admin.user")).mapTo(String.class).one());
    }

    @BeforeEach void haveRulesAboutAppointments() {
        stack.owner().useHandle(h -> h.execute("insert into automation (ref, name, state, trigger_kind, kind, channels, everywhere, audience) values ('journey-why', 'Journey rules', 'PAUSED', 'REAL_TIME', "
            + "'GENERAL', 'SMS', true, '[[{\"field\":\"appointment.date\",\"operator\":\"in\",\"value\":{\"inDays\":1}}]]')"));
    }

    @AfterEach void haveThemNoMore() { stack.owner().useHandle(h -> h.execute("delete from automation where ref = 'journey-why'")); }

    @AfterEach void putTheLanguageBack() {
        stack.owner().useHandle(h -> h.createUpdate("update staff set language = :language where email = :email").bind("language", chosen).bind("email", stack.accounts().get("admin.user")).execute());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"fr; Rendez-vous; Confirmé; Annulé; Freins", "en; Appointments; Confirmed; Cancelled; Brakes"})
    @DisplayName("GC-42, KI-36, B-03, screens 12: booked on the calendar, confirmed, told why nothing was sent, cancelled")
    void fromTheCalendarToItsEnd(String language, String title, String confirmed, String cancelled, String service) throws Exception {
        try (Browser browser = Browser.open(stack.url(), language).signIn(stack.accounts().get("admin.user"), stack.accounts().get("admin.password"))) {
            browser.go("/appointment/calendar.xhtml");
            if (!language.equals(browser.driver().findElement(By.tagName("html")).getDomAttribute("lang"))) {
                browser.click("top:language").go("/appointment/calendar.xhtml");
            }
            browser.await(d -> d.findElements(By.cssSelector("a.c-ev")).size() > 5);
            assertEquals(title, browser.driver().findElement(By.tagName("h1")).getText());
            Fitness.check(browser, "appointment-week", language);
            browser.go("/appointment/list.xhtml");
            Fitness.check(browser, "appointment-list", language);
            browser.go("/appointment/calendar.xhtml?view=day&customer=" + customer()).see(By.id("booking:date"));
            browser.choose("booking:location", "Garage Rosemont").type("booking:object", "Journey " + language);
            browser.driver().executeScript("var f = document.getElementById('booking:date'); f.value = '2031-04-07'; f.dispatchEvent(new Event('change', {bubbles: true}))");
            browser.choose("booking:attributes:0:choice", service).picture("appointment-panel-" + language).click("booking:save");
            browser.await(d -> d.getCurrentUrl().contains("/appointment/view"));
            browser.awaitText(service).click("head:confirm").await(d -> d.findElement(By.tagName("h1")).getText().contains(confirmed));
            Fitness.check(browser, "appointment-view", language);
            browser.click(By.cssSelector(".c-views-small a:last-child")).awaitText("Journey rules");
            Fitness.check(browser, "appointment-why", language);
            browser.click(By.cssSelector("#steps summary")).click("head:cancel").click(By.cssSelector(".ui-confirmdialog-yes"));
            browser.await(d -> d.findElement(By.tagName("h1")).getText().contains(cancelled));
            if (language.equals("fr")) {
                browser.go("/attribute/list.xhtml");
                Fitness.check(browser, "attribute-list", language);
                browser.click("list:add").see(By.id("edit:code"));
                browser.picture("attribute-panel-" + language);
                browser.go("/customer/view.xhtml?id=" + customer()).awaitText("Or");
                Fitness.check(browser, "customer-facts", language);
                browser.go("/customer/edit.xhtml?id=" + customer()).see(By.id("form:attributes:0:choice"));
            }
            assertEquals(List.of(), browser.complaints());
        }
        List<String> events = stack.owner().withHandle(h -> h.createQuery("select e.type from business_event e join appointment a on a.id = e.subject_id where e.subject_type = 'APPOINTMENT' "
            + "and a.object_label = :object order by e.id").bind("object", "Journey " + language).mapTo(String.class).list());
        assertTrue(events.equals(List.of("APPOINTMENT_BOOKED", "APPOINTMENT_CONFIRMED", "APPOINTMENT_CANCELLED")), events::toString);
    }

    private long customer() { return stack.owner().withHandle(h -> h.createQuery("select id from customer where source = 'demo' and ref = 'C-1001'").mapTo(Long.class).one()); }
}
