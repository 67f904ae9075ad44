package org.carillon.web.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.carillon.web.Browser;
import org.carillon.web.House;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

@DisplayName("MSG-02: what a text costs stands beside its count")
class PriceIT {

    private final Stack stack = House.open();

    private static String meter(Browser browser, String language) {
        return browser.see(By.cssSelector("[data-name='" + language + "Sms'] .c-meter")).getText().replaceAll("[\\u00A0\\u202F]", " ");
    }

    @Test void followsTheTypistInBothLanguages() throws IOException {
        for (String language : List.of("fr", "en")) {
            boolean french = language.equals("fr");
            try (Browser browser = Browser.open(stack.url(), language).signIn(House.email(Role.ADMINISTRATOR, "west"), House.PASSWORD)) {
                // else the newest order of all decides which route a text takes, and Paris pays its own in euros
                browser.choose("top:place", "Garage Rosemont").go("/template/edit.xhtml").type("edit:name", "Prix " + System.nanoTime()).type("edit:" + language + "Sms", "Auto");
                assertTrue(meter(browser, language).matches(french ? "(?s).*0,0079 \\$(CA)? par client.*" : "(?s).*(CA)?\\$0.0079 per customer.*"), meter(browser, language));
                browser.type("edit:" + language + "Sms", "Bonjour {customer.name}, l'auto est prête. " + "Elle est lavée aussi. ".repeat(2));
                assertTrue(meter(browser, language).matches(french ? "(?s).*0,0158 \\$(CA)? par client.*" : "(?s).*(CA)?\\$0.0158 per customer.*"), meter(browser, language));
                assertEquals(List.of(), browser.picture("template-price-" + language).barriers());
                browser.phone(true).picture("template-price-phone-" + language);
                assertTrue(!browser.overflows());
                browser.phone(false).click("edit:save").awaitText(french ? "Le modèle est créé." : "The template is created.");
                browser.go("/template/history.xhtml?id=" + browser.driver().getCurrentUrl().replaceAll(".*\\D(\\d+)$", "$1"));
                assertTrue(browser.text().replace('\u00A0', ' ').matches(french ? "(?s).*2 segments · 0,0158 \\$.*" : "(?s).*2 segments · (CA)?\\$0.0158.*"), browser.text());
                assertEquals(List.of(), browser.picture("template-price-history-" + language).barriers());
                assertEquals(List.of(), browser.complaints());
            }
        }
    }
}
