package org.carillon.web.automation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.carillon.automation.Library;
import org.carillon.automation.Recipe;
import org.carillon.fact.FieldCatalogue;
import org.carillon.web.Texts;
import org.carillon.web.audience.Sentence;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of the library says of each recipe. */
class RecipeWordsTest {

    private static final FieldCatalogue CATALOGUE = new FieldCatalogue(Stream.of(new org.carillon.repair.OrderFields(), new org.carillon.booking.AppointmentFields(), new org.carillon.billing.SaleFields())
        .flatMap(s -> s.fields().stream()).toList());

    @ParameterizedTest @ValueSource(strings = {"fr", "en"}) @DisplayName("KI-48, KI-41: every rule set is a sentence, and every stage, kind and system has a word")
    void saysEveryRecipe(String language) {
        Locale locale = Locale.forLanguageTag(language);
        for (Recipe recipe : new Library(CATALOGUE).recipes()) {
            for (Recipe.Variant variant : recipe.audiences()) {
                String said = Sentence.of(variant.audience(), language).text();
                assertTrue(said.endsWith(".") && !said.contains("???"), variant.code() + " " + said);
                variant.systems().forEach(system -> assertFalse(Texts.say(locale, "automation", "system." + system).contains("???"), variant.code()));
            }
            for (String key : List.of("stage." + recipe.stage(), "kind." + recipe.kind())) {
                assertFalse(Texts.say(locale, "automation", key).contains("???"), key);
            }
        }
    }
}
