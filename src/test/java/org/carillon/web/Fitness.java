package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import org.openqa.selenium.By;

/** Whether a page as it stands is fit for everybody: no barrier for axe, no word missing, one title, not wider than a phone. Leaves pictures. */
public final class Fitness {

    private Fitness() { }

    /**
     * The theme changes colours, the language changes words, and neither does what the other does: axe looks at French in light and at English in dark.
     *
     * @param name what the pictures are called, with the language, {@code -dark} and {@code -phone} behind
     */
    public static void check(Browser browser, String name, String language) throws IOException {
        String about = name + " " + language;
        boolean dark = language.equals("en");
        browser.picture(name + "-" + language).dark(true).picture(name + "-" + language + "-dark").dark(dark);
        assertEquals(List.of(), browser.barriers(), about + (dark ? " dark" : ""));
        browser.phone(true).dark(true).picture(name + "-" + language + "-phone-dark").dark(false).picture(name + "-" + language + "-phone");
        assertFalse(browser.overflows(), about + " is wider than a phone");
        browser.phone(false);
        assertFalse(browser.text().contains("???"), about + " lacks a word");
        assertEquals(1, browser.driver().findElements(By.tagName("h1")).size(), about);
        assertEquals(language, browser.driver().findElement(By.tagName("html")).getDomAttribute("lang"), about);
    }
}
