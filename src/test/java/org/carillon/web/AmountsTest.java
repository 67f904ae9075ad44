package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Locale;
import org.carillon.delivery.Price;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

    private static Amounts read(String language) {
        return new Amounts(new Current(null, null) {
            @Override public Locale getLocale() { return Locale.forLanguageTag(language + "-CA"); }
            @Override public String getLanguage() { return language; }
        });
    }

    private static String plain(String text) { return text.replaceAll("[\u00A0\u202F]", " "); }

    @ParameterizedTest(name = "MSG-02: {1} segments of {0} in {3}, read in {2}: {4}") @CsvSource(delimiter = ';', textBlock = """
        0.0079 CAD; 3;   fr; CA; 0,0237 $
        0.0079 CAD; 3;   en; CA; $0.0237
        0.0079 CAD; 0;   fr; CA; 0,00 $
        0.045 EUR;  2;   fr; FR; 0,09 €
        0.045 EUR;  3;   fr; FR; 0,135 €
        0.01 CAD;   100; en; CA; $1.00
        0.0079 USD; 1;   en; CA; US$0.0079
        0.0079 USD; 1;   fr; CA; 0,0079 $ US
        12 JPY;     2;   en; US; ¥24
        """)
    void pricesAsTheReaderWritesMoney(String price, int segments, String language, String country, String shown) {
        assertEquals(shown, plain(read(language).of(Price.parse(price), segments, country)));
    }

    @Test void readsThePriceWithoutACountryAndWithoutAPrice() {
        assertEquals("0,0158 $", plain(read("fr").of(Price.parse("0.0079 CAD"), 2, null)));
        assertEquals("$0.0158", plain(read("en").of(Price.parse("0.0079 USD"), 2, null)));
        assertEquals("0,09 €", plain(read("fr").of(Price.parse("0.045 EUR"), 2, null)));
        assertEquals("", read("fr").of(null, 2, "CA"));
        assertEquals("", read("fr").list(null, "CA"));
        assertEquals("412,80 $", plain(read("fr").of(new BigDecimal("412.8"), "CA")));
        assertEquals("[\"$0.00\",\"$0.0079\",\"$0.0158\"", read("en").list(Price.parse("0.0079 CAD"), "CA").substring(0, 28));
    }

    @ParameterizedTest @ValueSource(strings = {"", "0.0079", "CAD", "-1 CAD", "1,5 CAD", "1 DOLLAR", "1 CAD 2", "1e9 CAD"}) @DisplayName("a price that cannot be read is refused at the start")
    void refusesWhatIsNoPrice(String text) { assertThrows(IllegalArgumentException.class, () -> Price.parse(text)); }
}
