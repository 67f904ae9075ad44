package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Texts} makes of the bundles. */
class TextsTest {

    @Test void putsNoBreakSpacesOnScreen() {
        assertTrue(Texts.say(Locale.FRENCH, "open", "signin.forgotten").startsWith("Mot de passe oublié\u00A0?"));
    }

    @Test void showsAMissingKeyAsSuch() { assertEquals("???open.nowhere???", Texts.say(Locale.FRENCH, "open", "nowhere")); }

    @Test void neverReadsAValueAsAPattern() {
        assertEquals("La fiche de {0} ${7*7} #{7*7} est enregistrée.", Texts.say(Locale.FRENCH, "staff", "list.saved", "{0} ${7*7} #{7*7}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fr; 1; 0; 1; 1 client répond aux règles en ce moment : aucun ne recevrait le message, 1 ne peut pas le recevoir.",
        "fr; 2; 1; 1; 2 clients répondent aux règles en ce moment : 1 recevrait le message, 1 ne peut pas le recevoir.",
        "fr; 1200; 1200; 0; 1 200 clients répondent aux règles en ce moment : 1 200 recevraient le message, aucun n’est injoignable.",
        "fr; 7; 2; 5; 7 clients répondent aux règles en ce moment : 2 recevraient le message, 5 ne peuvent pas le recevoir.",
        "en; 1; 0; 1; 1 customer meets the rules right now: none would get the message, 1 cannot be reached.",
        "en; 2; 1; 1; 2 customers meet the rules right now: 1 would get the message, 1 cannot be reached.",
        "en; 1200; 1200; 0; 1,200 customers meet the rules right now: 1,200 would get the message, everyone can be reached."})
    @DisplayName("KI-53: the question before an automation is switched on is a sentence for none, one and many")
    void asksInWholeSentences(String language, int matched, int reachable, int not, String said) {
        assertEquals(said, plain(Texts.say(Locale.forLanguageTag(language), "wizard", "ask.count", matched, reachable, not)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fr; 0; 0; 0; 0; Aucun client considéré, aucun visé, ; Aucun client visé, ; aucun message planifié, aucun sans consentement.",
        "fr; 1; 1; 1; 1; 1 client considéré, 1 visé, ; 1 client visé, ; 1 message planifié, 1 sans consentement.",
        "fr; 14407; 13468; 12990; 478; 14 407 clients considérés, 13 468 visés, ; 13 468 clients visés, ; 12 990 messages planifiés, 478 sans consentement.",
        "en; 0; 0; 0; 0; No customer considered, none matched, ; No customer matched, ; no message planned, none without consent.",
        "en; 1; 1; 1; 1; 1 customer considered, 1 matched, ; 1 customer matched, ; 1 message planned, 1 without consent.",
        "en; 14407; 13468; 12990; 478; 14,407 customers considered, 13,468 matched, ; 13,468 customers matched, ; 12,990 messages planned, 478 without consent."})
    @DisplayName("P-07: what came of a look, of none, one and many customers, whether or not those considered were counted")
    void tellsTheFiguresOfALook(String language, int considered, int matched, int planned, int without, String begins, String beginsShort, String ends) {
        Locale locale = Locale.forLanguageTag(language);
        assertEquals(begins + " " + ends, plain(Texts.say(locale, "automation", "history.figures", considered, matched, planned, without)));
        assertEquals(beginsShort + " " + ends, plain(Texts.say(locale, "automation", "history.figures.short", matched, planned, without)));
    }

    @ParameterizedTest @ValueSource(strings = {"fr", "en"})
    @DisplayName("A-53: what reads like a promotion is refused by the name of the switch that makes it one, and the pages of automations know one word for it")
    void callsAPromotionByOneName(String language) {
        Locale locale = Locale.forLanguageTag(language);
        String refused = Texts.say(locale, "invalid", "automation.offer", "-20 %");
        assertTrue(refused.contains(Texts.say(locale, "wizard", "marketing")), refused);
        for (String[] said : new String[][] {{"invalid", "automation.offer"}, {"invalid", "automation.offerPeriod"}, {"wizard", "marketing"}, {"wizard", "marketing.hint"}, {"wizard", "marketing.means"},
            {"wizard", "kind.hint.APPOINTMENT"}, {"automation", "marketing"}, {"automation", "recipe.marketing"}, {"automation", "part.MARKETING"}, {"audience", "count.noConsent.offers"}}) {
            String text = Texts.say(locale, said[0], said[1]);
            assertTrue(!text.matches("(?is).*\\b(offres?|offers?|marketing)\\b.*"), text);
        }
    }

    private static String plain(String text) { return text.replaceAll("[\u00A0\u202F]", " "); }
}
