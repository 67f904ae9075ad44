package org.carillon.delivery;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Currency;

/** What one segment costs. */
public record Price(BigDecimal amount, Currency currency) implements Serializable {

    /** {@code 0.0079 CAD}. @throws IllegalArgumentException for anything else, negative ones included */
    public static Price parse(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length != 2 || !words[0].matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) throw new IllegalArgumentException("a price is an amount and a currency: 0.0079 CAD");
        return new Price(new BigDecimal(words[0]), Currency.getInstance(words[1]));
    }

    public Price times(long segments) { return new Price(amount.multiply(BigDecimal.valueOf(segments)), currency); }
}
