package org.carillon.web.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.carillon.web.Browser;
import org.carillon.web.House;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The customer's form says what is wrong where it is wrong, and overwrites nobody. */
class CustomerFormIT {

    private final Stack stack = House.open();
    private final long customer = stack.owner().withHandle(h -> h.createQuery("insert into customer (location_id, ref, name, language, search_text, created_at) "
        + "select id, gen_random_uuid()::text, 'Anne Roy', 'fr', 'anne roy', now() from location where code = 'HOUSE-east' returning id").mapTo(Long.class).one());

    private Browser form() { return Browser.open(stack.url(), "fr").signIn(House.email(Role.MANAGER), House.PASSWORD).go("/customer/edit.xhtml?id=" + customer); }

    @Test void blamesTheContactThatNobodyCanUse() {
        try (Browser browser = form()) {
            browser.click("form:addPhone").type("form:phones:0:phone", "123").click("form:phones:0:mobile").click("form:addEmail");
            browser.see(By.id("form:emails:0:mail"));
            browser.type("form:emails:0:mail", "anne@example.net").click("form:save").awaitText("« 123 » n’est pas un numéro");
            browser.type("form:phones:0:phone", "+33 1 42 68 53 00").click("form:addEmail");
            browser.see(By.id("form:emails:1:mail"));
            browser.type("form:emails:1:mail", "anne@").click("form:save").awaitText("« anne@ » n’est pas une adresse complète");
            assertTrue(browser.see(By.id("form:emails:1:mail")).getDomAttribute("class").contains("ui-state-error"));
            assertEquals(0, browser.driver().findElements(By.cssSelector("[id='form:phones:0:phone'].ui-state-error")).size());
        }
    }

    @Test void keepsWhatWasTypedWhenSomebodyElseWasFirst() {
        try (Browser browser = form()) {
            browser.type("form:name", "Anna Roy");
            stack.owner().useHandle(h -> h.execute("update customer set name = 'Anne Roy-Gagnon', version = version + 1 where id = ?", customer));
            browser.click("form:save").awaitText("Quelqu’un d’autre a modifié cette fiche entre-temps");
            assertEquals("Anna Roy", browser.see(By.id("form:name")).getDomProperty("value"));
            assertEquals("Anne Roy-Gagnon", stack.owner().withHandle(h -> h.createQuery("select name from customer where id = ?").bind(0, customer).mapTo(String.class).one()));
            browser.go("/customer/edit.xhtml?id=" + customer).type("form:name", "Anna Roy").click("form:save").await(d -> d.getCurrentUrl().contains("/customer/view.xhtml"));
        }
    }
}
