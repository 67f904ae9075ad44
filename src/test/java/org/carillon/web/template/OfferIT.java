package org.carillon.web.template;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What the law asks of offers, on the pages: the company's page, an offer that calls itself service, consent with its end. */
class OfferIT {

    private final Stack stack = House.open();

    private Browser enter(String corner, String language) { return Browser.open(stack.url(), language).signIn(House.email(Role.ADMINISTRATOR, corner), House.PASSWORD); }

    @AfterEach void leaveTheCompanyAsItWas() { stack.owner().useHandle(h -> h.execute("update company set offer_contact = '', stop_number = '', cap_offers_day = 1, version = version + 1")); }

    @Test @DisplayName("LAW-01, LAW-06, LAW-23: an offer that calls itself service waits for a second person, and says who writes and how to stop")
    void waitsForASecondPerson() throws IOException {
        String name = "Pneus " + System.nanoTime();
        try (Browser browser = enter("west", "fr")) {
            browser.go("/company/edit.xhtml").type("form:contact", "rosemont.example").type("form:stopNumber", "36179").type("form:aDay", "2");
            Fitness.check(browser, "company-edit-offers", "fr");
            browser.click("form:save").awaitText("enregistr");
            assertEquals("rosemont.example", browser.see(By.id("form:contact")).getDomProperty("value"));
            browser.go("/template/edit.xhtml").type("edit:name", name).type("edit:frSms", "Rabais de 10 % sur vos pneus");
            assertTrue(browser.see(By.cssSelector("[data-bubble=frSms]")).getText().endsWith("rosemont.example\nSTOP au 36179"), "the preview shows what is added");
            browser.click("edit:save").awaitText("compte comme telle");
            Fitness.check(browser, "template-edit-waiting", "fr");
            browser.go("/template/list.xhtml?show=waiting").awaitText(name);
            assertEquals(List.of(), browser.driver().findElements(By.cssSelector("[aria-label='Approuver : " + name + "']")), "nobody approves their own");
            Fitness.check(browser, "template-waiting", "fr");
        }
        try (Browser browser = enter("east", "en")) {
            browser.go("/template/list.xhtml?show=waiting").awaitText(name);
            Fitness.check(browser, "template-waiting", "en");
            browser.click(By.cssSelector("[aria-label='Approve : " + name + "']")).awaitText("The text is approved.");
            browser.go("/company/edit.xhtml");
            Fitness.check(browser, "company-edit-offers", "en");
            assertEquals(List.of(), browser.complaints());
        }
        assertEquals("TRANSACTIONAL", stack.owner().withHandle(h -> h.createQuery("select purpose from template where name = ?").bind(0, name).mapTo(String.class).one()));
    }

    @Test @DisplayName("LAW-03, LAW-04: no box is ticked beforehand; implied consent is shown with its end, and a no takes it away")
    void showsConsentWithItsEnd() throws IOException {
        long id = stack.owner().withHandle(h -> h.createQuery("insert into customer (location_id, ref, name, language, created_at, implied_until) select id, 'offer-' || gen_random_uuid(), "
            + "'Tacite Roy', 'fr', now(), now() + interval '1 year' from location where code = 'HOUSE-west' returning id").mapTo(Long.class).one());
        try (Browser browser = enter("west", "fr")) {
            browser.go("/customer/edit.xhtml");
            for (String box : List.of("form:sms", "form:email", "form:marketing")) {
                assertFalse(browser.see(By.id(box)).isSelected(), box);
            }
            browser.go("/customer/view.xhtml?id=" + id).awaitText("Permis tacitement par la loi jusqu’au");
            Fitness.check(browser, "customer-implied", "fr");
            browser.click("stops:offers").click(By.cssSelector(".ui-confirm-dialog .ui-confirmdialog-yes")).awaitText("ne recevra plus de promotions");
            assertFalse(browser.text().contains("Permis tacitement"));
        }
        try (Browser browser = enter("west", "en")) {
            browser.go("/customer/view.xhtml?id=" + id);
            Fitness.check(browser, "customer-refused", "en");
        }
    }
}
