package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What {@link Texts} makes of the bundles. */
class TextsTest {

    @Test void putsNoBreakSpacesOnScreen() {
        assertTrue(Texts.say(Locale.FRENCH, "open", "signin.forgotten").startsWith("Mot de passe oublié\u00A0?"));
    }

    @Test void showsAMissingKeyAsSuch() { assertEquals("???open.nowhere???", Texts.say(Locale.FRENCH, "open", "nowhere")); }

    @Test void neverReadsAValueAsAPattern() {
        assertEquals("La fiche de {0} ${7*7} #{7*7} est enregistrée.", Texts.say(Locale.FRENCH, "staff", "list.saved", "{0} ${7*7} #{7*7}"));
    }
}
