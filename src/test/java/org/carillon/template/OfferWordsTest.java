package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class OfferWordsTest {

    @ParameterizedTest(name = "{0}: {1}") @DisplayName("LAW-01, LAW-03: what reads like an offer, or asks for consent to offers, in both languages")
    @CsvFileSource(resources = "/cases/offers.csv", delimiter = ';', numLinesToSkip = 1)
    void knowsAnOffer(String expected, String text) {
        assertEquals("yes".equals(expected), OfferWords.in(text == null ? "" : TemplateText.parse(text).literals()).isPresent(), () -> "found: " + OfferWords.in(text));
    }
}
